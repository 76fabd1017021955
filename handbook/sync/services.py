"""Storing what a device sends: each operation applied or refused on its own, all that is applied in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from django.db import transaction

from handbook.sync import cursors
from handbook.sync.models import LearnerCursor
from handbook.sync.outcomes import KNOWN, OperationRefused, Outcome, Result, id_taken
from handbook.sync.registry import Batch, Handler, handlers
from tkd_rules.operations import Refusal, operation_id


def push(batch: Batch, operations: Sequence[Any]) -> list[Result]:
    """Apply a batch; returns a result for each operation, in their order. Repeating a batch changes nothing."""
    read = [_read(operation, batch) for operation in operations]
    firsts = _firsts(read)
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for first in firsts.values():
        values[first.kind][first.id] = first.value
    outcomes = _store(values, batch) if values else {}
    return [_result(operation, item, firsts, outcomes) for operation, item in zip(operations, read, strict=True)]


def push_one(batch: Batch, operation: Mapping[str, Any]) -> str:
    """Apply one operation; returns `stored` or `known`. Raises OperationRefused."""
    [result] = push(batch, [operation])
    if isinstance(result.outcome, Refusal):
        raise OperationRefused(result.outcome)
    return result.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readable:
    id: str
    kind: str
    value: Any


def _read(operation: Any, batch: Batch) -> _Readable | Refusal:
    try:
        id_, handler, payload = _parts(operation)
        return _Readable(id=id_, kind=handler.kind, value=handler.read(id_, payload, batch))
    except Refusal as refusal:
        return refusal


def _parts(operation: Any) -> tuple[str, Handler, dict[str, Any]]:
    """Raises Refusal."""
    if not isinstance(operation, dict):
        raise Refusal("invalid", "An operation is an object with id, kind and payload.")
    id_ = operation_id(operation.get("id"))
    handler = handlers().get(str(operation.get("kind")))
    if handler is None:
        known = ", ".join(handlers())
        raise Refusal("unknown-kind", f"The server knows {known}. Keep it until the server is newer.")
    payload = operation.get("payload")
    if not isinstance(payload, dict):
        raise Refusal("invalid", "One or more fields are wrong; see errors.", errors={"payload": ["Give an object."]})
    return id_, handler, payload


def _firsts(read: Sequence[_Readable | Refusal]) -> dict[str, _Readable]:
    firsts: dict[str, _Readable] = {}
    for item in read:
        if isinstance(item, _Readable):
            firsts.setdefault(item.id, item)
    return firsts


@transaction.atomic
def _store(values: Mapping[str, Mapping[str, Any]], batch: Batch) -> dict[str, Outcome]:
    before = _locked_change(batch)
    mark = cursors.mark_busy(batch.learner_id)
    numbers = count(before + 1)
    outcomes: dict[str, Outcome] = {}
    for kind, handler in handlers().items():
        if kind in values:
            outcomes |= handler.store(values[kind], batch, numbers)
    after = next(numbers) - 1
    if after > before:
        LearnerCursor.objects.filter(pk=batch.learner_id).update(change=after)
    transaction.on_commit(partial(cursors.committed, batch.learner_id, after, mark=mark))
    return outcomes


def _locked_change(batch: Batch) -> int:
    """Return the learner's last number; until the transaction ends no other batch of theirs is stored."""
    held = LearnerCursor.objects.select_for_update().filter(pk=batch.learner_id)
    change = held.values_list("change", flat=True).first()
    if change is not None:
        return change
    LearnerCursor.objects.bulk_create([LearnerCursor(learner_id=batch.learner_id)], ignore_conflicts=True)
    return held.values_list("change", flat=True).get()


def _result(
    operation: Any, item: _Readable | Refusal, firsts: Mapping[str, _Readable], outcomes: Mapping[str, Outcome]
) -> Result:
    if isinstance(item, Refusal):
        return Result(operation_id=_id_of(operation), outcome=item)
    first = firsts[item.id]
    if item is first:
        return Result(operation_id=item.id, outcome=outcomes[item.id])
    return Result(operation_id=item.id, outcome=KNOWN if item == first else id_taken())


def _id_of(operation: Any) -> str | None:
    """Return the id of what could not be read otherwise; None when that is none either."""
    try:
        return operation_id(operation.get("id")) if isinstance(operation, dict) else None
    except Refusal:
        return None
