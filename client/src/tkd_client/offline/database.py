"""One SQLite file: opened, brought to its newest schema, and found out when it is broken."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row


class StoreBroken(Exception):  # noqa: N818 - it names a state
    """The file is no database, or no whole one."""


class DiskFull(Exception):  # noqa: N818 - it names a state
    """There is no room for what was to be written; what was there before is untouched."""


class Database:
    """A file with a schema that grows by numbered steps. Everything is written in a transaction or not at all."""

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        """Open and migrate. Raises StoreBroken, also for a file of a newer app than this one."""
        self.path = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._check()
            self._migrate(migrations)
        except sqlite3.DatabaseError as error:
            self.close()
            raise StoreBroken(f"{path.name}: {error}") from error

    def close(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit at the end of the block, undo everything when it raises. Raises DiskFull."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
                raise DiskFull(str(error)) from error
            raise

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        found: Row | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def _check(self) -> None:
        verdict = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)

    def _migrate(self, migrations: Sequence[str]) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise sqlite3.DatabaseError(f"schema {version} is newer than this app's {len(migrations)}")
        for number, script in enumerate(migrations[version:], start=version + 1):
            self._connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")


def open_afresh(path: Path, migrations: Sequence[str]) -> Database:
    """Open the file; one that is broken is laid aside as `….broken` and begun again."""
    try:
        return Database(path, migrations)
    except StoreBroken:
        path.replace(path.with_name(path.name + ".broken"))
        return Database(path, migrations)
