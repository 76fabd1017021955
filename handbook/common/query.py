"""Query strings as serializers: what is unknown, repeated or not UTF-8 is refused by name, never ignored."""

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

LANGUAGES = ("pl", "en", "ko")


MOST_ERRORS = 20  # a thousand unknown parameters need not be answered with a thousand sentences
LONGEST_NAME = 100


class Query(serializers.Serializer[Any]):
    """The parameters that a path accepts, here none; `also_called` maps an accepted synonym to its field."""

    also_called: ClassVar[dict[str, str]] = {}

    @classmethod
    def of(cls, request: Request | HttpRequest) -> dict[str, Any]:
        """Return the validated parameters, defaults filled in. Raises ValidationError naming each wrong one."""
        query = cls(data=cls._single_values(request.META.get("QUERY_STRING", "")))
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)

    @classmethod
    def _single_values(cls, query_string: str) -> dict[str, str]:
        known = _names_of(cls)
        errors: dict[str, list[str]] = {}
        values: dict[str, str] = {}
        for given, text in pairs_of(query_string):
            name = cls.also_called.get(given, given)
            if name not in known:
                errors[given[:LONGEST_NAME]] = [f"Unknown parameter. Known: {', '.join(known) or 'none'}."]
            elif name in values:
                errors[given] = ["Give this parameter once."]
            elif text is None:
                errors[given] = ["Not valid UTF-8 text."]
            values[name] = text or ""
            if len(errors) == MOST_ERRORS:
                break
        if errors:
            raise ValidationError(errors)
        return values


@cache
def _names_of(query: type[Query]) -> tuple[str, ...]:
    """Return the parameters in order; a serializer copies all its fields each time it is asked for them."""
    return tuple(sorted(query().fields))


def pairs_of(query_string: str) -> Iterator[tuple[str, str | None]]:
    """Yield each name with its value, None for one that is no UTF-8, which Django would silently replace.

    WSGI hands bytes over as the latin-1 characters of the same numbers, raw ones included.
    """
    for part in query_string.encode("latin-1").replace(b"+", b" ").split(b"&"):
        name, _, value = part.partition(b"=")
        if part:
            yield unquote_to_bytes(name).decode(errors="replace"), _text_or_none(unquote_to_bytes(value))


def _text_or_none(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


class LanguageField(serializers.ChoiceField):
    """`pl`, `en` or `ko`; absent means all three."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=LANGUAGES, required=False, help_text="Flatten texts to one language.", **kwargs)
