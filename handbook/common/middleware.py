"""Small middleware that every answer passes."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from handbook.common import problems

GetResponse = Callable[[HttpRequest], HttpResponse]

ANTI_SCRAPING_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class AntiScrapingMiddleware:
    """Headers of ADR-012 on every answer; none of them hinders a shared cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ANTI_SCRAPING_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy of ADR-003, relaxed for the few pages that settings name by path."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - the base's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        for prefix, directives in settings.CONTENT_SECURITY_POLICY_OF_PAGES.items():
            if request.path.startswith(prefix):
                parts.replace = {**(parts.replace or {}), **directives}
        return parts


class TrailingSlashMiddleware:
    """`/api/v1/…` is written without a trailing slash and `/api/auth/…` with one; both accept the other form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith("/api/v1/") and path.endswith("/"):
            request.path_info = path.rstrip("/")
        elif path.startswith("/api/auth/") and not path.endswith("/"):
            request.path_info = path + "/"
        return self.get_response(request)


class ProblemMiddleware:
    """Turn Django's own HTML errors outside the admin into problems."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.get("Content-Type", "").startswith(problems.CONTENT_TYPE):  # noqa: PLR2004
            return _method_not_allowed(request, response)
        return response


def _method_not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    problem = problems.problem_response(
        status=405,
        slug="method-not-allowed",
        title="Method not allowed",
        detail=f"{request.path} does not answer {request.method}.",
    )
    if "Allow" in response:
        problem["Allow"] = response["Allow"]
    return problem
