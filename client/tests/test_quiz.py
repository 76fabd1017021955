"""A quiz on the device: made, answered, kept, and taken up again."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import Clock, changes, finish, handbook, technique
from tkd_client.state.handbook import Handbook
from tkd_client.state.quiz import mistakes
from tkd_rules.quiz.question import Mode
from tkd_rules.repetition.reviews import Rating

WORDS = ["przód", "tył", "bok", "środek", "góra", "dół"]


def with_words(folder: Path, clock: Clock | None = None) -> Handbook:
    book = handbook(folder, clock=clock)
    terms = [
        {**_term(f"word-{place}", word), "romanization": f"Mal {'aeiouy'[place] * 3}"}
        for place, word in enumerate(WORDS)
    ]
    book.catalogue.apply(changes(2, {"terms": terms}))
    book.catalogue_replaced()
    return book


def _term(slug: str, name: str) -> dict[str, Any]:
    return technique(slug, category="direction", name={"pl": name, "en": f"{name} en"}) | {"note": {}, "parts": []}


def play(book: Handbook, *doings: Callable[[], object]) -> None:
    async def in_turn() -> None:
        for doing in doings:
            doing()
        await asyncio.sleep(0)

    finish(in_turn())


def start(book: Handbook, mode: Mode = "terms", *, count: int = 3, typed: bool = False) -> None:
    play(book, lambda: book.quiz.start(mode, belt_rank=1, count=count, language="pl", typed=typed))


def right(book: Handbook) -> int:
    question = book.quiz.question
    assert question is not None
    assert question.answer_index is not None
    return question.answer_index


def wrong(book: Handbook) -> int:
    return 1 if right(book) == 0 else 0


def test_a_quiz_is_answered_to_its_end_and_says_what_to_look_at_again(tmp_path: Path) -> None:
    book = with_words(tmp_path)
    start(book)
    for place in range(3):
        answer = right(book) if place else wrong(book)
        play(book, partial(book.quiz.answer, answer))
        assert book.quiz.verdict is not None
        play(book, book.quiz.next)
    assert (book.quiz.question, book.quiz.right) == (None, 2)
    assert list(mistakes(book.quiz.questions, book.quiz.answered)) == [book.quiz.questions[0]]


def test_a_question_counts_once_and_stays_until_one_goes_on(tmp_path: Path) -> None:
    book = with_words(tmp_path)
    start(book)
    question = book.quiz.question
    play(book, book.quiz.next)
    assert book.quiz.question == question
    play(book, lambda: book.quiz.answer(right(book)), lambda: book.quiz.answer(right(book)))
    assert (book.quiz.question, len(book.quiz.answered)) == (question, 1)


def test_an_answer_about_a_card_is_one_of_its_reviews(tmp_path: Path) -> None:
    clock = Clock()
    book = with_words(tmp_path, clock)
    start(book, count=6, typed=True)
    for _ in range(6):
        clock.passes(seconds=30)
        play(book, lambda: book.quiz.answer("nonsense and nothing else"), book.quiz.next)
    log = book.learning.held.log
    assert log
    assert {review.rating for review in log} == {Rating.AGAIN}
    assert {review.elapsed_ms for review in log} == {30_000}
    assert {review.card.rpartition("/")[2] for review in log} <= {"meaning", "korean"}


def test_a_quiz_goes_on_after_the_app_was_killed(tmp_path: Path) -> None:
    book = with_words(tmp_path)
    start(book)
    play(book, lambda: book.quiz.answer(right(book)))
    again = with_words(tmp_path)
    assert (again.quiz.questions, again.quiz.question) == (book.quiz.questions, book.quiz.questions[1])
    assert again.quiz.right == 1
    play(again, again.quiz.end)
    assert with_words(tmp_path).quiz.questions == ()


def test_a_question_about_what_has_gone_is_left_out(tmp_path: Path) -> None:
    book = with_words(tmp_path)
    start(book)
    gone = book.quiz.question
    assert gone is not None
    book.catalogue.apply(changes(3, {}, deletes=[{"type": gone.item_kind, "slug": gone.item_slug}]))
    assert book.quiz.shown(gone) is None
    play(book, book.quiz.skip)
    assert len(book.quiz.questions) == 2
    assert gone not in book.quiz.questions


@pytest.mark.parametrize(
    "kept", [None, 7, {}, {"questions": [{"i": 1}], "answered": []}, {"questions": [], "answered": [{}]}]
)
def test_what_cannot_be_read_is_no_quiz(tmp_path: Path, kept: Any) -> None:
    handbook(tmp_path).personal.set(quiz=kept)
    quiz = handbook(tmp_path).quiz
    assert (quiz.questions, quiz.question) == ((), None)
