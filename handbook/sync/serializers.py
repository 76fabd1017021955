"""What sync accepts and returns."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.serializers import NumberField, StrictInput, TextField
from handbook.common.query import Query
from handbook.sync.outcomes import Outcome, Result
from tkd_rules.operations import DEVICE, MOST_OPERATIONS, UUID_FORM, Refusal

LARGEST_NUMBER = 2**63 - 1
OPERATIONS = (
    "Objects with `id` (a UUID of the device's), `kind` (review, retraction, rules, choice, progress or session) and "
    "`payload`; read, and applied or refused, each on its own."
)


@extend_schema_field({"type": "string", "pattern": f"^{DEVICE.pattern}$"})
class DeviceField(TextField):
    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if not DEVICE.fullmatch(name):
            raise serializers.ValidationError("Give 1 to 40 of A-Z, a-z, 0-9 and -.")
        return name


@extend_schema_field({"type": "string", "pattern": f"^{UUID_FORM.pattern}$"})
class LearnerField(TextField):
    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not UUID_FORM.fullmatch(text):
            raise serializers.ValidationError("Give a UUID in lower case.")
        return text


@extend_schema_field({"type": "array", "items": {}, "maxItems": MOST_OPERATIONS})
class OperationsField(serializers.ListField):
    """Takes anything as an operation: one that is none is refused in its place, and the others are applied."""

    child = serializers.JSONField(allow_null=True)


class PushInput(StrictInput):
    device = DeviceField(help_text="A name that the device chose for itself once.")
    learner = LearnerField(
        required=False, help_text="Whose operations these are; somebody else's are not taken for yours."
    )
    catalogue_revision = NumberField(
        required=False, default=0, min_value=0, max_value=LARGEST_NUMBER, help_text="What the device has read."
    )
    operations = OperationsField(max_length=MOST_OPERATIONS, help_text=OPERATIONS)


class ProblemOfOperation(serializers.Serializer[Any]):
    type = serializers.CharField()
    detail = serializers.CharField()
    errors = serializers.DictField(required=False)  # type: ignore[assignment]  # a field that is called as DRF's own


class ResultOutput(serializers.Serializer[Any]):
    id = serializers.CharField(allow_null=True, help_text="Null where it is no UUID; results keep the order.")
    status = serializers.ChoiceField(choices=["stored", "known", "refused"])
    problem = ProblemOfOperation(required=False)


class PushOutput(serializers.Serializer[Any]):
    results = ResultOutput(many=True)


class ChangeOutput(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="As in a push.")
    payload = serializers.DictField()


class NewsOutput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField()
    has_more = serializers.BooleanField()
    is_behind = serializers.BooleanField()
    changes = ChangeOutput(many=True)


class NewsQuery(Query):
    since = serializers.RegexField(
        r"^[0-9]{1,18}\Z",
        required=False,
        default="0",
        trim_whitespace=False,
        help_text="The cursor of the last answer.",
    )


def result_as_json(result: Result) -> dict[str, Any]:
    """Return what a device is told of one operation."""
    return {"id": result.operation_id, **_outcome_as_json(result.outcome)}


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    if not isinstance(outcome, Refusal):
        return {"status": outcome}
    problem: dict[str, Any] = {"type": f"/problems/{outcome.slug}", "detail": outcome.detail}
    if outcome.errors:
        problem["errors"] = dict(outcome.errors)
    return {"status": "refused", "problem": problem}
