"""Errors as RFC 9457 `application/problem+json`, from one place: DRF, Django and our own rules alike."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

from handbook.common.request_id import current_request_id

CONTENT_TYPE = "application/problem+json"
FieldErrors = Mapping[str, Any]


class RuleBroken(Exception):  # noqa: N818 - it names a refusal, not a fault
    """A refusal that the domain decided; subclasses give `slug`, `status` and `title`."""

    slug = "rule-broken"
    status = HTTPStatus.CONFLICT
    title = "This is not possible"

    def __init__(self, detail: str, *, errors: FieldErrors | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.extra = extra


def problem_body(
    *, status: int, slug: str, title: str, detail: str, errors: FieldErrors | None = None, **extra: Any
) -> dict[str, Any]:
    """Return the members of a problem; `errors` maps a field's name to a list of sentences."""
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": int(status),
        "detail": detail,
        "request_id": current_request_id(),
    }
    if errors:
        body["errors"] = errors
    return body | extra


def problem_response(*, status: int, slug: str, title: str, detail: str, **members: Any) -> HttpResponse:
    body = problem_body(status=status, slug=slug, title=title, detail=detail, **members)
    response = HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.NOT_FOUND, slug="not-found", title="Not found", detail=f"Nothing is at {request.path}."
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.BAD_REQUEST, slug="bad-request", title="Bad request", detail="The request is malformed."
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.FORBIDDEN, slug="forbidden", title="Forbidden", detail="You may not do this."
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.FORBIDDEN,
        slug="csrf-failed",
        title="Forbidden",
        detail="The CSRF check failed; reload the page and try again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        slug="server-error",
        title="Something broke on our side",
        detail="The fault is logged under this request id; nothing you sent was half done.",
    )


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:  # noqa: ARG001
    """Answer what DRF and our rules raise; None lets an unknown fault reach the log and become a 500."""
    if isinstance(error, RuleBroken):
        return _as_response(_of_rule(error), error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    response = _as_response(_of_api_exception(error), error.status_code)
    if authenticate := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = authenticate
    if wait_s := getattr(error, "wait", None):
        response["Retry-After"] = str(max(1, int(wait_s)))
    return response


def _as_response(body: dict[str, Any], status: int) -> Response:
    response = Response(body, status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def _of_rule(error: RuleBroken) -> dict[str, Any]:
    return problem_body(
        status=error.status,
        slug=error.slug,
        title=error.title,
        detail=error.detail,
        errors=error.errors,
        **error.extra,
    )


def _of_api_exception(error: exceptions.APIException) -> dict[str, Any]:
    status = HTTPStatus(error.status_code)
    code = error.default_code.replace("_", "-")
    if isinstance(error, exceptions.ValidationError):
        return problem_body(
            status=status,
            slug="invalid",
            title="The input is not valid",
            detail="One or more fields are wrong; see errors.",
            errors=_per_field(error.detail),
        )
    return problem_body(status=status, slug=code, title=status.phrase, detail=_sentence(error.detail))


def _per_field(detail: Any) -> dict[str, Any]:
    return dict(detail) if isinstance(detail, Mapping) else {"non_field_errors": detail}


def _sentence(detail: Any) -> str:
    if isinstance(detail, Mapping):
        detail = detail.get("detail", "The request was refused.")
    return str(detail)
