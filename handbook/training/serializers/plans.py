"""What exercises, plans and the diary accept and return."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.http import printable
from handbook.accounts.serializers import BeltField as GradeField
from handbook.accounts.serializers import NumberField, StrictInput, TextField
from handbook.catalogue.known_items import unknown_items
from handbook.catalogue.queries import LARGEST_PAGE, BeltField, DigitsField, OrderingField
from handbook.common.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from handbook.common.query import LanguageField, Query
from handbook.common.schema import page_schema
from handbook.training.models import LONGEST_NAME, LONGEST_TEXT, ExerciseCategory
from handbook.training.selectors.exercises import unknown_exercises
from handbook.training.serializers.fields import BLOCKS_SCHEMA, AwareMomentField, BlocksField
from handbook.training.wishes import Wish
from tkd_rules.grading import parse_belt
from tkd_rules.operations import CLOCK_TOLERANCE, EARLIEST
from tkd_rules.training.plans import LIMITS, Plan, PlanError, plan_of
from tkd_rules.training.sessions import EFFORTS, LONGEST_SESSION


class PageQuery(Query):
    page = DigitsField(required=False, default=1, min_value=1, max_value=LARGEST_PAGE)
    page_size = DigitsField(required=False, default=PAGE_SIZE, min_value=1, max_value=MAX_PAGE_SIZE)


class ExerciseListQuery(PageQuery):
    category = serializers.ChoiceField(choices=ExerciseCategory.values, required=False)
    lang = LanguageField()
    ordering = OrderingField(("slug", "category", "name"))


class PlanListQuery(PageQuery):
    belt = BeltField(help_text="Plans for exactly this grade.")
    lang = LanguageField()
    ordering = OrderingField(("belt", "name", "about_s", "updated_at"))


class SessionListQuery(PageQuery):
    ordering = OrderingField(("started_at", "ended_at", "effort"))


@extend_schema_field(
    {
        "description": "Text in pl, en and ko; with ?lang= the text alone. A plan of one's own says the same in each.",
        "oneOf": [{"type": "object", "additionalProperties": {"type": "string"}}, {"type": "string"}],
    }
)
class TextsField(serializers.JSONField):
    pass


@extend_schema_field(BLOCKS_SCHEMA)
class BlocksOutput(serializers.JSONField):
    pass


class FlattenedOutput(serializers.Serializer[Any]):
    lang = serializers.CharField(required=False, help_text="With ?lang= only.")
    fallbacks = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="With ?lang= only: which texts are in another one."
    )


class ExerciseOutput(FlattenedOutput):
    slug = serializers.CharField()
    category = serializers.ChoiceField(choices=ExerciseCategory.values)
    name = TextsField()
    instructions = TextsField()


class PlanSummaryOutput(FlattenedOutput):
    id = serializers.CharField(help_text="The slug of a ready plan, the UUID of one's own.")
    is_ready = serializers.BooleanField()
    is_shared = serializers.BooleanField(help_text="Whether a secret link shows it.")
    belt = serializers.CharField(allow_null=True)
    name = TextsField()
    description = TextsField()
    about_s = serializers.IntegerField(help_text="How long it takes, about.")
    updated_at = serializers.DateTimeField()


class PlanOutput(PlanSummaryOutput):
    prepare_s = serializers.IntegerField()
    blocks = BlocksOutput()


class LinkOutput(serializers.Serializer[Any]):
    url = serializers.CharField(help_text="Shown this once: the server keeps a digest of it only.")
    token = serializers.CharField()


class TrainingSessionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    effort = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


EXERCISE_PAGE = page_schema("ExercisePage", ExerciseOutput)
PLAN_PAGE = page_schema("TrainingPlanPage", PlanSummaryOutput)
SESSION_PAGE = page_schema("TrainingSessionPage", TrainingSessionOutput)


class PlanInput(StrictInput):
    name = TextField(max_length=LONGEST_NAME)
    description = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    belt = GradeField(allow_null=True, default=None, help_text="The grade it is for, if any.")
    prepare_s = NumberField(
        min_value=LIMITS["prepare_s"][0],
        max_value=LIMITS["prepare_s"][1],
        default=10,
        help_text="Seconds before the first block.",
    )
    blocks = BlocksField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            trained = plan_of(attrs)
        except PlanError as error:
            where = f"Block {error.block}, {error.field}: " if error.block else ""
            raise serializers.ValidationError({"blocks": [f"{where}{error.reason}."]}) from error
        _check_items(trained)
        return attrs | {"trained": trained}

    @property
    def wish(self) -> Wish:
        given = self.validated_data
        return Wish(
            name=given["name"],
            description=given["description"],
            belt=parse_belt(given["belt"]).rank if given["belt"] else None,
            trained=given["trained"],
        )


class NewPlanInput(PlanInput):
    id = serializers.UUIDField(
        required=False, help_text="From the device: sending a plan again under its id makes no second one."
    )


class TrainingSessionInput(StrictInput):
    id = serializers.UUIDField(help_text="From the device: telling a training again under its id stores it once.")
    started_at = AwareMomentField()
    ended_at = AwareMomentField()
    effort = NumberField(min_value=EFFORTS[0], max_value=EFFORTS[1], allow_null=True, default=None)
    note = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="", trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        started_at, ended_at = attrs["started_at"], attrs["ended_at"]
        if started_at < EARLIEST:
            raise serializers.ValidationError({"started_at": [f"Give a moment from {EARLIEST.date()} on."]})
        if ended_at > timezone.now() + CLOCK_TOLERANCE:
            raise serializers.ValidationError({"ended_at": ["This is still to come by the server's clock."]})
        if not started_at <= ended_at <= started_at + LONGEST_SESSION:
            raise serializers.ValidationError({"ended_at": ["A training ends after it starts, within a day."]})
        return attrs


def _check_items(plan: Plan) -> None:
    """Raises ValidationError for the first block that names nothing known."""
    exercises = unknown_exercises({block.slug for block in plan.blocks if block.kind == "exercise"})
    items = unknown_items({(block.kind, block.slug) for block in plan.blocks if block.kind != "exercise"})
    unknown = items | {("exercise", slug) for slug in exercises}
    for number, block in enumerate(plan.blocks, start=1):
        if (block.kind, block.slug) in unknown:
            sentence = f"Block {number}, slug: no {block.kind} has the slug {printable(block.slug)}."
            raise serializers.ValidationError({"blocks": [sentence]})
