"""Choices and progress as they travel between devices: rows that are merged, never overwritten unseen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from handbook.progress.models import Choice, MergedRow, Progress
from handbook.progress.selectors import FIELDS
from handbook.sync.models import changed_rows, numbered
from handbook.sync.outcomes import KNOWN, STORED, Outcome
from handbook.sync.registry import Batch, Change
from tkd_rules import merge, operations

Value = TypeVar("Value", merge.Choice, merge.Progress)
Key = tuple[str, ...]


class MergingHandler(Generic[Value]):
    """Two statements for a batch: the rows that it is about, and what they have become."""

    kind: str
    model: type[MergedRow]
    merged: Callable[[Value, Value], Value]

    def key_of(self, value: Value) -> Key:
        return tuple(str(getattr(value, field)) for field in self.model.key)

    def value_of(self, row: Any) -> Value:
        raise NotImplementedError

    def columns_of(self, value: Value) -> dict[str, Any]:
        raise NotImplementedError

    def as_json(self, value: Value) -> dict[str, Any]:
        raise NotImplementedError

    def store(self, values: Mapping[str, Value], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        held = self._held(values, batch)
        now = dict(held)
        outcomes: dict[str, Outcome] = {}
        for id_, value in values.items():
            key = self.key_of(value)
            before = now.get(key)
            now[key] = value if before is None else type(self).merged(before, value)
            outcomes[id_] = KNOWN if now[key] == before else STORED
        rows = [
            self.model(learner_id=batch.learner_id, **self.columns_of(value))
            for key, value in sorted(now.items())
            if value != held.get(key)
        ]
        numbered(rows, numbers)
        fields: list[str] = ["learner", *self.model.key]
        changed = [field.name for field in self.model._meta.concrete_fields if field.name not in {"id", *fields}]
        self.model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=fields, update_fields=changed
        )
        return outcomes

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        rows = changed_rows(self.model, learner_id, after=after, limit=limit)
        return [Change(number=row.change, kind=self.kind, payload=self.as_json(self.value_of(row))) for row in rows]

    def _held(self, values: Mapping[str, Value], batch: Batch) -> dict[Key, Value]:
        last_field = self.model.key[-1]
        wanted = {self.key_of(value)[-1] for value in values.values()}
        rows = self.model._default_manager.filter(learner_id=batch.learner_id, **{f"{last_field}__in": sorted(wanted)})
        return {self.key_of(value): value for value in map(self.value_of, rows)}


class ChoiceHandler(MergingHandler[merge.Choice]):
    kind = "choice"
    model = Choice
    merged = staticmethod(merge.merge_choices)

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> merge.Choice:
        return operations.read_choice(payload, device=batch.device, now=batch.now)

    def value_of(self, row: Choice) -> merge.Choice:
        value = row.number if row.number is not None else row.flag or None
        return merge.Choice(name=row.name, value=value, occurred_at=row.occurred_at, device=row.device)

    def columns_of(self, value: merge.Choice) -> dict[str, Any]:
        flag = value.value is True
        number = None if flag else value.value
        return {
            "name": value.name,
            "flag": flag,
            "number": number,
            "occurred_at": value.occurred_at,
            "device": value.device,
        }

    def as_json(self, value: merge.Choice) -> dict[str, Any]:
        return {
            "name": value.name,
            "value": value.value,
            "occurred_at": value.occurred_at,
            "device": value.device,
        }


class ProgressHandler(MergingHandler[merge.Progress]):
    kind = "progress"
    model = Progress
    merged = staticmethod(merge.merge_progress)

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> merge.Progress:
        return operations.read_progress(payload, device=batch.device, now=batch.now)

    def value_of(self, row: Progress) -> merge.Progress:
        return merge.Progress(**{field: getattr(row, field) for field in FIELDS})

    def columns_of(self, value: merge.Progress) -> dict[str, Any]:
        return self.as_json(value)

    def as_json(self, value: merge.Progress) -> dict[str, Any]:
        return {field: getattr(value, field) for field in FIELDS}
