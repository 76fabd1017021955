"""Progress told by itself, merged as what devices send in batches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from handbook.progress.selectors import progress_with
from handbook.sync.registry import Batch
from handbook.sync.services import push_one


def record_progress(*, learner_id: UUID, device: str, progress: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Merge how far a learner is with an item; returns the row as it is now. Telling it again changes nothing.

    `progress` is the payload of an operation of this kind. Raises OperationRefused.
    """
    batch = Batch(learner_id=learner_id, device=device, catalogue_revision=0, now=at)
    push_one(batch, {"id": str(uuid4()), "kind": "progress", "payload": dict(progress)})
    return progress_with(learner_id, progress["item_type"], progress["item"])
