"""The base of endpoints that answer everybody alike, mostly from caches."""

from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from handbook.catalogue.throttling import MadeAnswerRate
from handbook.common.endpoints import HandbookView


class PublicView(HandbookView):
    """An answer from a byte cache costs less than counting it and is limited in nginx; one that is made is counted."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (MadeAnswerRate,)
    is_counted = False

    def check_throttles(self, request: Request) -> None:
        """Nothing is counted on arrival: a cache may hold the answer."""

    def count(self) -> None:
        """Count this request once. Raises Throttled."""
        if not self.is_counted:
            self.is_counted = True
            super().check_throttles(self.request)

    def handle_exception(self, exc: Exception) -> Response:
        """No cache holds a refusal, so it is counted; who is over the rate is refused for that instead."""
        try:
            self.count()
        except Throttled as throttled:
            exc = throttled
        return super().handle_exception(exc)
