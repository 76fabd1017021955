"""What belongs to the person: settings, favourites, what was read last, and what waits to be sent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tkd_client.offline.database import Database
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
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something the person did that the server has not heard of; `refused` says why it would not take it."""

    id: str
    kind: str
    payload: dict[str, Any]
    occurred_at: datetime
    refused: str = ""


class Personal:
    """A small file of its own, because each change writes the whole file in a browser."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def setting(self, name: str) -> Any:
        row = self._database.one("SELECT value FROM settings WHERE name = ?", (name,))
        return json.loads(row["value"]) if row else None

    def set(self, **settings: Any) -> None:
        """Keep settings; None forgets one."""
        with self._database.transaction() as connection:
            for name, value in settings.items():
                if value is None:
                    connection.execute("DELETE FROM settings WHERE name = ?", (name,))
                else:
                    text = json.dumps(value, ensure_ascii=False)
                    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, text))

    def favourites(self) -> frozenset[tuple[str, str]]:
        return frozenset((row["kind"], row["slug"]) for row in self._database.all("SELECT kind, slug FROM favourites"))

    def favour(self, kind: str, slug: str, *, at: datetime) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO favourites VALUES (?, ?, ?)", (kind, slug, at.isoformat()))

    def forget_favourite(self, kind: str, slug: str) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM favourites WHERE kind = ? AND slug = ?", (kind, slug))

    def recent(self) -> list[tuple[ItemType, str]]:
        """Return kind and slug of what was opened, the last first."""
        rows = self._database.all("SELECT kind, slug FROM recent ORDER BY opened_at DESC, slug")
        return [(row["kind"], row["slug"]) for row in rows]

    def opened(self, kind: str, slug: str, *, at: datetime) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO recent VALUES (?, ?, ?)", (kind, slug, at.isoformat()))
            connection.execute(
                "DELETE FROM recent WHERE (kind, slug) NOT IN"
                " (SELECT kind, slug FROM recent ORDER BY opened_at DESC LIMIT ?)",
                (MOST_RECENT,),
            )

    def waiting(self) -> list[Operation]:
        """Return what waits to be sent, the oldest first; what was refused waits for the person."""
        return list(self._operations("SELECT * FROM outbox ORDER BY occurred_at, id"))

    def put_in_outbox(self, operation: Operation) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO outbox (id, kind, payload, occurred_at, refused) VALUES (?, ?, ?, ?, ?)",
                (
                    operation.id,
                    operation.kind,
                    json.dumps(operation.payload, ensure_ascii=False),
                    operation.occurred_at.isoformat(),
                    operation.refused,
                ),
            )

    def take_from_outbox(self, operation_id: str) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM outbox WHERE id = ?", (operation_id,))

    def empty_outbox(self) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM outbox")

    def _operations(self, sql: str) -> Iterator[Operation]:
        for row in self._database.all(sql):
            yield Operation(
                id=row["id"],
                kind=row["kind"],
                payload=json.loads(row["payload"]),
                occurred_at=datetime.fromisoformat(row["occurred_at"]),
                refused=row["refused"],
            )
