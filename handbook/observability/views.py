"""Health, robots, metrics."""

import hmac
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus import exports

from handbook.common import problems
from handbook.observability import selectors

ROBOTS = "User-agent: *\nDisallow: /\n"


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """503 without the database; `degraded` with 200 when only an optional part is down."""
    checks = selectors.health()
    broken = {name for name, check in checks.items() if check.status == "error"}
    state = "error" if "db" in broken else "degraded" if broken else "ok"
    return JsonResponse(
        {"status": state, "checks": {name: check.as_json() for name, check in checks.items()}},
        status=HTTPStatus.SERVICE_UNAVAILABLE if state == "error" else HTTPStatus.OK,
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For a scraper that knows METRICS_TOKEN, or one on the same machine while no token is set."""
    if not _may_scrape(request):
        return problems.forbidden(request)
    response: HttpResponse = exports.ExportToDjangoView(request)
    return response


def _may_scrape(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "")
        return hmac.compare_digest(sent.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    return request.META["REMOTE_ADDR"] in {"127.0.0.1", "::1"} and "HTTP_X_FORWARDED_FOR" not in request.META
