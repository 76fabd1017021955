"""The shapes of the catalogue's answers for OpenAPI. `documents` builds them; the tests hold both together."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema_field
from rest_framework import serializers

from handbook.catalogue.models import (
    BeltColour,
    Confidence,
    FootMove,
    ItemKind,
    Level,
    Manner,
    NamedAfter,
    Side,
    Support,
    TechniqueCategory,
    TermCategory,
    Timing,
    TulKind,
    Turn,
)
from handbook.common.schema import ProblemSerializer, page_schema
from tkd_rules.grading import BELT_CODES
from tkd_rules.repetition.cards import FACETS

LANGUAGE_PROPERTIES = ("pl", "en", "ko")
SYLLABUS_TARGETS = tuple(FACETS)
SYLLABUS_CATEGORIES = ("syllabus",)


def _text(value: dict[str, Any]) -> dict[str, Any]:
    by_language = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGE_PROPERTIES, value),
        "additionalProperties": False,
    }
    return {"oneOf": [by_language, value]}


@extend_schema_field(_text({"type": "string"}))
class Text(serializers.JSONField):
    """`{"pl", "en", "ko"}`, or one string with `?lang=`."""


@extend_schema_field(_text({"type": "array", "items": {"type": "string"}}))
class Sentences(serializers.JSONField):
    """Lists of sentences by language, or one list with `?lang=`."""


class Flattened(serializers.Serializer[Any]):
    lang = serializers.ChoiceField(choices=LANGUAGE_PROPERTIES, required=False, help_text="With ?lang= only.")
    fallbacks = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Fields in another language, with ?lang= only."
    )


class ItemSummary(Flattened):
    slug = serializers.SlugField()
    name = Text()
    romanization = serializers.CharField(allow_blank=True)
    min_belt = serializers.ChoiceField(choices=BELT_CODES)
    aliases = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    has_media = serializers.BooleanField()
    revision = serializers.IntegerField()


class TechniqueSummary(ItemSummary):
    category = serializers.ChoiceField(choices=TechniqueCategory.values)
    level = serializers.CharField(allow_blank=True)


class Geometry(serializers.Serializer[Any]):
    length_shoulder_widths = serializers.FloatField(help_text="Along the facing.")
    width_shoulder_widths = serializers.FloatField(help_text="Across the facing.")
    named_after = serializers.ChoiceField(choices=NamedAfter.values)
    weight_front_percent = serializers.IntegerField(allow_null=True, help_text="Null: all on the supporting leg.")
    knees = serializers.CharField()
    front_foot_outward_deg = serializers.FloatField()
    rear_foot_outward_deg = serializers.FloatField()


class Technique(TechniqueSummary):
    base = serializers.SlugField(allow_null=True, help_text="The general technique of which this is a variant.")
    tool = serializers.SlugField(allow_null=True, help_text="The term of what it hits or blocks with.")
    geometry = Geometry(allow_null=True, help_text="The measures of a stance.")
    confidence = serializers.ChoiceField(choices=Confidence.values)
    safety = Text()
    key_points = Sentences()
    mistakes = Sentences()


class TulUse(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    steps = serializers.ListField(child=serializers.IntegerField())


class TechniqueDetail(Technique):
    tuls = TulUse(many=True)


class TulSummary(ItemSummary):
    kind = serializers.ChoiceField(choices=TulKind.values)
    number = serializers.IntegerField(allow_null=True)
    movements = serializers.IntegerField()


class StepStance(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    side = serializers.ChoiceField(choices=Side.values, allow_null=True)
    front = serializers.ChoiceField(choices=Side.values, allow_null=True)


class StepMove(serializers.Serializer[Any]):
    foot = serializers.ChoiceField(choices=Side.values)
    how = serializers.ChoiceField(choices=FootMove.values)
    to = serializers.CharField(allow_null=True)
    over = serializers.ChoiceField(choices=Side.values, allow_null=True)
    turn = serializers.ChoiceField(choices=Turn.values, allow_null=True)
    turn_deg = serializers.IntegerField(allow_null=True)
    manner = serializers.ChoiceField(choices=Manner.values, allow_null=True)
    place = serializers.CharField(allow_null=True)
    distance_shoulder_widths = serializers.FloatField(allow_null=True)
    landing_foot = serializers.ChoiceField(choices=Side.values, allow_null=True)


class StepUse(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    tool = serializers.SlugField(allow_null=True)
    side = serializers.ChoiceField(choices=Side.values)
    level = serializers.ChoiceField(choices=Level.values, allow_null=True)
    direction = serializers.CharField()


class AfterStep(serializers.Serializer[Any]):
    foot = serializers.ChoiceField(choices=Side.values)
    ready_stance = serializers.SlugField(allow_null=True)
    facing = serializers.CharField()


class TulStep(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    romanization = serializers.CharField(allow_blank=True)
    name = Text()
    stance = StepStance(allow_null=True)
    support = serializers.ChoiceField(choices=Support.values)
    facing = serializers.CharField()
    timing = serializers.ChoiceField(choices=Timing.values)
    timing_group = serializers.ListField(child=serializers.IntegerField())
    keeps_hands_of = serializers.IntegerField(allow_null=True)
    detail = Text()
    note = Text()
    after = AfterStep(allow_null=True)
    footwork = StepMove(many=True)
    techniques = StepUse(many=True)
    confidence = serializers.ChoiceField(choices=Confidence.values)


class Diagram(serializers.Serializer[Any]):
    shape = serializers.CharField(allow_blank=True)
    char = serializers.CharField(allow_blank=True)


class TulDetail(TulSummary):
    alternative_to = serializers.SlugField(allow_null=True, help_text="The tul in whose place some learn this one.")
    diagram = Diagram()
    start_facing = serializers.CharField()
    closing_foot = serializers.ChoiceField(choices=Side.values)
    end_facing = serializers.CharField()
    ready_stance = serializers.SlugField(allow_null=True)
    confidence = serializers.ChoiceField(choices=Confidence.values)
    meaning = Text()
    note = Text()
    end_note = Text()
    steps = TulStep(many=True)


class TermSummary(ItemSummary):
    category = serializers.ChoiceField(choices=TermCategory.values)
    note = Text()


class TermDetail(TermSummary):
    confidence = serializers.ChoiceField(choices=Confidence.values)
    parts = serializers.ListField(child=serializers.SlugField())
    promises = Sentences()


class TheoryQuestion(ItemSummary):
    """`name` is the question."""

    category = serializers.ChoiceField(choices=["theory"])
    confidence = serializers.ChoiceField(choices=Confidence.values)
    answer = Text()


class SyllabusEntry(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=SYLLABUS_TARGETS)
    slug = serializers.SlugField()


class HandTechnique(SyllabusEntry):
    tool = serializers.SlugField(allow_null=True)
    level = serializers.ChoiceField(choices=Level.values, allow_null=True)
    stance = serializers.SlugField(allow_null=True)


class SyllabusSections(serializers.Serializer[Any]):
    tuls = SyllabusEntry(many=True)
    revision_tuls = SyllabusEntry(many=True)
    stances = SyllabusEntry(many=True)
    hand_techniques = HandTechnique(many=True)
    kicks = SyllabusEntry(many=True)
    sparring = SyllabusEntry(many=True)
    terminology = SyllabusEntry(many=True)
    theory = SyllabusEntry(many=True)


class SyllabusVariantName(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    organisation = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field that is called as DRF's own


class SyllabusVariant(SyllabusVariantName):
    adds = SyllabusSections()
    drops = SyllabusSections()


class MinTraining(serializers.Serializer[Any]):
    hours = serializers.IntegerField(allow_null=True)
    months_from = serializers.IntegerField()
    months_to = serializers.IntegerField()
    note = Text()


class SyllabusHead(ItemSummary):
    """Of the grade `min_belt`. It has no name; `valid_to` is the first day on which it holds no more."""

    category = serializers.ChoiceField(choices=SYLLABUS_CATEGORIES)
    confidence = serializers.ChoiceField(choices=Confidence.values)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    colour = serializers.ChoiceField(choices=BeltColour.values)
    stripe = serializers.ChoiceField(choices=BeltColour.values, allow_null=True)
    promotes_to = serializers.ChoiceField(choices=BELT_CODES)
    min_training = MinTraining()
    self_defence = Text()
    breaking = Text()


class Syllabus(SyllabusHead):
    sections = SyllabusSections()
    variants = SyllabusVariant(many=True)


class Upserts(serializers.Serializer[Any]):
    techniques = Technique(many=True)
    tuls = TulDetail(many=True)
    terms = TermDetail(many=True)
    theory = TheoryQuestion(many=True)
    syllabuses = Syllabus(many=True)


class Deleted(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=ItemKind.choices)
    slug = serializers.SlugField()
    replaced_by = serializers.SlugField(allow_null=True)


class Delta(serializers.Serializer[Any]):
    cursor = serializers.IntegerField()
    catalogue_id = serializers.CharField(help_text="Give it back together with the cursor.")
    is_snapshot = serializers.BooleanField()
    snapshot_path = serializers.CharField()
    upserts = Upserts()
    deletes = Deleted(many=True)


TECHNIQUE_PAGE = page_schema("TechniquePage", TechniqueSummary)
TUL_PAGE = page_schema("TulPage", TulSummary)
TERM_PAGE = page_schema("TermPage", TermSummary)

TECHNIQUE_PAGE_EXAMPLES = [
    OpenApiExample(
        "The kicks of the yellow stripe, in Polish",
        response_only=True,
        value={
            "count": 1,
            "next": None,
            "previous": None,
            "results": [
                {
                    "slug": "dollyo-chagi",
                    "romanization": "Dollyo Chagi",
                    "min_belt": "9kup",
                    "has_media": False,
                    "revision": 1,
                    "category": "kick",
                    "level": "",
                    "name": "kopnięcie okrężne",
                    "aliases": ["Dollyeo Chagi", "roundhouse kick"],
                    "tags": ["turning"],
                    "lang": "pl",
                    "fallbacks": {},
                }
            ],
        },
    )
]


def detail_responses(item: type[serializers.Serializer[Any]]) -> dict[Any, Any]:
    """A detail answers 410 for an item that was withdrawn, naming its replacement."""
    return {
        200: item,
        (410, "application/problem+json"): OpenApiResponse(ProblemSerializer, description="The item was withdrawn."),
    }


BINARY = OpenApiTypes.BINARY
PICTURE = {
    (200, "image/svg+xml"): OpenApiTypes.STR,
    (404, "application/problem+json"): OpenApiResponse(ProblemSerializer, description="No such tul, or no movements."),
    (410, "application/problem+json"): OpenApiResponse(ProblemSerializer, description="The item was withdrawn."),
}
