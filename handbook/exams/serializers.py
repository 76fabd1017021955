"""What the gradings accept and return."""

import re
from datetime import date
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.catalogue import schemas
from handbook.common.query import LANGUAGES, LanguageField, Query
from tkd_rules.readiness import EXPLANATION, PARTS, PASS_PERCENT, ItemChance, Readiness

SECTION_NAMES = tuple(PARTS)


@extend_schema_field(OpenApiTypes.DATE)
class DayField(serializers.Field[date, str, str, Any]):
    """A day such as 2026-11-30, in this form alone."""

    def to_internal_value(self, data: str) -> date:
        try:
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", data):
                return date.fromisoformat(data)
        except ValueError:
            pass
        raise serializers.ValidationError("Give a day such as 2026-11-30.")


class VariantField(serializers.RegexField):
    def __init__(self) -> None:
        super().__init__(
            r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
            required=False,
            max_length=80,
            trim_whitespace=False,
            help_text="One of the syllabus's `variants`.",
        )


class SyllabusQuery(Query):
    on = DayField(required=False, help_text="The version that holds on this day; by default today in UTC.")
    variant = VariantField()
    lang = LanguageField()


class ReadinessQuery(Query):
    on = DayField(help_text="The day of the grading, today or later by the learner's clock.")
    variant = VariantField()
    lang = serializers.ChoiceField(choices=LANGUAGES, default="pl", help_text="Of the explanation.")


class NamedEntry(schemas.SyllabusEntry):
    tool = serializers.SlugField(required=False, allow_null=True)
    level = serializers.CharField(required=False, allow_null=True)
    stance = serializers.SlugField(required=False, allow_null=True)
    romanization = serializers.CharField(allow_blank=True)
    name = schemas.Text()


class NamedSections(serializers.Serializer[Any]):
    tuls = NamedEntry(many=True)
    revision_tuls = NamedEntry(many=True)
    stances = NamedEntry(many=True)
    hand_techniques = NamedEntry(many=True)
    kicks = NamedEntry(many=True)
    sparring = NamedEntry(many=True)
    terminology = NamedEntry(many=True)
    theory = NamedEntry(many=True)


class NamedSyllabus(schemas.SyllabusHead):
    sections = NamedSections()
    variants = schemas.SyllabusVariantName(many=True)
    variant = serializers.SlugField(allow_null=True, help_text="Which of them this is.")


class ItemChanceOutput(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=schemas.SYLLABUS_TARGETS)
    slug = serializers.SlugField()
    chance = serializers.FloatField(help_text="That it is known on the day, 0 to 1.")
    is_seen = serializers.BooleanField()


class SectionOutput(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=SECTION_NAMES)
    passing = serializers.FloatField(help_text="The probability that enough of its items are known.")
    coverage = serializers.FloatField(help_text="The share of its items that were seen.")
    needed = serializers.IntegerField(help_text="How many of its items pass it.")
    items = ItemChanceOutput(many=True)


class NextStepOutput(ItemChanceOutput):
    what = serializers.ChoiceField(choices=["learn", "repeat"])
    section = serializers.ChoiceField(choices=SECTION_NAMES)


class ReadinessOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    pass_percent = serializers.IntegerField()
    sections = SectionOutput(many=True)
    next = NextStepOutput(many=True)
    explanation = serializers.CharField()


def readiness_as_json(ready: Readiness, *, lang: str) -> dict[str, Any]:
    sections = [
        {
            "name": section.name,
            "passing": section.passing,
            "coverage": section.coverage,
            "needed": section.needed,
            "items": [_item_as_json(item) for item in section.items],
        }
        for section in ready.sections
    ]
    return {
        "on": ready.on.isoformat(),
        "pass_percent": PASS_PERCENT,
        "sections": sections,
        "next": [{"what": step.what, "section": step.section, **_item_as_json(step.item)} for step in ready.steps],
        "explanation": EXPLANATION[lang],
    }


def _item_as_json(item: ItemChance) -> dict[str, Any]:
    return {"type": item.kind, "slug": item.slug, "chance": item.chance, "is_seen": item.is_seen}
