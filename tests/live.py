"""A server as people meet it: gunicorn with two workers, the real content, a database of its own."""

import itertools
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
START_S = 60
# Valkey's database 0 belongs to the tests of this process; each server has one of its own, and so its own revision.
_numbers = itertools.count(1)


@dataclass(slots=True, kw_only=True)
class LiveServer:
    port: int
    environment: dict[str, str]
    log: Path
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *words: str) -> str:
        """Run a management command against the server's database and return what it printed."""
        return manage(self.environment, *words)

    def start(self) -> None:
        """Serve, and return when it answers."""
        with self.log.open("ab") as written:
            command = [str(BIN / "gunicorn"), "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}"]
            self._process = subprocess.Popen(
                [*command, "handbook.wsgi:application"], cwd=ROOT, env=self.environment, stdout=written, stderr=written
            )
        wait_until_alive(self.url, self._process)

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer; none while the server is down."""
        if self._process is None:
            return []
        number = self._process.pid
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def kill(self) -> None:
        """End the whole server at once, as a machine that loses its power does."""
        workers = self.workers()
        if self._process:
            self._process.kill()
            self._process.wait(30)
            self._process = None
        for worker in workers:
            kill(worker)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)
            self._process = None


@contextmanager
def live_server(folder: Path, **variables: str) -> Iterator[LiveServer]:
    """Prepare a database in `folder` (or in the running PostgreSQL), serve it, and stop when the block ends.

    `variables` are added to its environment.
    """
    number = next(_numbers)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "handbook.settings.test",
        "DATA_DIR": str(folder),
        "REDIS_URL": os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{number}",
        "GUNICORN_WORKERS": "2",
        **variables,
    }
    if "DB_NAME" in os.environ:
        environment["DB_NAME"] = create_database(f"live_{number}")
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "import_content")
    manage(environment, "collectstatic", "--no-input", "--verbosity=0")
    server = LiveServer(port=free_port(), environment=environment, log=folder / "server.log")
    try:
        server.start()
        yield server
    finally:
        server.stop()


def create_database(name: str) -> str:
    """Create a database in the running PostgreSQL and return its name."""
    with psycopg.connect(
        host=os.environ["DB_HOST"],
        port=int(os.environ["DB_PORT"]),
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return name


def manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def wait_until_alive(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline_s = time.monotonic() + START_S
    while time.monotonic() < deadline_s and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not come up; it ended with {server.poll()}")


def kill(process: int) -> None:
    """SIGKILL, and return when the process is gone; one that has ended by itself is no mistake."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: has_ended(process), within_s=10, what=f"process {process} ends")


def has_ended(process: int) -> bool:
    """Return whether nothing of a process is left but what its parent has not yet asked for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def processes_with(text: str) -> list[int]:
    """Return the ids of processes that have `text` in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and text.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return [number for number in found if number != os.getpid()]


def wait_until(holds: Callable[[], bool], *, within_s: float, what: str) -> None:
    """Wait for a condition; raises AssertionError that says what did not happen."""
    deadline_s = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline_s, f"not within {within_s:.0f} s: {what}"
        time.sleep(0.1)
