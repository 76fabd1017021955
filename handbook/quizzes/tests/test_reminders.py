"""Of what learners are reminded, from the answers that they really gave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests import make as catalogue
from handbook.notifications import registry
from handbook.notifications.kinds import Kind
from handbook.quizzes.reminders import reviews_due, streaks_at_risk
from handbook.sync.registry import Batch
from handbook.sync.services import push
from handbook.sync.tests.make import review

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 3, 10, 19, tzinfo=UTC)  # 20:00 in Warsaw
CARDS = ["technique/ap-chagi/meaning", "technique/yop-chagi/meaning"]


@pytest.fixture
def mina() -> User:
    for slug in ("ap-chagi", "yop-chagi"):
        catalogue.technique(slug)
    return accounts.user()


def answered(learner: User, *moments: datetime, **changes: Any) -> None:
    operations = [review(card=card, reviewed_at=at.isoformat(), **changes) for at in moments for card in CARDS]
    batch = Batch(learner_id=learner.pk, device="phone", catalogue_revision=0, now=max(moments))
    assert {result.outcome for result in push(batch, operations)} == {"stored"}


def test_who_has_cards_that_wait_is_told_how_many(mina: User) -> None:
    other = accounts.user()
    answered(mina, EVENING - timedelta(days=9))
    assert reviews_due([mina.pk, other.pk], EVENING) == {mina.pk: {"cards": 2}}


def test_who_has_answered_what_was_due_is_left_alone(mina: User) -> None:
    answered(mina, EVENING - timedelta(days=9), EVENING - timedelta(hours=1))
    assert reviews_due([mina.pk], EVENING) == {}


def test_days_in_a_row_are_at_risk_until_something_is_answered(mina: User) -> None:
    answered(mina, *(EVENING - timedelta(days=back) for back in (1, 2, 3)))
    assert streaks_at_risk([mina.pk], EVENING) == {mina.pk: {"days": 3}}
    answered(mina, EVENING - timedelta(hours=1))
    assert streaks_at_risk([mina.pk], EVENING) == {}


@pytest.mark.parametrize("days_back", [(1,), (2, 3)])
def test_what_is_no_streak_or_has_ended_is_not_at_risk(mina: User, days_back: tuple[int, ...]) -> None:
    answered(mina, *(EVENING - timedelta(days=back) for back in days_back))
    assert streaks_at_risk([mina.pk], EVENING) == {}


def test_a_late_night_belongs_to_the_day_before(mina: User) -> None:
    night = datetime(2026, 3, 10, 2, tzinfo=UTC)  # 03:00 in Warsaw: still the study day of the 9th
    answered(mina, night, night - timedelta(days=1))
    assert streaks_at_risk([mina.pk], EVENING) == {mina.pk: {"days": 2}}


def test_both_are_registered() -> None:
    assert {Kind.REVIEWS_DUE, Kind.STREAK_AT_RISK} <= set(registry.planners())
