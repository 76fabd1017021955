"""The answer to what gunicorn itself refuses to read: no application, and so no middleware, ever sees it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.http import http_date

from handbook.common import problems
from handbook.common.middleware import AntiScrapingMiddleware, PolicyMiddleware
from handbook.common.request_id import current_request_id
from handbook.observability.middleware import HEADER

LONGEST_REASON = 200  # it quotes what was sent


def answer(status: int, reason: str) -> bytes:
    """Return a whole HTTP/1.1 response, after which the connection ends: a problem with the headers of any other."""
    response = _with_the_usual_headers(_problem(HTTPStatus(status), reason))
    response[HEADER] = current_request_id()
    response["Date"] = http_date()
    response["Connection"] = "close"
    lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in response.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + response.content


def _problem(status: HTTPStatus, reason: str) -> HttpResponse:
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return problems.server_error(HttpRequest())
    return problems.problem_response(
        status=status,
        slug=status.phrase.lower().replace(" ", "-"),
        title=status.phrase,
        detail=f"This can't be read as an HTTP request: {reason[:LONGEST_REASON] or status.description}",
    )


def _with_the_usual_headers(problem: HttpResponse) -> HttpResponse:
    """Pass a finished answer through what gives every answer its headers. Nothing is known of the request."""
    request = HttpRequest()
    AntiScrapingMiddleware(lambda _request: problem)(request)
    PolicyMiddleware(lambda _request: problem)(request)
    SecurityMiddleware(lambda _request: problem).process_response(request, problem)
    return problem
