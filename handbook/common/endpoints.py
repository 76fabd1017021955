"""The base of every endpoint."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ClassVar, NoReturn

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from handbook.common import problems
from handbook.common.query import Query

PlainView = Callable[[HttpRequest], HttpResponse]


class HandbookView(APIView):
    """A view that counts whom it refuses too, and refuses every parameter that its `query` does not name.

    DRF asks who you are and whether you may before it counts, so it would refuse a stranger without end.
    """

    query: ClassVar[type[Query]] = Query
    asked: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = self.query_for(request).of(request)

    def query_for(self, request: Request) -> type[Query]:
        """Return what a request may ask; for views whose methods differ in that."""
        return self.query

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except APIException:
            self.check_throttles(request)
            raise

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> NoReturn:
        self.check_throttles(request)
        super().permission_denied(request, message=message, code=code)


class WhateverAccepted(DefaultContentNegotiation):
    """Whoever asks for a path that ends like a file gets that file, and refusals in JSON; Accept changes neither."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def without_parameters(view: PlainView) -> PlainView:
    """Let a view that is none of DRF's refuse parameters by name, too."""

    @wraps(view)
    def strict(request: HttpRequest) -> HttpResponse:
        try:
            Query.of(request)
        except ValidationError as error:
            return problems.of_api_exception(error)
        return view(request)

    return strict
