"""Who is asked about when, once a local day, whatever happens to the worker."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import transaction

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.common.tests.concurrency import at_once
from handbook.notifications import planning, registry, selectors, tasks
from handbook.notifications.kinds import Channel, Context, Kind
from handbook.notifications.models import Asked, Notification
from handbook.notifications.registry import Planner
from handbook.notifications.services import update_preferences
from handbook.notifications.tests import make

SIX = time(18)
MORNING = datetime(2026, 1, 10, 8, tzinfo=UTC)
EVENING = datetime(2026, 1, 10, 17, tzinfo=UTC)  # 18:00 in Warsaw


@dataclass(slots=True)
class Cards:
    """A planner's source: how many cards are due to whom; it remembers whom it was asked about."""

    due: dict[UUID, int] = field(default_factory=dict)
    asked: list[UUID] = field(default_factory=list)

    def __call__(self, user_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, Context]:
        self.asked += user_ids
        return {user_id: {"cards": self.due[user_id]} for user_id in user_ids if self.due.get(user_id)}


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> Cards:
    """The only planner."""
    source = Cards()
    monkeypatch.setattr(registry, "_planners", {})
    registry.register(Planner(kind=Kind.REVIEWS_DUE, asked_from=SIX, due=source))
    return source


def learner(cards: Cards, *, due: int = 5, time_zone: str = "Europe/Warsaw") -> User:
    someone = accounts.user(time_zone=time_zone)
    make.phone(someone)
    cards.due[someone.pk] = due
    return someone


def run(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        tasks.plan_notifications()


pytestmark = pytest.mark.django_db


def test_somebody_is_told_when_their_clock_shows_the_hour_and_once_a_day(cards: Cards) -> None:
    mina = learner(cards)
    run(EVENING - timedelta(minutes=5))
    assert not Notification.objects.exists()
    for minutes in (0, 5, 60, 180):
        run(EVENING + timedelta(minutes=minutes))
    notification = Notification.objects.get()
    assert (notification.user, notification.local_day, notification.context) == (mina, date(2026, 1, 10), {"cards": 5})
    run(EVENING + timedelta(days=1))
    assert Notification.objects.count() == 2
    assert cards.asked == [mina.pk] * 2


def test_each_clock_counts_for_itself(cards: Cards) -> None:
    learner(cards)
    auckland = learner(cards, time_zone="Pacific/Auckland")
    run(datetime(2026, 1, 10, 6, tzinfo=UTC))  # 19:00 in Auckland
    assert Notification.objects.get().user == auckland


def test_who_is_not_due_is_not_asked_about_again_that_day(cards: Cards) -> None:
    mina = learner(cards, due=0)
    run(EVENING)
    cards.due[mina.pk] = 5
    run(EVENING + timedelta(minutes=5))
    assert cards.asked == [mina.pk]
    assert not Notification.objects.exists()


def test_a_worker_that_was_away_makes_up_for_it_on_the_same_day(cards: Cards) -> None:
    learner(cards)
    run(EVENING + timedelta(hours=3, minutes=50))
    assert Notification.objects.get().state == "waiting"


def test_who_can_not_be_reached_is_not_asked_about_until_they_can(cards: Cards) -> None:
    mina = accounts.user()
    cards.due[mina.pk] = 5
    run(EVENING)
    assert cards.asked == []
    by_mail = {Kind.REVIEWS_DUE: {Channel.EMAIL: True}}
    update_preferences(user=mina, at_most_a_day=None, switches=by_mail, replace=False)
    run(EVENING + timedelta(minutes=5))
    assert cards.asked == [mina.pk]


def test_who_left_is_not_asked_about(cards: Cards) -> None:
    mina = learner(cards)
    User.objects.filter(pk=mina.pk).update(is_active=False)
    run(EVENING)
    assert cards.asked == []


def test_who_travels_west_is_not_told_twice_on_the_same_date(cards: Cards) -> None:
    mina = learner(cards, time_zone="Pacific/Auckland")
    run(datetime(2026, 1, 10, 5, tzinfo=UTC))
    mina.profile.time_zone = "Pacific/Honolulu"
    mina.profile.save()
    run(datetime(2026, 1, 11, 5, tzinfo=UTC))  # the 10th again, 19:00
    assert Notification.objects.get().local_day == date(2026, 1, 10)


def test_a_task_that_comes_after_midnight_does_nothing(cards: Cards) -> None:
    mina = learner(cards)
    tomorrow = MORNING + timedelta(days=1)
    planning.plan(registry.planners()[Kind.REVIEWS_DUE], [mina.pk], local_day=date(2026, 1, 10), at=tomorrow)
    assert not Notification.objects.exists()
    assert not Asked.objects.exists()


def test_a_zone_that_is_gone_counts_as_utc(cards: Cards) -> None:
    mina = learner(cards)
    mina.profile.time_zone = "Europe/Atlantis"
    mina.profile.save()
    run(EVENING)
    assert cards.asked == []
    run(EVENING + timedelta(hours=1))
    assert cards.asked == [mina.pk]


def test_many_are_asked_about_in_groups(cards: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PEOPLE_A_TASK", 2)
    people = sorted(learner(cards).pk for _ in range(5))
    run(EVENING)
    assert cards.asked == people
    assert Notification.objects.count() == 5


class Killed(BaseException):
    """The worker is gone."""


def test_a_plan_is_made_with_its_mark_or_not_at_all(cards: Cards) -> None:
    mina = learner(cards)
    planner = registry.planners()[Kind.REVIEWS_DUE]
    with suppress(Killed), transaction.atomic():
        planning.plan(planner, [mina.pk], local_day=date(2026, 1, 10), at=EVENING)
        raise Killed
    assert (Notification.objects.count(), Asked.objects.count()) == (0, 0)
    run(EVENING)
    assert (Notification.objects.count(), Asked.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_planners_at_the_same_moment_make_one_message_for_each(cards: Cards) -> None:
    people = [learner(cards).pk for _ in range(5)]
    planner = registry.planners()[Kind.REVIEWS_DUE]
    [(local_day, asked)] = selectors.people_to_ask(planner, selectors.zones_in_use(), at=EVENING)

    def job() -> None:
        planning.plan(planner, asked, local_day=local_day, at=EVENING)

    assert at_once([job] * 4) == []
    assert sorted(Notification.objects.values_list("user_id", flat=True)) == sorted(people)
