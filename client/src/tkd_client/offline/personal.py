"""What belongs to the person: settings, what was read last, and what waits to be sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any
from uuid import uuid4

from tkd_client.offline.database import Database
from tkd_client.offline.journal import Journal
from tkd_rules.ranking import ItemType

MOST_RECENT = 12
MIGRATIONS = (
    """
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE favourites (
        kind TEXT NOT NULL, slug TEXT NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (kind, slug)
    ) WITHOUT ROWID;
    CREATE TABLE recent (
        kind TEXT NOT NULL, slug TEXT NOT NULL, opened_at TEXT NOT NULL, PRIMARY KEY (kind, slug)
    ) WITHOUT ROWID;
    CREATE TABLE outbox (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, occurred_at TEXT NOT NULL,
        refused TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    """,
    # The device's clock may jump by years; what came first is counted instead.
    """
    ALTER TABLE recent ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
    UPDATE recent SET place = (SELECT count(*) FROM recent AS other WHERE other.opened_at <= recent.opened_at);
    ALTER TABLE outbox ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
    UPDATE outbox SET place = (SELECT count(*) FROM outbox AS other WHERE other.occurred_at <= outbox.occurred_at);
    """,
    """
    ALTER TABLE outbox ADD COLUMN is_sent INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE learner_rows (
        kind TEXT NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    """,
    # A favourite is a choice of the learner's, which other devices hear of.
    """
    INSERT INTO outbox (id, kind, payload, occurred_at, place)
        SELECT
            lower(
                hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
                || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
            ),
            'choice',
            json_object(
                'name', 'favourite/' || kind || '/' || slug, 'value', json('true'), 'occurred_at', added_at
            ),
            added_at,
            (SELECT coalesce(max(place), 0) FROM outbox) + row_number() OVER (ORDER BY added_at)
        FROM favourites;
    DROP TABLE favourites;
    """,
)
TABLES = ("settings", "recent", "outbox", "learner_rows")
DEVICE_LETTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something the person did that the server has not told back; `refused` says why it would not take it.

    `is_sent` says that the server has taken it: it stays until the server's own word on it has come.
    """

    id: str
    kind: str
    payload: dict[str, Any]
    occurred_at: datetime
    refused: str = ""
    is_sent: bool = False


class Personal:
    """A small file of its own, because each change writes the whole file in a browser."""

    def __init__(self, database: Database, journal: Journal) -> None:
        """Take from the journal what a damaged database has lost."""
        self.database, self._journal = database, journal
        if database.was_broken:
            held = {operation.id for operation in self.waiting()}
            for lost in journal.waiting():
                if lost["id"] not in held:
                    self._insert(_operation(lost))

    @property
    def was_broken(self) -> bool:
        return self.database.was_broken

    def setting(self, name: str) -> Any:
        row = self.database.one("SELECT value FROM settings WHERE name = ?", (name,))
        return json.loads(row["value"]) if row else None

    def set(self, **settings: Any) -> None:
        """Keep settings; None forgets one."""
        with self.database.transaction() as connection:
            for name, value in settings.items():
                if value is None:
                    connection.execute("DELETE FROM settings WHERE name = ?", (name,))
                else:
                    text = json.dumps(value, ensure_ascii=False)
                    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, text))

    @property
    def device(self) -> str:
        """Return the name under which the server knows what was done here, an empty text before it has one."""
        return str(self.setting("device") or "")

    def name_device(self) -> None:
        """Let the device choose a name for itself, once."""
        if not self.device:
            self.set(device=uuid4().hex[:DEVICE_LETTERS])

    def recent(self) -> list[tuple[ItemType, str]]:
        """Return kind and slug of what was opened, the last first."""
        rows = self.database.all("SELECT kind, slug FROM recent ORDER BY place DESC")
        return [(row["kind"], row["slug"]) for row in rows]

    def opened(self, kind: str, slug: str, *, at: datetime) -> None:
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO recent SELECT ?, ?, ?, coalesce(max(place), 0) + 1 FROM recent",
                (kind, slug, at.isoformat()),
            )
            connection.execute(
                "DELETE FROM recent WHERE place NOT IN (SELECT place FROM recent ORDER BY place DESC LIMIT ?)",
                (MOST_RECENT,),
            )

    def waiting(self, *kinds: str) -> list[Operation]:
        """Return what waits to be sent, of all kinds or these, in the order in which it was done.

        What was refused waits for the person.
        """
        restriction = f"WHERE kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows = self.database.all(f"SELECT * FROM outbox {restriction} ORDER BY place", kinds)  # noqa: S608 - marks
        return [_operation(dict(row)) for row in rows]

    def unsent(self) -> int:
        """Return how many operations the server has not taken, those that it refused left out."""
        row = self.database.one("SELECT count(*) AS unsent FROM outbox WHERE refused = '' AND NOT is_sent")
        return int(row["unsent"]) if row else 0

    def refused(self) -> list[Operation]:
        """Return what the server would not take, with what it said."""
        return [
            _operation(dict(row))
            for row in self.database.all("SELECT * FROM outbox WHERE refused <> '' ORDER BY place")
        ]

    def put_in_outbox(self, operation: Operation) -> None:
        """Raises DiskFull."""
        self._insert(operation)
        self._journal.put(_row(operation))

    def refuse(self, operation: Operation, reason: str) -> None:
        """Keep an operation that the server would not take, with what it said."""
        self.put_in_outbox(replace(operation, refused=reason))

    def change(self, operation: Operation) -> None:
        """Store an operation that is in the outbox as it stands now."""
        self.put_in_outbox(operation)

    def forget_in_journal(self, operation_ids: Sequence[str]) -> None:
        """Let go of operations that have left the outbox within somebody else's transaction."""
        for operation_id in operation_ids:
            self._journal.take(operation_id)

    def take_from_outbox(self, operation_id: str) -> None:
        with self.database.transaction() as connection:
            connection.execute("DELETE FROM outbox WHERE id = ?", (operation_id,))
        self._journal.take(operation_id)
        if not self.waiting():
            self._journal.clear()

    def clear_journal(self) -> None:
        self._journal.clear()

    def _insert(self, operation: Operation) -> None:
        with self.database.transaction() as connection:
            self.insert(connection, operation)

    def insert(self, connection: Connection, operation: Operation) -> None:
        """Put an operation in within a transaction; one that is there already keeps its place."""
        connection.execute(
            "INSERT INTO outbox (id, kind, payload, occurred_at, refused, is_sent, place)"
            " SELECT ?, ?, ?, ?, ?, ?, coalesce(max(place), 0) + 1 FROM outbox WHERE true"
            " ON CONFLICT (id) DO UPDATE"
            " SET refused = excluded.refused, payload = excluded.payload, is_sent = excluded.is_sent",
            tuple(_row(operation).values()),
        )


def _row(operation: Operation) -> dict[str, Any]:
    return {
        "id": operation.id,
        "kind": operation.kind,
        "payload": json.dumps(operation.payload, ensure_ascii=False),
        "occurred_at": operation.occurred_at.isoformat(),
        "refused": operation.refused,
        "is_sent": operation.is_sent,
    }


def _operation(row: Mapping[str, Any]) -> Operation:
    return Operation(
        id=row["id"],
        kind=row["kind"],
        payload=json.loads(row["payload"]),
        occurred_at=datetime.fromisoformat(row["occurred_at"]),
        refused=row["refused"],
        is_sent=bool(row.get("is_sent", False)),  # a journal of an older app does not say
    )
