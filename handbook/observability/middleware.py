"""The outermost middleware: a request id for the caller, the log and every problem, and one log line."""

import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from handbook.common.request_id import accepted_request_id, set_request_id
from handbook.observability.requests import log_request

log = structlog.get_logger("handbook.request")
HEADER = "X-Request-ID"


class RequestContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started_s = time.perf_counter()
        request_id = accepted_request_id(request.headers.get(HEADER))
        set_request_id(request_id)
        structlog.contextvars.clear_contextvars()
        response = self.get_response(request)
        response[HEADER] = request_id
        user = getattr(request, "user", None)
        log_request(
            method=request.method or "",
            path=request.path,
            status=response.status_code,
            duration_s=time.perf_counter() - started_s,
            user_id=str(user.pk) if user is not None and user.is_authenticated else None,
        )
        return response


def log_fault(request: HttpRequest | None = None, **_signal: Any) -> None:
    """Log an unknown fault once, with its trace, wherever it broke; Django then answers with our 500 problem.

    Django's signal, and not `process_exception`: that one also sees what is a normal answer (a 404, a refused
    permission, a malformed request), which a stranger may send by the million, and misses faults of middleware.
    """
    log.error(
        "fault", method=getattr(request, "method", None), path=getattr(request, "path", None), exc_info=sys.exc_info()
    )


got_request_exception.connect(log_fault, dispatch_uid="handbook.observability.log_fault")
