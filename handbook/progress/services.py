"""Progress told by itself, merged as what devices send in batches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from handbook.progress.selectors import progress_with
from handbook.sync.outcomes import OperationRefused
from handbook.sync.registry import Batch
from handbook.sync.services import push, push_one
from tkd_rules.operations import Refusal


def record_progress(*, learner_id: UUID, device: str, progress: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Merge how far a learner is with an item; returns the row as it is now. Telling it again changes nothing.

    `progress` is the payload of an operation of this kind. Raises OperationRefused.
    """
    batch = Batch(learner_id=learner_id, device=device, catalogue_revision=0, now=at)
    push_one(batch, {"id": str(uuid4()), "kind": "progress", "payload": dict(progress)})
    return progress_with(learner_id, progress["item_type"], progress["item"])


def choose(*, learner_id: UUID, device: str, choices: Mapping[str, int | None], at: datetime) -> None:
    """Store choices as if a device had sent them at this moment; another device that chose later is right.

    Raises OperationRefused for the first that the rules refuse.
    """
    batch = Batch(learner_id=learner_id, device=device, catalogue_revision=0, now=at)
    chosen = [{"name": name, "value": value, "occurred_at": at.isoformat()} for name, value in choices.items()]
    for result in push(batch, [{"id": str(uuid4()), "kind": "choice", "payload": payload} for payload in chosen]):
        if isinstance(result.outcome, Refusal):
            raise OperationRefused(result.outcome)
