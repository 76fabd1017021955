"""What the learner did: the rows that the server has told, and over them what waits to be told.

Rows are only ever written by what the server says. What was done here is an operation in the outbox until the server
has taken it and told it back; both together are what the device knows. So nothing is stored twice with two truths, and
where the server has corrected something, its word holds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from sqlite3 import Connection
from typing import Any, TypeVar
from uuid import uuid4

from tkd_client.offline.personal import Operation, Personal
from tkd_rules import merge, operations
from tkd_rules.operations import EARLIEST, MOST_OPERATIONS, Refusal
from tkd_rules.repetition.reviews import Review, log_of
from tkd_rules.repetition.settings import Settings, settings_of

KINDS = ("review", "retraction", "rules", "choice", "progress")
ANY_CLOCK = datetime(9000, 1, 1, tzinfo=UTC)  # what was done is read as it was, the server judges the clock
WRONG_CLOCK, TRY_LATER = "moment-out-of-range", "catalogue-ahead"

_ANSWERS = """
    WITH known (kind, id, payload) AS (
        SELECT kind, key, payload FROM learner_rows UNION ALL SELECT kind, id, payload FROM outbox WHERE refused = ''
    )
    SELECT id, replace(json_extract(payload, '$.reviewed_at'), 'Z', '+00:00') AS at FROM known
    WHERE kind = 'review'
        AND id NOT IN (SELECT json_extract(payload, '$.review') FROM known WHERE kind = 'retraction')
"""

Payload = dict[str, Any]
Row = TypeVar("Row", merge.Choice, merge.Progress)


class LearnerStore:
    def __init__(self, personal: Personal) -> None:
        self._personal = personal
        self._database = personal.database

    @property
    def device(self) -> str:
        return self._personal.device

    @property
    def cursor(self) -> int:
        """The number of the last change that the server has told; 0 for none."""
        return int(self._personal.setting("learner_cursor") or 0)

    @property
    def has_heard(self) -> bool:
        """Tell whether the server has ever said what it holds of the learner."""
        return self._personal.setting("learner_cursor") is not None

    def mark(self) -> tuple[int, int, int]:
        """Return what differs whenever the learner's rows or operations do."""
        row = self._database.one("SELECT count(*) AS held, coalesce(max(place), 0) AS place FROM outbox")
        return (self.cursor, row["held"], row["place"]) if row else (self.cursor, 0, 0)

    def did(self, kind: str, payload: Payload, *, id_: str, at: datetime) -> None:
        """Keep what the learner did until the server has it. Raises DiskFull, and Refusal for what no server takes."""
        self._personal.name_device()
        _value(kind, payload | {"id": id_, "device": self.device})
        self._personal.put_in_outbox(Operation(id=id_, kind=kind, payload=payload, occurred_at=at))

    def log(self) -> tuple[Review, ...]:
        """Return all answers that count, the oldest first."""
        return log_of(self._values("review"), retracted=set(self._values("retraction")))

    def answers(self) -> set[tuple[str, str]]:
        """Return id and moment of the answers that `log` returns, without reading them whole."""
        return {(row["id"], row["at"]) for row in self._database.all(_ANSWERS)}

    def settings(self) -> Settings:
        return settings_of(self._values("rules"))

    def choices(self) -> dict[str, merge.Choice]:
        """Return the last choice under each name, also where it took back what was chosen."""
        chosen: dict[str, list[merge.Choice]] = {}
        for choice in self._values("choice"):
            chosen.setdefault(choice.name, []).append(choice)
        return {name: reduce(merge.merge_choices, rows) for name, rows in chosen.items()}

    def progress(self) -> dict[tuple[str, str], merge.Progress]:
        known: dict[tuple[str, str], list[merge.Progress]] = {}
        for row in self._values("progress"):
            known.setdefault((row.item_type, row.item), []).append(row)
        return {item: reduce(merge.merge_progress, rows) for item, rows in known.items()}

    def to_send(self) -> list[Operation]:
        """Return the oldest operations that the server has not answered for, as many as one batch may hold."""
        waiting = [one for one in self._personal.waiting(*KINDS) if not one.refused and not one.is_sent]
        return waiting[:MOST_OPERATIONS]

    def settle(
        self,
        sent: Sequence[Operation],
        results: Sequence[Mapping[str, Any]],
        *,
        device_now: datetime,
        server_now: datetime | None,
    ) -> bool:
        """Take the server's word on a batch; tell whether it is worth sending more now.

        Answers that a wrong clock dated are moved by what the two clocks differ, and sent again.
        """
        moved_on = False
        for operation, result in zip(sent, results, strict=True):
            settled = _settled(operation, result, device_now=device_now, server_now=server_now)
            if settled != operation:
                self._personal.change(settled)
                moved_on = True
        return moved_on

    def sent(self) -> list[str]:
        """Return the ids of what the server has taken and not yet told back."""
        return [operation.id for operation in self._personal.waiting(*KINDS) if operation.is_sent]

    def take_over(
        self, changes: Sequence[tuple[str, Payload]], *, cursor: int, told_back: Sequence[str], is_behind: bool
    ) -> None:
        """Store what the server told, with the cursor, whole or not at all; let go of what it has told back.

        A server that is behind has lost what it knew: all that it once told goes into the outbox again.
        """
        if self.has_heard and not (changes or told_back or is_behind) and cursor == self.cursor:
            return
        with self._database.transaction() as connection:
            if is_behind:
                self._send_again(connection)
            for kind, payload in changes:
                if kind in KINDS:
                    text = json.dumps(payload, ensure_ascii=False)
                    row = (kind, _key(kind, payload), text)
                    connection.execute("INSERT OR REPLACE INTO learner_rows VALUES (?, ?, ?)", row)
            connection.executemany("DELETE FROM outbox WHERE id = ?", [(id_,) for id_ in told_back])
            connection.execute("INSERT OR REPLACE INTO settings VALUES ('learner_cursor', ?)", (json.dumps(cursor),))
        self._personal.forget_in_journal(told_back)

    def forget(self) -> None:
        """Let go of all that is the learner's, sent or not: somebody else will use this device."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM learner_rows")
            connection.execute("DELETE FROM outbox")
            connection.execute("DELETE FROM settings WHERE name = 'learner_cursor'")
        self._personal.clear_journal()

    def _send_again(self, connection: Connection) -> None:
        rows = connection.execute("SELECT kind, payload FROM learner_rows").fetchall()
        connection.execute("DELETE FROM learner_rows")
        for row in rows:
            payload = json.loads(row["payload"])
            id_ = payload.pop("id", None) or str(uuid4())
            payload.pop("device", None)
            self._personal.insert(
                connection, Operation(id=id_, kind=row["kind"], payload=payload, occurred_at=EARLIEST)
            )

    def _values(self, kind: str) -> Iterator[Any]:
        """Yield what the server told and what waits, as the rules read it.

        What a newer server has told and this app can't read stays stored for a newer app.
        """
        for row in self._database.all("SELECT payload FROM learner_rows WHERE kind = ?", (kind,)):
            with suppress(Refusal):
                yield _value(kind, json.loads(row["payload"]))
        device = self.device
        for operation in self._personal.waiting(kind):
            if not operation.refused:
                yield _value(kind, operation.payload | {"id": operation.id, "device": device})


def _value(kind: str, told: Payload) -> Any:
    """Return a payload with `device`, and an answer's with `id`, as the rules read it. Raises Refusal."""
    payload = dict(told)
    id_, device = payload.pop("id", ""), payload.pop("device", "")
    match kind:
        case "review":
            return operations.read_review(id_, payload, device=device, now=ANY_CLOCK)
        case "retraction":
            return operations.read_retraction(payload)
        case "rules":
            return operations.read_rules(payload, device=device, now=ANY_CLOCK)
        case "choice":
            return operations.read_choice(payload, device=device, now=ANY_CLOCK)
    return operations.read_progress(payload, device=device, now=ANY_CLOCK)


def _key(kind: str, payload: Payload) -> str:
    """Return what tells rows of one kind apart."""
    parts = {
        "review": ("id",),
        "retraction": ("review",),
        "rules": ("since", "device"),
        "choice": ("name",),
        "progress": ("item_type", "item"),
    }[kind]
    return " ".join(str(payload[part]) for part in parts)


def _settled(
    operation: Operation, result: Mapping[str, Any], *, device_now: datetime, server_now: datetime | None
) -> Operation:
    """Return the operation as it stands after the server's word, unchanged when it should be sent again later."""
    if result["status"] != "refused":
        return replace(operation, is_sent=True)
    problem = result.get("problem") or {}
    slug = str(problem.get("type", "")).rpartition("/")[2]
    if slug == TRY_LATER:
        return operation
    if slug == WRONG_CLOCK and "reviewed_at" in operation.payload:
        return _redated(operation, device_now, server_now) if server_now else operation
    return replace(operation, refused=str(problem.get("detail") or slug))


def _redated(operation: Operation, device_now: datetime, server_now: datetime) -> Operation:
    """Return the answer with the moment at which it was given by the server's clock, as far as that can be known."""
    moment = datetime.fromisoformat(operation.payload["reviewed_at"])
    corrected = min(server_now, max(EARLIEST, moment - (device_now - server_now)))
    return replace(operation, payload=operation.payload | {"reviewed_at": corrected.isoformat()})
