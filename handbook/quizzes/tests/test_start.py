"""A quiz begins: questions as texts, and a session that holds everything else."""

import json
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from handbook.accounts.tests import make as accounts
from handbook.catalogue.services import delete_item
from handbook.catalogue.tests import make as catalogue
from handbook.quizzes.tests import make

pytestmark = pytest.mark.django_db(transaction=True)
NOON_S = 1_800_000_000  # the first second of a minute
READING = re.compile(r"SELECT|PRAGMA", re.IGNORECASE)


@time_machine.travel(NOON_S, tick=False)
def test_a_question_is_shown_as_texts_and_does_not_tell_its_answer() -> None:
    make.theory()
    body = make.play(accounts.stranger(), "mode=theory&belt=9&count=1").body
    [question] = body["questions"]
    slug = question["card"].split("/")[1]
    assert question == {
        "id": "1",
        "kind": "theory",
        "is_typed": False,
        "card": f"theory/{slug}/answer",
        "values": {"question": f"Co znaczy {slug}?"},
        "points": [],
        "options": question["options"],
        "media": None,
    }
    assert sorted(question["options"]) == sorted(make.ANSWERS.values())
    assert body.keys() == {"session", "ends_at", "questions"}
    assert body["ends_at"] == "2027-01-16T08:00:00Z"


def test_a_typed_question_has_no_options() -> None:
    make.kicks()
    questions = make.play(accounts.stranger(), "mode=techniques&typed=true&lang=pl").body["questions"]
    typed = [question for question in questions if question["is_typed"]]
    assert typed
    assert all(question["options"] == [] for question in typed)


def test_each_start_asks_anew_up_to_the_belt_and_as_many_as_there_are() -> None:
    make.theory()
    catalogue.theory_question("of-the-black-belts", belt="1dan", texts={"pl": ("Co dalej?", "Dalej")})
    quizzes = [make.play(accounts.stranger(), "mode=theory&belt=9&count=20") for _ in range(20)]
    asked = {tuple(question.item_slug for question in quiz.session.questions) for quiz in quizzes}
    assert len({quiz.session.id for quiz in quizzes}) == 20
    assert len(asked) > 1
    assert {frozenset(slugs) for slugs in asked} == {frozenset(make.ANSWERS)}
    assert len(make.play(accounts.stranger(), "mode=theory&count=20").session.questions) == 5


def test_an_empty_catalogue_has_nothing_to_ask() -> None:
    quiz = make.play(accounts.stranger())
    assert quiz.body["questions"] == []
    answer = quiz.answer(0)
    assert (answer.status, answer.problem) == (404, "unknown-question")


def test_starting_writes_nothing_and_reads_the_catalogue_once_a_revision(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.theory()
    mina = accounts.user()
    learner, stranger = accounts.client_of(mina), accounts.stranger()
    with CaptureQueriesContext(connection) as first:
        make.play(stranger)
    assert [query["sql"] for query in first if not READING.match(query["sql"])] == []
    with django_assert_num_queries(0):
        make.play(stranger)
    with django_assert_num_queries(1):
        make.play(learner, learner_id=mina.pk)
    make.theory(**{"yul-gok": "Filozof"})
    assert len(make.play(stranger).session.questions) == len(make.ANSWERS) + 1
    delete_item(catalogue.theory_question("toi-gye"))
    assert len(make.play(stranger).session.questions) == len(make.ANSWERS) + 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "mode"),
        ("mode=poetry", "mode"),
        ("mode=tul&mode=tul", "mode"),
        ("mode=tul&belt=11", "belt"),
        ("mode=tul&count=0", "count"),
        ("mode=tul&count=21", "count"),
        ("mode=tul&count=1.0", "count"),
        ("mode=tul&lang=de", "lang"),
        ("mode=tul&typed=1", "typed"),
        ("mode=tul&seed=7", "seed"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(query: str, field: str) -> None:
    response = make.started(accounts.stranger(), query)
    assert (response.status_code, list(json.loads(response.content)["errors"])) == (400, [field])


def test_no_cache_keeps_a_quiz_or_an_answer() -> None:
    make.theory()
    quiz = make.play(accounts.stranger())
    assert make.started(accounts.stranger())["Cache-Control"] == "private, no-store"
    for answer in (quiz.answer(quiz.right()), quiz.answer("x")):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@time_machine.travel(NOON_S, tick=False)
def test_starts_and_answers_share_a_rate(settings: Settings) -> None:
    framework: dict[str, Any] = settings.REST_FRAMEWORK
    settings.REST_FRAMEWORK = framework | {
        "DEFAULT_THROTTLE_RATES": framework["DEFAULT_THROTTLE_RATES"] | {"quizzes": "3/min"}
    }
    make.theory()
    mina = accounts.user()
    quiz = make.play(accounts.client_of(mina), learner_id=mina.pk)
    assert [quiz.answer(quiz.right()).status for _ in range(3)] == [200, 200, 429]
    refused = make.started(quiz.client)
    assert (refused.status_code, refused["Retry-After"]) == (429, "61")
    assert make.started(accounts.stranger()).status_code == 200


def test_a_sign_in_that_has_ended_is_said_instead_of_playing_as_a_stranger() -> None:
    response = make.started(accounts.bearer("no.such.token"))
    assert response.status_code == 401
