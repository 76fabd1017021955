"""What becomes of an operation."""

from dataclasses import dataclass

from tkd_rules.operations import Refusal

STORED, KNOWN = "stored", "known"
Outcome = str | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one operation; None for an id that is no UUID."""

    operation_id: str | None
    outcome: Outcome


def id_taken() -> Refusal:
    return Refusal(
        "id-taken", "Another operation has this id, and was kept. Send this one under an id of its own if it is one."
    )
