"""How two devices' versions of one thing become one: in any order, any number of times, with the same result."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

ProgressStatus = Literal["seen", "in_progress", "done"]
STATUSES: Final[tuple[ProgressStatus, ...]] = ("seen", "in_progress", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a learner chose under a name, such as a favourite or the number of new cards a day; None takes it back."""

    name: str
    value: bool | int | None
    occurred_at: datetime
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a learner is with an item. `position` is the step they were at, `note` their own words."""

    item_type: str
    item: str
    status: ProgressStatus
    score: int
    streak: int
    position: int
    note: str
    occurred_at: datetime
    device: str


def merge_choices(one: Choice, other: Choice) -> Choice:
    """Return the later choice; ties go to the greater device, then to the greater value, so that all devices agree."""
    return max(one, other, key=lambda choice: (choice.occurred_at, choice.device, repr(choice.value)))


def merge_progress(one: Progress, other: Progress) -> Progress:
    """Keep the best score and streak and the farthest status; what is left is the later one's."""
    later = max(one, other, key=lambda row: (row.occurred_at, row.device, row.position, row.note))
    return Progress(
        item_type=later.item_type,
        item=later.item,
        status=max(one.status, other.status, key=STATUSES.index),
        score=max(one.score, other.score),
        streak=max(one.streak, other.streak),
        position=later.position,
        note=later.note,
        occurred_at=later.occurred_at,
        device=later.device,
    )
