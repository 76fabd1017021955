"""Requests as accounts see them, and input that is read strictly."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any
from uuid import UUID

from django.http import HttpRequest
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from handbook.accounts.models import User

LARGEST_BODY_BYTES = 64 * 1024


class SignedInRequest(Request):
    """A request that IsAuthenticated let through: its user is one of ours, not an AnonymousUser."""

    user: User


class BodyTooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"

    def __init__(self, largest_bytes: int) -> None:
        super().__init__(f"The body is larger than {largest_bytes} bytes.")


def learner_id_of(request: Request) -> UUID | None:
    """Return the id of who is signed in, None for a stranger."""
    return request.user.pk if isinstance(request.user, User) else None


def plain_request(request: Request) -> HttpRequest:
    """Return Django's own request: django-axes marks it, and its middleware reads the mark."""
    return request._request  # noqa: SLF001 - the name DRF documents for it


def printable(name: str) -> str:
    """Return a name from outside as it may appear in an answer: short, and valid UTF-8."""
    return name[:50].encode("utf-8", "replace").decode()


class StrictJSONParser(JSONParser):
    """Small UTF-8 JSON in which no object gives a field twice: of two values nobody knows which was meant."""

    largest_bytes = LARGEST_BODY_BYTES

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(self.largest_bytes + 1)
        if len(body) > self.largest_bytes:
            raise BodyTooLarge(self.largest_bytes)
        try:
            return json.loads(body.decode("utf-8"), object_pairs_hook=_without_repetition, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not valid JSON.") from error


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise ValidationError({printable(name): ["Give this field once."]})
        fields[name] = value
    return fields


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
