"""Query strings as serializers: what is unknown, repeated or not UTF-8 is refused by name, never ignored."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

REPLACEMENT_CHARACTER = "\ufffd"
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
        known = cls().fields
        errors: dict[str, list[str]] = {}
        values: dict[str, str] = {}
        for given, texts in request.query_params.lists():
            name = cls.also_called.get(given, given)
            if name not in known:
                errors[given] = [f"Unknown parameter. Known: {', '.join(sorted(known))}."]
            elif len(texts) > 1 or name in values:
                errors[given] = ["Give this parameter once."]
            elif any(REPLACEMENT_CHARACTER in text or "\x00" in text for text in texts):
                errors[given] = ["Not valid UTF-8 text."]
            values[name] = texts[0] if texts else ""
        if errors:
            raise ValidationError(errors)
        return values


class LanguageField(serializers.ChoiceField):
    """`pl`, `en` or `ko`; absent means all three."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=LANGUAGES, required=False, help_text="Flatten texts to one language.", **kwargs)
