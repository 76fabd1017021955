"""Quizzes about the real content."""

import json
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.revision import forget_cached_state
from handbook.quizzes.models import Review
from handbook.quizzes.serializers import MOST_QUESTIONS
from handbook.quizzes.sessions import new_quiz, token_of
from handbook.quizzes.tests import make
from tkd_rules.quiz.items import Language
from tkd_rules.quiz.question import Mode

pytestmark = pytest.mark.django_db
MODES: tuple[Mode, ...] = ("terms", "techniques", "tul", "theory")
LANGUAGES: tuple[Language, ...] = ("pl", "en", "ko")
LONGEST_REQUEST_LINE = 4094  # of gunicorn as it comes: ours takes more, what is on the way may not
BELTS = (1, 5, 10, 11)


@pytest.fixture(scope="module", autouse=True)
def real_content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Read once for all tests of this file."""
    with django_db_blocker.unblock():
        forget_cached_state()
        call_command("import_content", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)
        forget_cached_state()


@pytest.fixture
def mina() -> User:
    return accounts.user()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_session_fits_the_path_that_answers_it(mina: User, mode: Mode, language: Language) -> None:
    for belt_rank in BELTS:
        quiz = new_quiz(
            learner_id=mina.pk,
            mode=mode,
            belt_rank=belt_rank,
            count=MOST_QUESTIONS,
            language=language,
            typed=False,
            at=timezone.now(),
        )
        line = f"POST /api/v1/quizzes/{token_of(quiz.session)}/answer HTTP/1.1\r\n"
        assert len(line) <= LONGEST_REQUEST_LINE // 2


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("typed", ["true", "false"])
def test_every_question_is_answered_and_those_about_cards_are_recorded(mina: User, mode: Mode, typed: str) -> None:
    quiz = make.play(
        accounts.client_of(mina), f"mode={mode}&belt=1dan&count={MOST_QUESTIONS}&typed={typed}", learner_id=mina.pk
    )
    print(f"session {quiz.session.id}")
    cards = [question["card"] for question in quiz.body["questions"]]
    assert len(cards) == MOST_QUESTIONS
    for question in quiz.session.questions:
        answer = quiz.answer(question.answer_index if question.options else "", question.id)
        outcome = "right" if question.options else "wrong"
        assert answer.status == 200, (question, answer.body)
        assert answer.body["outcome"] == outcome
    assert sorted(review.card for review in Review.objects.all()) == sorted(filter(None, cards))


def test_theory_is_answered_by_its_options_in_the_learners_language(mina: User) -> None:
    quiz = make.play(accounts.client_of(mina), "mode=theory&belt=1dan&lang=en&count=20", learner_id=mina.pk)
    print(f"session {quiz.session.id}")
    for question in quiz.body["questions"]:
        right = question["options"][quiz.right(question["id"])]
        assert len(set(question["options"])) == len(question["options"]) >= 2
        assert quiz.answer(quiz.right(question["id"]), question["id"]).body["right_answer"] == right
        assert quiz.question(question["id"]).right_option.startswith("=") == right.isdecimal()


def test_what_was_answered_is_known_to_the_schedule(mina: User) -> None:
    quiz = make.play(accounts.client_of(mina), "mode=theory&belt=9", learner_id=mina.pk)
    for question in quiz.session.questions:
        quiz.answer(question.answer_index, question.id)
    forecast = json.loads(quiz.client.get("/api/v1/quizzes/forecast").content)
    assert sum(day["due"] for day in forecast["days"]) == len(quiz.session.questions)
