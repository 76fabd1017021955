"""The outermost middleware: a request id for the caller, the log and every problem, and one log line."""

import time
from collections.abc import Callable

import structlog
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

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log an unknown fault once, with its trace; Django then answers with our 500 problem."""
        log.error("fault", method=request.method, path=request.path, exc_info=exception)
