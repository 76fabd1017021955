"""Lock-out against guessing: how django-axes sees an attempt, and the answer when there were too many.

Attempts are counted by (e-mail, client address), whether or not the e-mail has an account. At the limit
AxesMiddleware replaces the answer of the view, be it the API's or the admin's, by `locked_out_response`.
"""

import ipaddress
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.throttling import BaseThrottle

from handbook.accounts.models import normalised_email
from handbook.common.problems import problem_response

LONGEST_COUNTED_NAME = 255


def client_ip(request: HttpRequest) -> str | None:
    """Return the client's address behind TRUSTED_PROXIES proxies, exactly as the throttles see it.

    A forwarded address that is not one (nobody stands in front of us and the client made it up) is ignored.
    """
    for candidate in (BaseThrottle().get_ident(request), request.META.get("REMOTE_ADDR")):  # type: ignore[arg-type]
        try:
            address = ipaddress.ip_address(str(candidate))
        except ValueError:
            continue
        if not getattr(address, "scope_id", None):
            return str(address)
    return None


def counted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:  # noqa: ARG001
    """Return the e-mail under which axes counts, the same for every way of writing it."""
    return normalised_email(str((credentials or {}).get("username") or ""))[:LONGEST_COUNTED_NAME]


def locked_out_response(
    request: HttpRequest,
    original_response: HttpResponse | None,  # noqa: ARG001
    credentials: Mapping[str, Any] | None,
) -> HttpResponse:
    wait_s = _seconds_to_wait(request, credentials)
    response = problem_response(
        status=HTTPStatus.TOO_MANY_REQUESTS,
        slug="too-many-attempts",
        title="Too many attempts",
        detail=f"Too many wrong passwords for this e-mail; try again in {math.ceil(wait_s / 60)} min.",
    )
    response["Retry-After"] = str(wait_s)
    return response


def _seconds_to_wait(request: HttpRequest, credentials: Mapping[str, Any] | None) -> int:
    """Return when the latest counted attempt stops counting; at least 1."""
    attempts = AccessAttempt.objects.filter(username=counted_name(request, credentials), ip_address=client_ip(request))
    latest = attempts.order_by("-attempt_time").first()
    if latest is None:
        return 1
    cool_off: timedelta = get_cool_off(request)
    ends_at: datetime = latest.attempt_time + cool_off
    return max(1, math.ceil((ends_at - timezone.now()).total_seconds()))
