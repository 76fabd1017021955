"""One SQLite file: opened, brought to its newest schema, and found out when it is broken."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
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
        """Open and migrate. Raises DiskFull, and StoreBroken, also for a file of a newer app than this one."""
        self.path = path
        self.was_broken = False
        self._migrations = migrations
        self._open()

    @property
    def writes(self) -> int:
        """Return a number that grows with each row written."""
        return self._connection.total_changes

    def close(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()

    def begin_afresh(self) -> None:
        """Throw the file away and begin with an empty one: it has turned out to be damaged."""
        self.close()
        self.path.unlink(missing_ok=True)
        self._open()
        self.was_broken = True

    def _open(self) -> None:
        try:
            self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._check()
            self._migrate(self._migrations)
        except (sqlite3.DatabaseError, StoreBroken) as error:
            self.close()
            raise DiskFull(str(error)) if _is_full(error) else StoreBroken(f"{self.path.name}: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit at the end of the block, undo everything when it raises. Raises DiskFull and StoreBroken."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if _is_full(error):
                raise DiskFull(str(error)) from error
            if _is_damage(error):
                raise StoreBroken(f"{self.path.name}: {error}") from error
            raise

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Raises StoreBroken."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                raise StoreBroken(f"{self.path.name}: {error}") from error
            raise

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first row, None without one. Raises StoreBroken."""
        return next(iter(self.all(sql, parameters)), None)

    def _check(self) -> None:
        verdict = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StoreBroken(verdict)

    def _migrate(self, migrations: Sequence[str]) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise StoreBroken(f"schema {version} is newer than this app's {len(migrations)}")
        for number, script in enumerate(migrations[version:], start=version + 1):
            self._connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")


def open_afresh(path: Path, migrations: Sequence[str], *, saved: Sequence[str] = ()) -> Database:
    """Open the file; one that is broken is laid aside as `….broken` and begun again, which `was_broken` then says.

    Of the tables named in `saved` what can still be read is taken over. Raises DiskFull.
    """
    try:
        return Database(path, migrations)
    except StoreBroken:
        broken = path.replace(path.with_name(path.name + ".broken"))
        fresh = Database(path, migrations)
        fresh.was_broken = True
        for table in saved:
            _take_over(table, broken, fresh)
        return fresh


def _take_over(table: str, broken: Path, fresh: Database) -> None:
    """Copy row by row until the damage; columns that only one of the two files knows are left out."""
    with (
        closing(sqlite3.connect(broken)) as damaged,
        fresh.transaction() as connection,
        suppress(sqlite3.DatabaseError),
    ):
        damaged.row_factory = sqlite3.Row
        known = [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")]
        for row in damaged.execute(f"SELECT * FROM {table}"):  # noqa: S608 - a name of ours
            columns = [name for name in known if name in row.keys()]  # noqa: SIM118 - a row's `in` looks at values
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
            connection.execute(sql, [row[name] for name in columns])


def _is_full(error: BaseException) -> bool:
    return _code(error) == sqlite3.SQLITE_FULL


def _is_damage(error: BaseException) -> bool:
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _code(error: BaseException) -> int:
    """Return SQLite's primary error code, 0 for errors of others."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
