"""The diary of trainings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from handbook.training.models import TrainingSession
from handbook.training.problems import IdTaken
from handbook.training.selectors.diary import document_of
from handbook.training.selectors.plans import trained_plan


def record_session(
    *,
    learner_id: UUID,
    key: str,
    session_id: UUID,
    started_at: datetime,
    ended_at: datetime,
    effort: int | None,
    note: str,
) -> tuple[dict[str, Any], bool]:
    """Return the training as it is kept, and whether it is new: telling it again changes nothing.

    Raises PlanUnknown, or IdTaken where another training has the id.
    """
    told = {
        "plan_id": trained_plan(learner_id, key).pk,
        "started_at": started_at,
        "ended_at": ended_at,
        "effort": effort,
        "note": note,
    }
    row, is_new = TrainingSession.objects.get_or_create(learner_id=learner_id, session_id=session_id, defaults=told)
    if not is_new and any(getattr(row, field) != value for field, value in told.items()):
        raise IdTaken
    return document_of(row), is_new
