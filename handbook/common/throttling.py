"""Rates of ADR-004, counted in the shared cache with one atomic step a request, so that all workers agree."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from redis import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from handbook.common.shared_cache import count_up

if TYPE_CHECKING:  # rest_framework.views reads this module while it is being imported
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)


class SharedRate(SimpleRateThrottle):
    """A fixed window: the first `num_requests` of each window pass, the rest wait until it ends."""

    rate: str | None
    window_ends_in_s: float = 0.0

    def __init__(self) -> None:
        self.rate = None

    def rate_of(self, request: Request, view: APIView) -> tuple[str, str] | None:
        """Return (scope, who) to count this request under, or None when this rate does not apply."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        counted = self.rate_of(request, view)
        if counted is None:
            return True
        scope, who = counted
        num_requests, duration_s = self.parse_rate(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][scope])
        if num_requests is None or duration_s is None:
            return True
        now_s = time.time()
        window = int(now_s // duration_s)
        self.window_ends_in_s = (window + 1) * duration_s - now_s
        key = f"handbook:throttle:{scope}:{who}:{window}"
        try:
            return count_up(key, lifetime_s=duration_s + 1) <= num_requests
        except RedisError as error:
            # A handbook that answers uncounted is worth more than one that does not answer.
            log.warning("throttle_cache_unreachable", error=type(error).__name__)
            return True

    def wait(self) -> float:
        return self.window_ends_in_s + 1

    def who(self, request: Request) -> str:
        user = request.user
        return str(user.pk) if user.is_authenticated else self.get_ident(request)


class AnonymousRate(SharedRate):
    def rate_of(self, request: Request, view: APIView) -> tuple[str, str] | None:
        if request.user.is_authenticated:
            return None
        return "anon", self.get_ident(request)


class UserRate(SharedRate):
    def rate_of(self, request: Request, view: APIView) -> tuple[str, str] | None:
        if not request.user.is_authenticated:
            return None
        return "user", str(request.user.pk)


class AreaRate(SharedRate):
    """The rate of an area, named by the view's `throttle_scope`."""

    def rate_of(self, request: Request, view: APIView) -> tuple[str, str] | None:
        scope: str | None = getattr(view, "throttle_scope", None)
        return (scope, self.who(request)) if scope else None
