"""Fields of what is sent about trainings."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.http import printable
from handbook.accounts.serializers import TextField
from handbook.training.models import LONGEST_NOTE
from tkd_rules.training.plans import KINDS, LIMITS, MOST_BLOCKS, SIGNALS

LONGEST_MOMENT = 40
BLOCK_FIELDS = ("kind", "slug", "work_s", "repetitions", "rounds", "rest_s", "signals", "note")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # JSON can say them, a database can't keep them


def _number(field: str) -> dict[str, Any]:
    least, most = LIMITS[field]
    return {"type": "integer", "minimum": least, "maximum": most}


BLOCKS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": MOST_BLOCKS,
    "items": {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": list(KINDS)},
            "slug": {"type": "string", "description": "Of the exercise, the technique or the tul."},
            "work_s": _number("work_s") | {"description": "How long a round takes; give this or repetitions."},
            "repetitions": _number("repetitions"),
            "rounds": _number("rounds") | {"default": 1},
            "rest_s": _number("rest_s") | {"default": 0, "description": "After each round."},
            "signals": {"type": "array", "items": {"type": "string", "enum": list(SIGNALS)}},
            "note": {"type": "string", "maxLength": LONGEST_NOTE},
        },
        "required": ["kind", "slug"],
        "oneOf": [{"required": ["work_s"]}, {"required": ["repetitions"]}],
        "additionalProperties": False,
    },
}


@extend_schema_field(BLOCKS_SCHEMA)
class BlocksField(serializers.Field[Any, Any, Any, Any]):
    """Blocks that name nothing unknown and hold nothing that can't be stored; the rules read the rest."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list) and len(data) <= MOST_BLOCKS:
            for number, block in enumerate(data, start=1):
                if isinstance(block, Mapping):
                    self._check(number, block)
        return data

    def _check(self, number: int, block: Mapping[str, Any]) -> None:
        if unknown := sorted(block.keys() - set(BLOCK_FIELDS)):
            known = ", ".join(BLOCK_FIELDS)
            raise serializers.ValidationError(f"Block {number}: unknown {printable(unknown[0])}. Known: {known}.")
        note = block.get("note", "")
        if isinstance(note, str) and (len(note) > LONGEST_NOTE or UNSTORABLE.search(note)):
            raise serializers.ValidationError(f"Block {number}, note: a text of at most {LONGEST_NOTE} characters.")


@extend_schema_field(OpenApiTypes.DATETIME)
class AwareMomentField(TextField):
    """A moment with its zone, as UTC."""

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        try:
            moment = datetime.fromisoformat(text) if len(text) <= LONGEST_MOMENT else None
            if moment and moment.tzinfo:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise serializers.ValidationError("Give a moment with its zone, such as 2026-11-24T18:00:00Z.")


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class ClockField(TextField):
    """A time of the day such as 18:30."""

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        if not re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", text):
            raise serializers.ValidationError("Give a time of the day, such as 18:30.")
        return time.fromisoformat(text)
