"""How ready a learner is, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.content.importing import import_content
from handbook.quizzes.tests.learners import store
from tkd_rules.repetition.reviews import Rating, Review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mina() -> User:
    import_content(settings.CONTENT_DIR)
    return accounts.user()


def asked(user: User, query: str, belt: str = "9kup") -> Any:
    return accounts.client_of(user).get(f"/api/v1/exams/{belt}/readiness{query}")


def day(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def knows(user: User, *cards: str) -> None:
    at = timezone.now() - timedelta(minutes=1)
    reviews = [
        Review(
            id=f"00000000-0000-7000-8000-{n:012}", card=c, rating=Rating.EASY, reviewed_at=at, elapsed_ms=1, device="a"
        )
        for n, c in enumerate(cards)
    ]
    store(user, reviews)


def test_who_knows_a_question_is_nearer_to_passing(mina: User) -> None:
    knows(mina, "term/sambo-matsogi/meaning", "term/sambo-matsogi/korean")
    body = asked(mina, f"?on={day(3)}&lang=en").json()
    sparring = next(section for section in body["sections"] if section["name"] == "sparring")
    assert (sparring["coverage"], sparring["needed"]) == (1.0, 1)
    assert 0.9 < sparring["passing"] < 1
    assert body["next"][0] == {
        "what": "learn",
        "section": "tuls",
        "type": "tul",
        "slug": "chon-ji",
        "chance": 0.0,
        "is_seen": False,
    }
    assert (body["pass_percent"], body["explanation"].split()[0]) == (70, "Your")
    assert {section["passing"] for section in body["sections"] if section is not sparring} == {0.0}


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "on"), ("?on=soon", "on"), ("?on=2020-01-01", "on"), ("?on=2199-01-01&variant=no", "variant")],
)
def test_a_wrong_day_or_variant_is_refused_by_its_name(mina: User, query: str, field: str) -> None:
    answer = asked(mina, query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [field]


def test_the_farthest_day_is_answered_and_an_unknown_grade_not_found(mina: User) -> None:
    assert asked(mina, "?on=9999-12-31").status_code == 200
    assert asked(mina, "?on=9999-12-31", belt="purple").status_code == 404


def test_a_stranger_must_sign_in(client: Any, mina: User) -> None:
    assert client.get(f"/api/v1/exams/9kup/readiness?on={day(3)}").status_code == 401


def test_it_costs_few_queries_and_no_cache_keeps_it(
    mina: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knows(mina, "tul/chon-ji/meaning")
    client, path = accounts.client_of(mina), f"/api/v1/exams/9kup/readiness?on={day(3)}"
    client.get(path)
    with django_assert_max_num_queries(4):
        answer = client.get(path)
    assert answer["Cache-Control"] == "private, no-store"
