"""Query strings as serializers: what is unknown, repeated or not UTF-8 is refused by name, never ignored."""

from functools import cache
from typing import Any, ClassVar
from urllib.parse import unquote_plus, unquote_to_bytes

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

LANGUAGES = ("pl", "en", "ko")


class Query(serializers.Serializer[Any]):
    """The parameters that a path accepts; `also_called` maps an accepted synonym to its field."""

    also_called: ClassVar[dict[str, str]] = {}

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Return the validated parameters, defaults filled in. Raises ValidationError naming each wrong one."""
        query = cls(data=cls._single_values(request))
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)

    @classmethod
    def _single_values(cls, request: Request) -> dict[str, str]:
        known = _names_of(cls)
        not_utf_8 = _names_not_utf_8(request.META.get("QUERY_STRING", ""))
        errors: dict[str, list[str]] = {}
        values: dict[str, str] = {}
        for given, texts in request.query_params.lists():
            name = cls.also_called.get(given, given)
            if name not in known:
                errors[given] = [f"Unknown parameter. Known: {', '.join(known)}."]
            elif len(texts) > 1 or name in values:
                errors[given] = ["Give this parameter once."]
            elif given in not_utf_8:
                errors[given] = ["Not valid UTF-8 text."]
            values[name] = texts[0] if texts else ""
        if errors:
            raise ValidationError(errors)
        return values


@cache
def _names_of(query: type[Query]) -> tuple[str, ...]:
    """Return the parameters in order; a serializer copies all its fields each time it is asked for them."""
    return tuple(sorted(query().fields))


def _names_not_utf_8(query_string: str) -> set[str]:
    """Return the parameters whose bytes are no UTF-8; Django would silently replace them."""
    names = set()
    for part in query_string.split("&"):
        name, _, value = part.partition("=")
        try:
            unquote_to_bytes(value).decode()
        except UnicodeDecodeError:
            names.add(unquote_plus(name))
    return names


class LanguageField(serializers.ChoiceField):
    """`pl`, `en` or `ko`; absent means all three."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=LANGUAGES, required=False, help_text="Flatten texts to one language.", **kwargs)
