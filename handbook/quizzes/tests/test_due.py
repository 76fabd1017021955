"""What is due, what is new and what will be, asked over HTTP after answers came by sync."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests import make as catalogue
from handbook.sync.tests.make import Operation, batch, choice, retraction, review, rules

pytestmark = pytest.mark.django_db(transaction=True)
FRONT, TURNING = "technique/ap-chagi/meaning", "technique/dollyo-chagi/meaning"
NIGHT = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # 02:30 in Warsaw: still the third of March there, as a study day


@pytest.fixture
def mina() -> User:
    catalogue.technique("ap-chagi", belt="10kup")
    catalogue.technique("dollyo-chagi", belt="9kup")
    catalogue.technique("twimyo-yopcha-jirugi", belt="1dan")
    return accounts.user(belt="9kup")


def after(mina: User, *operations: Operation) -> APIClient:
    """Return the client of a learner who did this."""
    client = accounts.client_of(mina)
    sent = [rules(algorithm="sm2", since="2026-02-01T00:00:00Z"), *operations]
    response = client.post("/api/v1/sync/push", batch(*sent), format="json")
    assert {result["status"] for result in json.loads(response.content)["results"]} == {"stored"}
    return client


def asked(client: APIClient, path: str) -> Any:
    response = client.get(f"/api/v1/quizzes/{path}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


@time_machine.travel(NIGHT, tick=False)
def test_cards_are_due_by_the_learners_study_day(mina: User) -> None:
    client = after(
        mina,
        review(card=FRONT, reviewed_at="2026-03-01T12:00:00Z"),
        review(card=TURNING, reviewed_at="2026-03-03T12:00:00Z"),
    )
    assert asked(client, "due") == {
        "on": "2026-03-03",
        "ends_at": "2026-03-04T03:00:00Z",
        "algorithm": "sm2",
        "due_count": 1,
        "new_count": 2,
        "due": [{"card": FRONT, "due_on": "2026-03-02", "interval_days": 1, "reviews": 1, "lapses": 0}],
        "new": ["technique/ap-chagi/korean", "technique/dollyo-chagi/korean"],
    }
    days = asked(client, "forecast")["days"]
    assert days[:2] == [{"on": "2026-03-03", "due": 1}, {"on": "2026-03-04", "due": 1}]
    assert (len(days), sum(day["due"] for day in days)) == (30, 2)


@time_machine.travel(NIGHT, tick=False)
def test_an_answer_that_was_taken_back_leaves_the_card_new(mina: User) -> None:
    answer = review(card=FRONT, reviewed_at="2026-03-01T12:00:00Z")
    assert asked(after(mina, answer, retraction(answer)), "due")["due_count"] == 0


@time_machine.travel(NIGHT, tick=False)
def test_what_was_asked_for_comes_before_the_grade_and_no_more_than_the_learner_wants(mina: User) -> None:
    client = after(
        mina,
        choice("deck/technique/twimyo-yopcha-jirugi"),
        choice("favourite/technique/dollyo-chagi"),
        choice("new_per_day", 4),
        review(card=FRONT, reviewed_at="2026-03-03T12:00:00Z"),
    )
    assert asked(client, "due?limit=2")["new"] == [
        "technique/twimyo-yopcha-jirugi/meaning",
        "technique/twimyo-yopcha-jirugi/korean",
    ]
    assert asked(client, "due")["new_count"] == 3


@pytest.mark.parametrize("limit", ["0", "501", "-1", "1.0", "x"])
def test_a_limit_out_of_range_is_refused(mina: User, limit: str) -> None:
    response = accounts.client_of(mina).get(f"/api/v1/quizzes/due?limit={limit}")
    assert (response.status_code, list(json.loads(response.content)["errors"])) == (400, ["limit"])


def test_learning_is_for_those_who_are_signed_in() -> None:
    for path in ("due", "forecast"):
        assert accounts.stranger().get(f"/api/v1/quizzes/{path}").status_code == 401
