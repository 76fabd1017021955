"""What progress accepts and returns. What a row may hold is said once, in the rules; here it is described."""

from typing import Any

from django.core.validators import RegexValidator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.serializers import NumberField, StrictInput, TextField
from handbook.catalogue.queries import LARGEST_PAGE, DigitsField, OrderingField
from handbook.common.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from handbook.common.query import Query
from handbook.common.schema import page_schema
from handbook.sync.serializers import DeviceField
from tkd_rules.merge import STATUSES
from tkd_rules.operations import LARGEST_NUMBER, LONGEST_NOTE
from tkd_rules.repetition.cards import FACETS, LONGEST_SLUG

ORDERINGS = ("item_type", "item", "score", "streak", "occurred_at")
BEST_SCORE = 100
LAST_POSITION = 1_000


class ProgressQuery(Query):
    ordering = OrderingField(ORDERINGS)
    page = DigitsField(required=False, default=1, min_value=1, max_value=LARGEST_PAGE)
    page_size = DigitsField(required=False, default=PAGE_SIZE, min_value=1, max_value=MAX_PAGE_SIZE)


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(TextField):
    """Text that the rules read as a moment."""


@extend_schema_field({"type": "string", "pattern": r"^[^\x00]+$", "maxLength": LONGEST_NOTE})
class NoteField(TextField):
    """Text without the character 0, which no database keeps."""


class ProgressInput(StrictInput):
    device = DeviceField(help_text="A name that the device chose for itself once; of two equal moments it decides.")
    item_type = serializers.ChoiceField(choices=tuple(FACETS))
    item = TextField(
        max_length=LONGEST_SLUG,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Give the slug of an item.")],
        help_text="A slug.",
    )
    status = serializers.ChoiceField(choices=STATUSES)
    score = NumberField(min_value=0, max_value=BEST_SCORE, help_text="In percent.")
    streak = NumberField(min_value=0, max_value=LARGEST_NUMBER)
    position = NumberField(min_value=0, max_value=LAST_POSITION, help_text="The step at which the learner was.")
    note = NoteField(
        max_length=LONGEST_NOTE, allow_blank=True, trim_whitespace=False, help_text="The learner's own words."
    )
    occurred_at = MomentField(help_text="By the device's clock. One in the future counts as now.")


class ProgressOutput(serializers.Serializer[Any]):
    item_type = serializers.ChoiceField(choices=tuple(FACETS))
    item = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    score = serializers.IntegerField()
    streak = serializers.IntegerField()
    position = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    occurred_at = serializers.DateTimeField()
    device = serializers.CharField()


PROGRESS_PAGE = page_schema("ProgressPage", ProgressOutput)
