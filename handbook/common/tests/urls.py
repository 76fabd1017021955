"""The server's paths, and some that break, as tests need them."""

from typing import Any, Never

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
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


urlpatterns = [
    *urlpatterns,
    path("broken/rule", BreaksRule.as_view()),
    path("broken/fault", fault),
    path("broken/permission", no_permission),
    path("broken/suspicious", suspicious),
]
