"""The query strings of the catalogue's paths."""

import re
from typing import Any, ClassVar

from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.catalogue.models import TechniqueCategory, TermCategory, TulKind
from handbook.common.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from handbook.common.query import LANGUAGES, LanguageField, Query
from tkd_rules.grading import BELT_PATTERN, parse_belt
from tkd_rules.tul.diagram import VIEWS

LARGEST_PAGE = 1_000_000
LARGEST_STEP = 999
LARGEST_REVISION = 2**63 - 1
ORDERINGS = ("slug", "romanization", "min_belt", "name", "revision")


@extend_schema_field({"type": "string", "pattern": BELT_PATTERN.replace(r"\Z", "$")})
class BeltField(serializers.Field[int, str, str, Any]):
    """A grade such as `9`, `9kup` or `1dan`; validates to its rank."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data: str) -> int:
        try:
            return parse_belt(data).rank
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class DigitsField(serializers.IntegerField):
    """A whole number in the digits 0 to 9: `1.0`, `+1`, `1_0` and digits of other scripts are refused."""

    def to_internal_value(self, data: str | float) -> int:
        if not re.fullmatch("[0-9]+", str(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


class OrderingField(serializers.Field[tuple[str, ...], str, str, Any]):
    """Comma-separated column names, each once, with `-` in front for descending; validates to a tuple."""

    def __init__(self, columns: tuple[str, ...], **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(required=False, help_text=f"Any of {', '.join(columns)}; - in front reverses.", **kwargs)
        one = rf"-?({'|'.join(columns)})"
        each_once = "".join(rf"(?!.*\b{column}\b.*\b{column}\b)" for column in columns)
        set_override(self, "field", {"type": "string", "pattern": f"^{each_once}{one}(,{one})*$"})

    def to_internal_value(self, data: str) -> tuple[str, ...]:
        keys = tuple(data.split(","))
        names = [key.removeprefix("-") for key in keys]
        if wrong := sorted(set(names) - set(self.columns)):
            raise serializers.ValidationError(
                f"Unknown ordering {', '.join(wrong)[:80]}; known: {', '.join(self.columns)}."
            )
        if len(set(names)) < len(names):
            raise serializers.ValidationError("Give each column once.")
        return keys


@extend_schema_field(OpenApiTypes.BOOL)
class FlagField(serializers.Field[bool, str, str, Any]):
    """`true` or `false`, nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data: str) -> bool:
        if data not in {"true", "false"}:
            raise serializers.ValidationError("Give true or false.")
        return data == "true"


class LanguageQuery(Query):
    lang = LanguageField()


class ItemListQuery(Query):
    also_called: ClassVar[dict[str, str]] = {"hasMedia": "has_media"}

    belt = BeltField(help_text="What a student of this grade must know: items with a min belt up to it.")
    min_belt = BeltField(help_text="Items first learned at exactly this grade.")
    tag = serializers.RegexField(
        r"^[-a-z0-9]+\Z",
        required=False,
        max_length=60,
        trim_whitespace=False,
        error_messages={"invalid": "A tag is lower-case a-z, 0-9 and -."},
    )
    has_media = FlagField(help_text="Also accepted as hasMedia.")
    lang = LanguageField()
    ordering = OrderingField(ORDERINGS)
    page = DigitsField(required=False, default=1, min_value=1, max_value=LARGEST_PAGE)
    page_size = DigitsField(required=False, default=PAGE_SIZE, min_value=1, max_value=MAX_PAGE_SIZE)


class TechniqueListQuery(ItemListQuery):
    category = serializers.ChoiceField(choices=TechniqueCategory.values, required=False)


class TulListQuery(ItemListQuery):
    category = serializers.ChoiceField(choices=TulKind.values, required=False, help_text="The kind of the tul.")
    ordering = OrderingField((*ORDERINGS, "number", "movements"))


class TermListQuery(ItemListQuery):
    category = serializers.ChoiceField(choices=TermCategory.values, required=False)


class DiagramQuery(Query):
    step = DigitsField(
        required=False, min_value=1, max_value=LARGEST_STEP, help_text="One movement; else the whole tul."
    )
    view = serializers.ChoiceField(
        choices=VIEWS, default="plan", help_text="plan: D is up, as the performer faces at the start."
    )
    lang = serializers.ChoiceField(choices=LANGUAGES, default="pl", help_text="Of the title and the description.")


class SyncQuery(Query):
    since = DigitsField(
        required=False, default=0, min_value=0, max_value=LARGEST_REVISION, help_text="The cursor of the last answer."
    )
    catalogue_id = serializers.RegexField(
        r"^[-0-9a-z]{1,40}\Z",
        required=False,
        trim_whitespace=False,
        error_messages={"invalid": "Give the catalogue_id of an earlier answer."},
        help_text="What came with the cursor: where the server has another by now, everything is answered.",
    )
