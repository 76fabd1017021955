"""Deciding to tell somebody something: once a day, not too often, not at night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.common.tests.concurrency import at_once
from handbook.notifications.kinds import Channel, Kind
from handbook.notifications.models import Delivery, Notification, Reason, State
from handbook.notifications.notifying import notify
from handbook.notifications.services import update_preferences
from handbook.notifications.tests import make

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def reviews(user: User, *, at: datetime = NOON, cards: int = 5) -> Notification:
    return notify(user=user, kind=Kind.REVIEWS_DUE, context={"cards": cards}, at=at)


def club(user: User, number: int, *, at: datetime = NOON) -> Notification:
    context = {"message": f"m{number}", "club": "Hwarang", "text": "Jutro o 18:00."}
    return notify(user=user, kind=Kind.CLUB_MESSAGE, context=context, at=at)


@pytest.fixture
def mina(db: None) -> User:
    learner = accounts.user()
    make.phone(learner)
    return learner


def test_a_second_message_of_a_kind_on_a_local_day_is_the_first(mina: User) -> None:
    first = reviews(mina)
    again = reviews(mina, at=NOON + timedelta(hours=8), cards=7)
    assert (again, again.context, first.local_day) == (first, {"cards": 5}, date(2026, 1, 10))
    assert Delivery.objects.count() == 1
    assert reviews(mina, at=NOON + timedelta(hours=24)) != first


def test_each_message_of_a_club_is_told_once(mina: User) -> None:
    assert club(mina, 1) == club(mina, 1)
    assert club(mina, 1) != club(mina, 2)
    assert Notification.objects.count() == 2


def test_every_device_is_told_and_the_mailbox_where_the_kind_is_mailed(mina: User) -> None:
    make.phone(mina)
    club(mina, 1)
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "mobile_push", "mobile_push"]
    assert {one.due_at for one in Delivery.objects.all()} == {NOON}


def test_a_kind_that_is_switched_off_everywhere_goes_nowhere(mina: User) -> None:
    off = dict.fromkeys(Channel, False)
    update_preferences(user=mina, at_most_a_day=None, switches={Kind.REVIEWS_DUE: off}, replace=False)
    assert (reviews(mina).state, reviews(mina).reason) == (State.DROPPED, Reason.NOWHERE)
    assert not Delivery.objects.exists()


def test_nobody_hears_more_than_they_want_in_a_day(mina: User) -> None:
    update_preferences(user=mina, at_most_a_day=2, switches={}, replace=False)
    told = [club(mina, number) for number in range(3)]
    assert [one.reason for one in told] == ["", "", Reason.DAILY_LIMIT]
    assert club(mina, 3, at=NOON + timedelta(days=1)).reason == ""


def test_silence_is_silence(mina: User) -> None:
    update_preferences(user=mina, at_most_a_day=0, switches={}, replace=False)
    assert reviews(mina).reason == Reason.DAILY_LIMIT


def test_what_was_dropped_does_not_count(mina: User) -> None:
    update_preferences(
        user=mina, at_most_a_day=1, switches={Kind.REVIEWS_DUE: dict.fromkeys(Channel, False)}, replace=False
    )
    assert reviews(mina).reason == Reason.NOWHERE
    assert club(mina, 1).reason == ""


def test_quiet_hours_move_a_message_within_its_day_and_drop_it_at_its_end(mina: User) -> None:
    early = datetime(2026, 1, 10, 4, tzinfo=UTC)  # 05:00 in Warsaw
    assert reviews(mina, at=early).state == State.WAITING
    assert Delivery.objects.get().due_at == datetime(2026, 1, 10, 6, tzinfo=UTC)
    late = club(mina, 1, at=datetime(2026, 1, 10, 22, tzinfo=UTC))
    assert (late.state, late.reason) == (State.DROPPED, Reason.QUIET_HOURS)


def test_the_local_day_is_that_of_the_profile(mina: User) -> None:
    mina.profile.time_zone = "Pacific/Auckland"
    mina.profile.save()
    assert reviews(mina).local_day == date(2026, 1, 11)


@pytest.mark.django_db(transaction=True)
def test_whoever_tells_it_at_the_same_moment_there_is_one_message() -> None:
    learner = accounts.user()
    make.phone(learner)
    told: list[Notification] = []
    assert at_once([lambda: told.append(reviews(learner))] * 6) == []
    assert (len(told), len(set(told))) == (6, 1)
    assert (Notification.objects.count(), Delivery.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_whoever_tells_different_things_at_the_same_moment() -> None:
    learner = accounts.user()
    make.phone(learner)
    numbers, told = iter(range(6)), list[Notification]()
    assert at_once([lambda: told.append(club(learner, next(numbers)))] * 6) == []
    assert Notification.objects.filter(state=State.WAITING).count() == 3
    assert Notification.objects.filter(reason=Reason.DAILY_LIMIT).count() == 3
