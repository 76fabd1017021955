"""The server's paths, and some that break, as tests need them."""

from http import HTTPStatus
from typing import Any, Never

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from handbook.common.problems import RuleBroken
from handbook.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class BeltTaken(RuleBroken):
    slug = "belt-taken"
    title = "Somebody wears it"


class DojangFull(RuleBroken):
    slug = "dojang-full"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Come later"
    retry_after_s = 30


class Busy(APIView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Never:
        raise DojangFull("Everybody is training.")


class BreaksRule(APIView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Never:
        raise BeltTaken("The black belt is taken.", errors={"belt": ["Taken."]}, holder="Mina")


def fault(request: HttpRequest) -> Any:
    raise RuntimeError("the floor is wet")


def no_permission(request: HttpRequest) -> Any:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> Any:
    raise SuspiciousOperation


def silent(request: HttpRequest) -> Any:
    """Refuse as WhiteNoise does: a stream of nothing, without a type."""
    status, headers = (
        (416, {"Content-Range": "bytes */7"}) if request.method == "GET" else (405, {"Allow": "GET, HEAD"})
    )
    refusal = StreamingHttpResponse((), status=status, headers=headers)
    del refusal["Content-Type"]
    return refusal


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>closed</h1>", status=503)


def malformed(request: HttpRequest) -> Any:
    raise BadRequest


urlpatterns = [
    path("admin/broken/page", page),
    *urlpatterns,
    path("broken/silent", silent),
    path("broken/page", page),
    path("broken/busy", Busy.as_view()),
    path("broken/malformed", malformed),
    path("broken/rule", BreaksRule.as_view()),
    path("broken/fault", fault),
    path("broken/permission", no_permission),
    path("broken/suspicious", suspicious),
]
