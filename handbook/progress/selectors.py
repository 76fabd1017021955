"""What learners chose, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handbook.progress.models import Choice, Progress

FIELDS = ("item_type", "item", "status", "score", "streak", "position", "note", "occurred_at", "device")


def chosen_by(learner_id: UUID) -> dict[str, int]:
    """Return numbers by name, 1 for what was marked; what was taken back is left out. One query."""
    rows = Choice.objects.filter(learner_id=learner_id).values_list("name", "flag", "number")
    return {
        name: 1 if number is None else number for name, is_marked, number in rows if is_marked or number is not None
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`results` are rows as their learner reads them; `count` is of all."""

    count: int
    results: list[dict[str, Any]]


def page_of_progress(learner_id: UUID, *, ordering: Sequence[str], page: int, page_size: int) -> Page:
    """Two queries; no results past the end."""
    rows = Progress.objects.filter(learner_id=learner_id).order_by(*ordering, "item_type", "item")
    start = (page - 1) * page_size
    return Page(count=rows.count(), results=list(rows.values(*FIELDS)[start : start + page_size]))


def progress_with(learner_id: UUID, item_type: str, item: str) -> dict[str, Any]:
    """Return the row as its learner reads it. One query. Raises Progress.DoesNotExist."""
    row: dict[str, Any] = Progress.objects.values(*FIELDS).get(learner_id=learner_id, item_type=item_type, item=item)
    return row
