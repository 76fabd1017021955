"""Small middleware that every answer passes."""

from collections.abc import Callable
from http import HTTPStatus

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
OF_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language", "etag", "last-modified"}


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
    """Give every refusal that says nothing, and Django's HTML outside the admin, the body of a problem.

    It stands outside all that may refuse by itself: WhiteNoise answers 405 without a word.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return _as_problem(request, response) if _says_nothing(request, response) else response


def _says_nothing(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return False
    kind = response.get("Content-Type", "")
    is_page = kind.startswith("text/html") and not request.path.startswith("/admin/")
    # WhiteNoise's answers are streams, whose content can't be looked at; its refusals name no type.
    return is_page or (not kind if response.streaming else not response.content)


def _as_problem(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    status = HTTPStatus(refused.status_code)
    detail = f"{request.path}: {status.description or status.phrase}."
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.path} does not answer {request.method}."
    slug = status.phrase.lower().replace(" ", "-")
    problem = problems.problem_response(status=status, slug=slug, title=status.phrase.capitalize(), detail=detail)
    for name, value in refused.items():
        if name.lower() not in OF_THE_BODY:
            problem.headers.setdefault(name, value)
    return problem
