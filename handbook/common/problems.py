"""Errors as RFC 9457 `application/problem+json`, from one place: DRF, Django and our own rules alike."""

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from handbook.common.query import LONGEST_NAME, pairs_of
from handbook.common.rendering import json_bytes
from handbook.common.request_id import current_request_id

CONTENT_TYPE = "application/problem+json"
FieldErrors = Mapping[str, Any]


class RuleBroken(Exception):  # noqa: N818 - it names a refusal, not a fault
    """A refusal that the domain decided; subclasses give `slug`, `status` and `title`.

    One that time alone may mend also says in `retry_after_s` when to ask again.
    """

    slug = "rule-broken"
    status = HTTPStatus.CONFLICT
    title = "This is not possible"
    retry_after_s: int | None = None

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
    """Return a finished answer, whatever renderers the view has: a page for people refuses in JSON too."""
    body = problem_body(status=status, slug=slug, title=title, detail=detail, **members)
    response = HttpResponse(json_bytes(body), status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = str(len(response.content))  # some are made outside the middleware that says it
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem_response(
        status=HTTPStatus.NOT_FOUND, slug="not-found", title="Not found", detail=f"Nothing is at {request.path}."
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _of_size(exception, request) or problem_response(
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


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer what DRF and our rules raise; None lets an unknown fault reach the log and become a 500."""
    if isinstance(error, RuleBroken):
        return _of_rule(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    return (
        of_api_exception(error) if isinstance(error, exceptions.APIException) else _of_size(error, context["request"])
    )


def _of_size(error: Exception | None, request: HttpRequest) -> HttpResponse | None:
    """Answer what Django refuses to read because there is too much of it."""
    if isinstance(error, RequestDataTooBig):
        return problem_response(
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            slug="body-too-large",
            title="Request Entity Too Large",
            detail=f"The body is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes.",
        )
    if isinstance(error, TooManyFieldsSent):
        at_most = f"At most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} parameters or form fields."
        return problem_response(
            status=HTTPStatus.BAD_REQUEST,
            slug="too-many-fields",
            title="Too many fields",
            detail=at_most,
            errors={name: [at_most] for name in _names_given_most_often(request)},
        )
    return None


def _names_given_most_often(request: HttpRequest) -> list[str]:
    """Return up to three names of the query string; none when it was the body that held too many."""
    names = Counter(name[:LONGEST_NAME] for name, _value in pairs_of(request.META.get("QUERY_STRING", "")))
    return [name for name, _times in names.most_common(3)]


def _of_rule(error: RuleBroken) -> HttpResponse:
    response = problem_response(
        status=error.status,
        slug=error.slug,
        title=error.title,
        detail=error.detail,
        errors=error.errors,
        **error.extra,
    )
    if error.retry_after_s is not None:
        response["Retry-After"] = str(error.retry_after_s)
    return response


def of_api_exception(error: exceptions.APIException) -> HttpResponse:
    response = problem_response(status=error.status_code, **_members_of(error))
    if authenticate := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = authenticate
    if wait_s := getattr(error, "wait", None):
        response["Retry-After"] = str(max(1, int(wait_s)))
    return response


def _members_of(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return {
            "slug": "invalid",
            "title": "The input is not valid",
            "detail": "One or more fields are wrong; see errors.",
            "errors": _per_field(error.detail),
        }
    code = error.default_code.replace("_", "-")
    return {"slug": code, "title": HTTPStatus(error.status_code).phrase, "detail": _sentence(error.detail)}


def _per_field(detail: Any) -> dict[str, Any]:
    return dict(detail) if isinstance(detail, Mapping) else {"non_field_errors": detail}


def _sentence(detail: Any) -> str:
    if isinstance(detail, Mapping):
        detail = detail.get("detail", "The request was refused.")
    return str(detail)
