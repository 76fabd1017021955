"""Answers to a quiz: graded for everybody, and recorded once for learners."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.models import TheoryQuestion
from handbook.catalogue.services import delete_item
from handbook.quizzes.models import Review
from handbook.quizzes.tests import make
from handbook.quizzes.tests.make import Played

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STATEMENTS = 11  # who asks, begin, what is held and its lock, the row, its number, its digest, commit


@pytest.fixture
def mina() -> User:
    make.theory()
    return accounts.user()


@pytest.fixture
def quiz(mina: User) -> Played:
    return make.play(accounts.client_of(mina), learner_id=mina.pk)


def news(quiz: Played) -> Any:
    return json.loads(quiz.client.get("/api/v1/sync/learner").content)


def test_a_right_answer_is_recorded_and_other_devices_hear_of_it(mina: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        quiz = make.play(accounts.client_of(mina), learner_id=mina.pk)
        clock.shift(20)
        answer = quiz.answer(quiz.right(), elapsed_ms=7_000)
        later = news(quiz)
    card = f"theory/{quiz.question().item_slug}/answer"
    assert (answer.status, answer.body) == (
        200,
        {
            "outcome": "right",
            "right_answer": make.ANSWERS[quiz.question().item_slug],
            "differences": [],
            "meant": None,
            "rating": 3,
            "card": card,
        },
    )
    [change] = later["changes"]
    assert (later["cursor"], change["kind"]) == (1, "review")
    assert change["payload"] | {"id": ""} == {
        "id": "",
        "card": card,
        "rating": 3,
        "reviewed_at": "2026-03-01T12:00:20Z",
        "elapsed_ms": 7_000,
        "device": "server",
    }


def test_a_wrong_answer_names_what_was_meant() -> None:
    make.kicks()
    quiz = make.play(accounts.stranger(), "mode=techniques&count=20")
    number = next(one.id for one in quiz.session.questions if one.kind == "meaning")
    answer = quiz.answer(quiz.wrong(number), number)
    assert (answer.body["outcome"], answer.body["rating"]) == ("wrong", 1)
    assert answer.body["meant"] == {"type": "technique", "slug": quiz.question(number).options[quiz.wrong(number)]}


def test_no_answer_is_a_wrong_one(quiz: Played) -> None:
    assert quiz.answer(None).body["outcome"] == "wrong"
    assert [row.rating for row in Review.objects.all()] == [1]


def test_a_misspelt_name_is_nearly_right_and_its_letters_are_named() -> None:
    make.kicks()
    quiz = make.play(accounts.stranger(), "mode=techniques&typed=true&count=20")
    number = next(one.id for one in quiz.session.questions if one.item_slug == "dollyo-chagi" and one.kind == "korean")
    answer = quiz.answer("Dolyo Chagi", number)
    assert (answer.body["outcome"], answer.body["right_answer"]) == ("nearly", "Dollyo Chagi")
    assert answer.body["differences"] == [{"at": 2, "typed": "", "right": "l"}]
    assert answer.body["rating"] == 2
    assert quiz.answer("Yop Chagi", number).body["meant"] == {"type": "technique", "slug": "yop-chagi"}


def test_an_answer_sent_again_is_answered_alike_and_stored_once(quiz: Played) -> None:
    first = quiz.answer(quiz.right(), elapsed_ms=0)
    assert [quiz.answer(quiz.right(), elapsed_ms=time_ms) for time_ms in (0, 9_000)] == [first, first]
    assert news(quiz)["cursor"] == 1
    assert quiz.answer(quiz.right("2"), "2").status == 200
    assert Review.objects.count() == 2


def test_a_number_is_the_same_however_json_writes_it(quiz: Played) -> None:
    first = quiz.answer(quiz.right())
    assert quiz.answer(float(quiz.right())) == first


def test_the_first_answer_stands_also_against_one_of_the_same_worth(quiz: Played) -> None:
    first = quiz.answer(quiz.wrong())
    other_wrong = (quiz.right() + 2) % len(quiz.question().options)
    for given in (quiz.right(), other_wrong, None):
        refused = quiz.answer(given)
        assert (refused.status, refused.problem) == (409, "already-answered")
    assert quiz.answer(quiz.wrong()) == first
    assert [row.rating for row in Review.objects.all()] == [1]
    assert news(quiz)["cursor"] == 1


def test_strangers_play_and_nothing_is_stored(mina: User) -> None:
    quiz = make.play(accounts.stranger())
    assert quiz.answer(quiz.wrong()).body["outcome"] == "wrong"
    assert quiz.answer(quiz.right()).body["outcome"] == "right"
    assert quiz.answer(quiz.right(), client=accounts.client_of(mina)).status == 200
    assert Review.objects.count() == 0


def test_a_learners_quiz_is_theirs_alone(quiz: Played) -> None:
    for client in (accounts.stranger(), accounts.client_of(accounts.user())):
        refused = quiz.answer(quiz.right(), client=client)
        assert (refused.status, refused.problem) == (403, "other-learners-session")
    assert Review.objects.count() == 0


def test_a_quiz_ends_after_24_hours(mina: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        quiz = make.play(accounts.stranger())
        clock.shift(timedelta(hours=24, seconds=-1))
        assert quiz.answer(quiz.right()).status == 200
        clock.shift(1)
        refused = quiz.answer(quiz.right())
    assert (refused.status, refused.problem) == (410, "session-expired")


@pytest.mark.parametrize("number", ["0", "5", "01", "x", "999"])
def test_a_number_that_is_no_question_is_not_found(quiz: Played, number: str) -> None:
    refused = quiz.answer(0, number)
    assert (refused.status, refused.problem) == (404, "unknown-question")


@pytest.mark.parametrize("given", ["0", "Patriota", -1, 4, 10**30])
def test_an_answer_that_the_question_does_not_take_is_refused(quiz: Played, given: Any) -> None:
    refused = quiz.answer(given)
    assert (refused.status, list(refused.body["errors"])) == (400, ["answer"])
    assert refused.body["errors"]["answer"] == ["The answer is the place of an option, from 0 to 3."]
    assert Review.objects.count() == 0


def test_the_place_of_an_option_is_no_typed_answer() -> None:
    make.kicks()
    quiz = make.play(accounts.stranger(), "mode=techniques&typed=true")
    number = next(one.id for one in quiz.session.questions if one.is_typed)
    refused = quiz.answer(0, number)
    assert (refused.status, list(refused.body["errors"])) == (400, ["answer"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("answer", True),
        ("answer", 1.5),
        ("answer", []),
        ("answer", {}),
        ("answer", "x" * 201),
        ("answer", "a\x00b"),
        ("answer", "\ud800"),
        ("question", 1),
        ("question", ""),
        ("question", "1000"),
        ("question", None),
        ("elapsed_ms", -1),
        ("elapsed_ms", 86_400_001),
        ("elapsed_ms", "5"),
        ("elapsed_ms", True),
        ("elapsed_ms", 1.5),
        ("elapsed_ms", None),
        ("seed", 7),
    ],
)
def test_a_wrong_field_is_refused_by_name(quiz: Played, field: str, value: Any) -> None:
    refused = make.answered(quiz.client, quiz.token, **{field: value})
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", [field])


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1e300", "1" * 4_000])
def test_a_number_beyond_all_options_is_refused(quiz: Played, number: str) -> None:
    path = f"/api/v1/quizzes/{quiz.token}/answer"
    for sent in (
        f'{{"question": "1", "answer": {number}, "elapsed_ms": 0}}',
        f'{{"question": "1", "answer": 0, "elapsed_ms": {number}}}',
    ):
        response = quiz.client.post(path, sent, content_type="application/json")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert Review.objects.count() == 0


def test_what_was_withdrawn_since_can_not_be_answered_but_the_rest_can(quiz: Played) -> None:
    delete_item(TheoryQuestion.objects.get(slug=quiz.question().item_slug))
    refused = quiz.answer(quiz.right())
    assert (refused.status, refused.problem) == (410, "question-gone")
    assert quiz.answer(quiz.right("2"), "2").status == 200


def test_an_answer_takes_no_longer_than_the_quiz_has_lasted(mina: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        quiz = make.play(accounts.client_of(mina), learner_id=mina.pk)
        clock.shift(3)
        quiz.answer(quiz.right(), elapsed_ms=86_400_000)
    assert [row.elapsed_ms for row in Review.objects.all()] == [3_000]


def test_an_answer_costs_few_statements(quiz: Played, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    quiz.answer(quiz.right())
    with django_assert_num_queries(STATEMENTS):
        assert quiz.answer(quiz.right("2"), "2").status == 200
    stranger = make.play(accounts.stranger())
    with django_assert_num_queries(0):
        assert stranger.answer(stranger.right()).status == 200
