"""What becomes of an operation."""

from dataclasses import dataclass
from http import HTTPStatus

from handbook.common.problems import RuleBroken
from tkd_rules.operations import Refusal

STORED, KNOWN = "stored", "known"
Outcome = str | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one operation; None for an id that is no UUID."""

    operation_id: str | None
    outcome: Outcome


class OperationRefused(RuleBroken):
    """The refusal of an operation that came alone, and so is the answer to its request."""

    title = "This was not taken"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail, errors=refusal.errors)
        self.slug = refusal.slug
        if refusal.errors:
            self.status, self.title = HTTPStatus.BAD_REQUEST, "The input is not valid"


def id_taken() -> Refusal:
    return Refusal(
        "id-taken", "Another operation has this id, and was kept. Send this one under an id of its own if it is one."
    )
