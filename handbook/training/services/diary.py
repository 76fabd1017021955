"""The diary of trainings, told one at a time as by devices that sync."""

from datetime import datetime
from typing import Any
from uuid import UUID

from handbook.sync.outcomes import STORED
from handbook.sync.registry import Batch
from handbook.sync.services import push_one
from handbook.training.models import TrainingSession
from handbook.training.selectors.diary import document_of
from handbook.training.selectors.plans import trained_plan

DEVICE = "server"


def record_session(
    *,
    learner_id: UUID,
    key: str,
    session_id: UUID,
    started_at: datetime,
    ended_at: datetime,
    effort: int | None,
    note: str,
    at: datetime,
) -> tuple[dict[str, Any], bool]:
    """Return the training as it is kept, and whether it is new: telling it again changes nothing.

    Raises PlanUnknown, or OperationRefused where another training has the id.
    """
    payload = {
        "plan": trained_plan(learner_id, key).key,
        "started_at": started_at.isoformat(),
        "ended_at": ended_at.isoformat(),
        "effort": effort,
        "note": note,
    }
    batch = Batch(learner_id=learner_id, device=DEVICE, catalogue_revision=0, now=at)
    outcome = push_one(batch, {"id": str(session_id), "kind": "session", "payload": payload})
    row = TrainingSession.objects.get(learner_id=learner_id, session_id=session_id)
    return document_of(row), outcome == STORED
