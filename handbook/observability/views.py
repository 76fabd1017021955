"""Health, robots, metrics, and the description of the API."""

import hmac
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus import exports
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers

from handbook.common import problems
from handbook.common.endpoints import HandbookView, without_parameters
from handbook.common.query import LanguageField, Query
from handbook.observability import selectors

ROBOTS = "User-agent: *\nDisallow: /\n"
SCHEMA_FORMATS = ("yaml", "json")


# Two paths take any parameter: load balancers add one to `live` against caches, and a robot that is
# refused robots.txt with a 4xx may take everything (RFC 9309, 2.3.1.3).


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@without_parameters
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
@without_parameters
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


class SchemaQuery(Query):
    format = serializers.ChoiceField(choices=SCHEMA_FORMATS, required=False)
    lang = LanguageField()


class DocsQuery(Query):
    script = serializers.CharField(required=False, allow_blank=True, help_text="The page asks for its script by it.")
    lang = LanguageField()


class Schema(HandbookView, SpectacularAPIView):
    query = SchemaQuery
    http_method_names = ["get", "head"]

    def get_format_suffix(self, **kwargs: Any) -> str | None:
        """Let `?format=json` choose like a header does; what is no format the query refuses by name."""
        wanted = self.request.GET.get("format", "")
        return wanted if wanted in SCHEMA_FORMATS else None


class Docs(HandbookView, SpectacularSwaggerSplitView):
    query = DocsQuery
    http_method_names = ["get", "head"]
