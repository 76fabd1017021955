"""A year of hourly turns on the real database, with a worker that is killed between any two statements.

What a killed worker had sent and not yet recorded is sent again with the same tag, so the receiver replaces it.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.notifications import registry, tasks
from handbook.notifications.kinds import Kind
from handbook.notifications.models import Device, Notification, State
from handbook.notifications.tests import make
from handbook.notifications.tests.fcm_server import Fcm
from handbook.notifications.tests.push_service import PushService
from handbook.notifications.tests.reminded import MINA, PEOPLE, TUI, Person, days_between, hours, planners, wanted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
KILLED = 0.15  # of the turns
MOST_STATEMENTS = 40  # of a turn in which something happens
LONGEST_OUTAGE_H = 2


class Killed(BaseException):
    """The worker is gone."""


@dataclass(slots=True)
class Worker:
    """Runs a turn as beat has it; `kills` counts how often it was ended in the middle of one."""

    dice: random.Random
    kills: int = 0

    def turn(self, at: datetime, *, may_be_killed: bool) -> bool:
        """Return whether it lived to its end."""
        after = self.dice.randrange(MOST_STATEMENTS) if may_be_killed and self.dice.random() < KILLED else None
        with time_machine.travel(at, tick=False), suppress(Killed), self._killed(after):
            tasks.plan_notifications()
            tasks.send_notifications()
            return True
        self.kills += 1
        connection.close()  # as the death of its process does
        return False

    @contextmanager
    def _killed(self, after: int | None) -> Iterator[None]:
        """End everything just before or just after one of the statements."""
        left, is_done_first = after, self.dice.random() < 0.5

        def execute(run: Any, *statement: Any) -> Any:
            nonlocal left
            if left is None:
                return run(*statement)
            left -= 1
            if left >= 0:
                return run(*statement)
            if is_done_first:
                run(*statement)
            raise Killed

        with connection.execute_wrapper(execute):
            yield


def person(of: Person) -> User:
    return accounts.user(
        f"{of.name}@example.org", time_zone=of.zone, quiet_from=of.quiet_from, quiet_until=of.quiet_until
    )


def test_a_year_of_reminders_is_shown_once_and_never_at_night(
    service: PushService, fcm: Fcm, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    users = {one.name: person(one) for one in PEOPLE}
    browser = service.browser()
    make.subscribed(users[MINA.name], browser)
    phone = make.phone(users[TUI.name])
    people = {users[one.name].pk: one for one in PEOPLE}
    monkeypatch.setattr(registry, "_planners", {})
    for planner in planners(seed, people.get):
        registry.register(planner)

    worker = live_through(random.Random(seed), service, fcm)  # noqa: S311 - moments, not secrets

    shown = [(MINA, tag, one.at) for tag, one in service.shown_by(browser).items()]
    shown += [(TUI, tag, at) for tag, (at, _) in fcm.shown_by(phone.address).items()]
    told = {one.pk.hex: one for one in Notification.objects.all()}
    assert wanted(seed, days_between(FIRST, LAST)) == sorted(
        (one.name, Kind(told[tag].kind), told[tag].local_day) for one, tag, _ in shown if told[tag].local_day <= LAST
    )
    everything = [(MINA, one.shown["tag"], one.at) for one in service.receipts]
    everything += [(TUI, message["data"]["tag"], at) for at, message in fcm.messages]
    for one, tag, at in everything:
        assert not one.clock.is_quiet(at)
        assert one.clock.day(at) == told[tag].local_day
    sent_again = len(everything) - len(shown)
    print(f"{len(shown)} shown, {worker.kills} kills, {sent_again} sent again and replaced")
    assert sent_again <= worker.kills
    assert set(Notification.objects.values_list("state", flat=True)) == {State.SENT}
    assert Device.objects.count() == len(PEOPLE)


def live_through(dice: random.Random, service: PushService, fcm: Fcm) -> Worker:
    """Take every hour's turn, but those of an outage; after an outage the next turn is let live."""
    worker = Worker(dice)
    lives, missing_h = True, 0
    for at in hours(FIRST, LAST):
        if missing_h:
            missing_h -= 1
            continue
        service.now = fcm.now = at
        lives = worker.turn(at, may_be_killed=lives)
        missing_h = 0 if lives else dice.randint(0, LONGEST_OUTAGE_H)
    last = datetime(2027, 1, 1, tzinfo=UTC)
    service.now = fcm.now = last
    worker.turn(last, may_be_killed=False)
    return worker
