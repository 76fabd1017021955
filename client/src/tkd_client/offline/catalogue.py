"""The catalogue on the device: replaced by a snapshot, followed by deltas, read by the screens."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from tkd_client.offline.database import Database, Row
from tkd_client.offline.prepared import NOT_SEARCHED, prepare
from tkd_rules.delta import KIND_OF_PLURAL, CatalogueKind, Changes
from tkd_rules.grading import Belt, parse_belt
from tkd_rules.ranking import ItemType

Document = dict[str, Any]

MIGRATIONS = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE items (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, belt_rank INTEGER NOT NULL,
        category TEXT NOT NULL, number INTEGER NOT NULL, romanization TEXT NOT NULL, name TEXT NOT NULL,
        document TEXT NOT NULL, entry TEXT NOT NULL, UNIQUE (kind, slug)
    );
    CREATE INDEX items_in_order ON items (kind, belt_rank, number, romanization);
    CREATE TABLE tags (
        item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (item, tag)
    ) WITHOUT ROWID;
    CREATE INDEX tags_by_tag ON tags (tag);
    CREATE TABLE uses (
        technique TEXT NOT NULL, tul INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, step INTEGER NOT NULL,
        PRIMARY KEY (technique, tul, step)
    ) WITHOUT ROWID;
    CREATE INDEX uses_by_tul ON uses (tul);
    CREATE VIRTUAL TABLE search USING fts5 (names, rest, initials, tokenize = 'unicode61', prefix = '1 2 3');
    """,
)

AFTER_ALL = 99  # a tul that some schools keep in place of another comes after those of its grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a row of a list shows."""

    kind: ItemType
    slug: str
    belt_rank: int
    category: str
    number: int
    romanization: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list shall hold; None is no restriction. `slugs` restricts to these."""

    kind: ItemType
    belt_rank: int | None = None
    category: str | None = None
    tag: str | None = None
    slugs: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The steps of one tul in which a technique or stance occurs."""

    tul: Summary
    steps: tuple[int, ...]


class Catalogue:
    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def was_broken(self) -> bool:
        return self.database.was_broken

    @property
    def cursor(self) -> int:
        """The revision that the device holds; 0 for none."""
        return int(self.fact("cursor") or 0)

    def fact(self, name: str) -> str | None:
        row = self.database.one("SELECT value FROM facts WHERE name = ?", (name,))
        return row["value"] if row else None

    def apply(self, changes: Changes, *, etag: str | None = None) -> bool:
        """Take over a snapshot or a delta, whole or not at all; tell whether anything changed. Raises DiskFull."""
        with self.database.transaction() as connection:
            if changes.is_snapshot:
                for table in ("search", "uses", "tags", "items"):
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            for kind, document in _documents(changes.upserts):
                _put(connection, kind, document)
            for gone in changes.deletes:
                _remove(connection, str(gone["type"]), str(gone["slug"]))
            facts = {"cursor": str(changes.cursor), "catalogue_id": changes.catalogue_id, "etag": etag or ""}
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())
        return changes.is_snapshot or any(changes.upserts.values()) or bool(changes.deletes)

    def count(self, kind: CatalogueKind) -> int:
        row = self.database.one("SELECT count(*) AS found FROM items WHERE kind = ?", (kind,))
        return int(row["found"]) if row else 0

    def items(self, wanted: Wanted) -> list[Summary]:
        """Return the items of one kind in the order in which they are learned."""
        conditions, parameters = ["kind = ?"], [wanted.kind]  # type: list[str], list[Any]
        if wanted.belt_rank is not None:
            conditions.append("belt_rank <= ?")
            parameters.append(wanted.belt_rank)
        if wanted.category is not None:
            conditions.append("category = ?")
            parameters.append(wanted.category)
        if wanted.tag is not None:
            conditions.append("id IN (SELECT item FROM tags WHERE tag = ?)")
            parameters.append(wanted.tag)
        where = " AND ".join(conditions)
        order = "belt_rank, number, romanization, slug"
        rows = self.database.all(f"SELECT {_SUMMARY} FROM items WHERE {where} ORDER BY {order}", parameters)  # noqa: S608
        found = [_summary(row) for row in rows]
        return [item for item in found if wanted.slugs is None or item.slug in wanted.slugs]

    def document(self, kind: str, slug: str) -> Document | None:
        row = self.database.one("SELECT document FROM items WHERE kind = ? AND slug = ?", (kind, slug))
        return json.loads(row["document"]) if row else None

    def documents(self, kind: CatalogueKind) -> list[Document]:
        """Return all documents of a kind: by the grade at which they are learned, then by slug."""
        rows = self.database.all("SELECT document FROM items WHERE kind = ? ORDER BY belt_rank, slug", (kind,))
        return [json.loads(row["document"]) for row in rows]

    def outline(self) -> dict[str, list[Document]]:
        """Return slug, grade and number of all items by kind: what is needed to say what a grade must know."""
        found: dict[str, list[Document]] = {}
        for row in self.database.all("SELECT kind, slug, belt_rank, number FROM items"):
            item = {"slug": row["slug"], "min_belt": Belt(row["belt_rank"]).code, "number": row["number"]}
            found.setdefault(row["kind"], []).append(item)
        return found

    def summary(self, kind: str, slug: str) -> Summary | None:
        row = self.database.one(f"SELECT {_SUMMARY} FROM items WHERE kind = ? AND slug = ?", (kind, slug))  # noqa: S608
        return _summary(row) if row else None

    def uses(self, technique: str) -> list[Use]:
        """Return the tuls in which a technique or stance occurs, in the order in which they are learned."""
        steps: dict[str, list[int]] = {}
        sql = "SELECT slug, step FROM uses JOIN items ON items.id = uses.tul WHERE technique = ? ORDER BY step"
        for row in self.database.all(sql, (technique,)):
            steps.setdefault(row["slug"], []).append(row["step"])
        return [
            Use(tul=tul, steps=tuple(steps[tul.slug])) for tul in self.items(Wanted(kind="tul", slugs=frozenset(steps)))
        ]

    def variants(self, technique: str) -> list[Summary]:
        """Return the techniques that name this one as their base."""
        rows = self.database.all(
            f"SELECT {_SUMMARY} FROM items WHERE kind = 'technique' AND json_extract(document, '$.base') = ?"  # noqa: S608
            " ORDER BY belt_rank, romanization",
            (technique,),
        )
        return [_summary(row) for row in rows]

    def categories(self, kind: ItemType) -> list[str]:
        rows = self.database.all("SELECT DISTINCT category FROM items WHERE kind = ? ORDER BY category", (kind,))
        return [row["category"] for row in rows]

    def tags(self, kind: ItemType) -> list[str]:
        """Return the tags of a kind, the most used first."""
        sql = "SELECT tag FROM tags JOIN items ON id = item WHERE kind = ? GROUP BY tag ORDER BY count(*) DESC, tag"
        return [row["tag"] for row in self.database.all(sql, (kind,))]


_SUMMARY = "kind, slug, belt_rank, category, number, romanization, name"


def _summary(row: Row) -> Summary:
    return Summary(**{**dict(row), "name": json.loads(row["name"])})


def _documents(upserts: Mapping[str, Iterable[Document]]) -> Iterator[tuple[CatalogueKind, Document]]:
    for plural, documents in upserts.items():
        for document in documents:
            yield KIND_OF_PLURAL[plural], document


def _put(connection: Connection, kind: CatalogueKind, document: Document) -> None:
    _remove(connection, kind, document["slug"])
    prepared = None if kind == "theory" or kind == "syllabus" else prepare(kind, document)  # noqa: PLR1714 - narrows the type
    cursor = connection.execute(
        "INSERT INTO items (kind, slug, belt_rank, category, number, romanization, name, document, entry)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            kind,
            document["slug"],
            parse_belt(document["min_belt"]).rank,
            document["kind" if kind == "tul" else "category"],
            document.get("number") or (AFTER_ALL if document.get("alternative_to") else 0),
            document["romanization"],
            json.dumps(document["name"], ensure_ascii=False),
            json.dumps(document, ensure_ascii=False),
            prepared.entry if prepared else NOT_SEARCHED,
        ),
    )
    item = cursor.lastrowid
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(item, tag) for tag in document["tags"]])
    uses = sorted({(technique, item, step) for technique, step in _steps_of(document)})
    connection.executemany("INSERT INTO uses VALUES (?, ?, ?)", uses)
    if prepared:
        columns = (item, prepared.names, prepared.rest, prepared.initials)
        connection.execute("INSERT INTO search (rowid, names, rest, initials) VALUES (?, ?, ?, ?)", columns)


def _remove(connection: Connection, kind: str, slug: str) -> None:
    found = connection.execute("SELECT id FROM items WHERE kind = ? AND slug = ?", (kind, slug)).fetchone()
    if found:
        connection.execute("DELETE FROM search WHERE rowid = ?", (found["id"],))
        connection.execute("DELETE FROM items WHERE id = ?", (found["id"],))


def _steps_of(document: Document) -> Iterator[tuple[str, int]]:
    """Yield what is used in which step of a tul: its techniques and its stance."""
    for step in document.get("steps", ()):
        stance = step.get("stance")
        if stance:
            yield stance["slug"], step["number"]
        for technique in step.get("techniques", ()):
            yield technique["slug"], step["number"]
