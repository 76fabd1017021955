"""What can be synced: each app registers handlers for the kinds of operations whose data it keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from handbook.sync.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Who sends what when; `catalogue_revision` is what the device has read, 0 when it does not say."""

    learner_id: UUID
    device: str
    catalogue_revision: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row as a device stores it; `number` counts the learner's changes."""

    number: int
    kind: str
    payload: dict[str, Any]


class Handler(Protocol):
    """Reads, stores and gives out one kind of operation. Storing twice must change nothing."""

    kind: str

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> Any:
        """Return what `store` takes. Raises Refusal. No SQL."""

    def store(self, values: Mapping[str, Any], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        """Store values by operation id in a fixed number of statements; each new or changed row takes a number."""

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        """Return up to `limit` rows changed after a number, in the order of their numbers. One query."""


_handlers: dict[str, Handler] = {}


def register(handler: Handler) -> None:
    _handlers[handler.kind] = handler


def handlers() -> Mapping[str, Handler]:
    """Return the handlers by kind, in the order in which they were registered, which is that of storing."""
    return _handlers
