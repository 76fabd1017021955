"""What learners trained, and when."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from handbook.training.models import TrainingSession
from handbook.training.selectors.pages import Page, page_of
from handbook.training.selectors.plans import trained_plan


def page_of_sessions(learner_id: UUID, key: str, *, ordering: Sequence[str] = (), page: int, page_size: int) -> Page:
    """Return a learner's trainings by a plan, the latest first. Three queries. Raises PlanUnknown."""
    rows = TrainingSession.objects.filter(learner_id=learner_id, plan=trained_plan(learner_id, key))
    rows = rows.order_by(*(ordering or ("-started_at",)), "session_id")
    found = page_of(rows, page=page, page_size=page_size)
    return Page(count=found.count, results=[document_of(row) for row in found.results])


def document_of(row: TrainingSession) -> dict[str, Any]:
    return {
        "id": str(row.session_id),
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "effort": row.effort,
        "note": row.note,
    }
