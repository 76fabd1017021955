"""What is due, what an answer changes, and that whoever comes back goes on where they were."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import NOON, Clock, LinkedTab, changes, device, finish, handbook, snapshot
from tkd_client.offline.ids import new_id
from tkd_client.state.faces import face_of
from tkd_client.state.handbook import Handbook
from tkd_rules.operations import EARLIEST, operation_id
from tkd_rules.repetition.reviews import Rating
from tkd_rules.repetition.settings import Rules

CARD = "technique/ap-chagi/meaning"


def use(book: Handbook, *doings: Callable[[Handbook], object]) -> None:
    """Do it as the app does, within a loop that saves."""

    async def in_turn() -> None:
        for doing in doings:
            doing(book)
        await asyncio.sleep(0)

    finish(in_turn())


def rate(rating: Rating) -> Callable[[Handbook], object]:
    def doing(book: Handbook) -> None:
        book.session.show()
        assert book.session.rate(rating)

    return doing


def test_the_cards_of_the_grade_are_new_first_and_due_the_day_after(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    cards = book.learning.today.new
    assert sorted(cards) == [
        "technique/ap-chagi/korean",
        CARD,
        "term/palmok/korean",
        "term/palmok/meaning",
    ]
    use(book, *[rate(Rating.GOOD)] * 4)
    assert (book.session.card, book.learning.today.answered, book.learning.due_tomorrow()) == (None, 4, 4)
    clock.passes(days=1)
    assert sorted(book.learning.today.due) == sorted(cards)
    assert book.learning.today.new == []


def test_a_sitting_goes_on_after_the_app_was_killed(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, rate(Rating.GOOD), rate(Rating.AGAIN))
    left, card = book.learning.today.left, book.session.card
    again = handbook(tmp_path, clock=clock)
    assert (again.learning.today.left, again.session.card) == (left, card)
    assert len(left) == 3


def test_what_was_not_known_is_asked_until_it_is(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    first = book.session.card
    use(book, rate(Rating.AGAIN), *[rate(Rating.GOOD)] * 3)
    assert book.session.card == first
    use(book, rate(Rating.AGAIN))
    assert (book.session.card, book.session.is_shown) == (first, False)
    use(book, rate(Rating.GOOD))
    assert book.session.card is None


def test_a_card_that_was_not_turned_takes_no_answer(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    assert not book.session.rate(Rating.GOOD)
    assert book.learning.today.answered == 0


def test_the_last_answers_can_be_taken_back_one_after_the_other(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    first = book.session.card
    use(book, rate(Rating.GOOD))
    second = book.session.card
    use(book, rate(Rating.AGAIN), lambda book: book.session.undo())
    assert (book.session.card, book.learning.today.answered) == (second, 1)
    use(book, lambda book: book.session.undo(), lambda book: book.session.undo())
    assert (book.session.card, book.learning.today.answered, book.learning.can_undo()) == (first, 0, False)
    assert handbook(tmp_path, clock=clock).learning.held.log == []


def test_taking_back_the_answer_of_today_leaves_those_before(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, *[rate(Rating.GOOD)] * 4)
    before = dict(book.learning.held.states)
    clock.passes(days=1)
    use(book, rate(Rating.AGAIN), lambda book: book.session.undo())
    assert book.learning.held.states == before


def test_each_button_says_when_the_card_would_come_back(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    assert book.learning.intervals(CARD) == dict.fromkeys(Rating, 1)
    use(book, *[rate(Rating.GOOD)] * 4)
    clock.passes(days=1)
    said = book.learning.intervals(CARD)
    assert said == {Rating.AGAIN: 1, Rating.HARD: 6, Rating.GOOD: 6, Rating.EASY: 6}
    while book.session.card != CARD:
        use(book, rate(Rating.GOOD))
    use(book, rate(Rating.GOOD))
    assert (book.learning.held.states[CARD].due_on - book.learning.on).days == said[Rating.GOOD]
    assert book.learning.comes_back_today(Rating.HARD)


def test_thinking_is_timed(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    assert book.session.card
    clock.passes(seconds=7)
    use(book, rate(Rating.GOOD))
    assert [review.elapsed_ms for review in book.learning.held.log] == [7000]


def test_the_day_of_a_learner_begins_at_four_by_the_devices_clock(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 24, 2, 30, tzinfo=UTC))  # half past three in Warsaw
    book = handbook(tmp_path, clock=clock)
    use(book, rate(Rating.GOOD))
    assert (book.learning.rules.time_zone, book.learning.rules.since) == ("Europe/Warsaw", EARLIEST)
    assert book.learning.on == date(2026, 11, 23)
    clock.passes(minutes=45)
    assert (book.learning.on, len(book.learning.today.due)) == (date(2026, 11, 24), 1)
    assert handbook(tmp_path, clock=clock).learning.held.settings == book.learning.held.settings


def test_other_rules_hold_from_now_on_and_move_no_due_date(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, *[rate(Rating.GOOD)] * 4)
    due = {card: state.due_on for card, state in book.learning.held.states.items()}
    use(book, lambda book: book.learning.change_rules(algorithm="fsrs", desired_retention=0.85))
    assert {card: state.due_on for card, state in book.learning.held.states.items()} == due
    assert not book.learning.comes_back_today(Rating.HARD)
    clock.passes(days=1)
    use(book, rate(Rating.GOOD))
    again = handbook(tmp_path, clock=clock).learning
    assert again.held.states == book.learning.held.states
    assert (again.rules.algorithm, again.rules.desired_retention, again.rules.since) == (
        "fsrs",
        0.85,
        NOON + timedelta(microseconds=4),
    )


def test_two_changes_within_one_tick_of_the_clock_hold_in_their_order(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(
        book,
        lambda book: book.learning.change_rules(algorithm="fsrs"),
        lambda book: book.learning.change_rules(algorithm="sm2"),
        lambda book: book.learning.choose("new_per_day", 5),
        lambda book: book.learning.choose("new_per_day", 2),
    )
    for learning in (book.learning, handbook(tmp_path).learning):
        assert (learning.rules.algorithm, learning.new_per_day) == ("sm2", 2)


def test_as_many_new_cards_as_one_wants_and_more_for_today(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, lambda book: book.learning.choose("new_per_day", 1), rate(Rating.GOOD))
    assert (book.session.card, book.learning.has_more_new()) == (None, True)
    book.learning.want_more_new(2)
    assert len(book.learning.today.new) == 2
    clock.passes(days=1)
    assert len(book.learning.today.new) == 1


def test_what_was_asked_for_comes_first_beyond_ones_grade_too(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(book, lambda book: book.learning.choose("deck/technique/dollyo-chagi", value=True))
    assert book.learning.today.new[:2] == ["technique/dollyo-chagi/meaning", "technique/dollyo-chagi/korean"]
    use(book, lambda book: book.learning.choose("deck/technique/dollyo-chagi", value=None))
    assert "technique/dollyo-chagi/meaning" not in book.learning.today.new


def test_a_card_whose_item_has_gone_is_not_asked(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, rate(Rating.AGAIN), *[rate(Rating.GOOD)] * 3)
    book.catalogue.apply(changes(2, {}, is_snapshot=True))
    clock.passes(days=1)
    assert (book.learning.today.due, book.learning.today.again, book.session.card) == ([], {}, None)


def test_a_clock_that_was_never_set_loses_no_answer(tmp_path: Path) -> None:
    clock = Clock(datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    book = handbook(tmp_path, clock=clock)
    use(book, rate(Rating.GOOD), rate(Rating.GOOD))
    moments = [review.reviewed_at for review in handbook(tmp_path).learning.held.log]
    assert moments == [EARLIEST, EARLIEST + timedelta(microseconds=1)]
    assert book.learning.today.answered == 2


def test_a_clock_that_is_set_back_keeps_the_order_of_the_log(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    use(book, rate(Rating.AGAIN))
    clock.passes(hours=-1)
    use(book, *[rate(Rating.GOOD)] * 4)
    again = handbook(tmp_path, clock=clock)
    assert again.learning.held.log == book.learning.held.log
    assert again.learning.held.states == book.learning.held.states


def test_days_in_a_row(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    assert book.learning.streak_days() == 0
    use(book, rate(Rating.GOOD))
    assert book.learning.streak_days() == 1
    clock.passes(days=1)
    assert book.learning.streak_days() == 1
    use(book, rate(Rating.GOOD))
    assert book.learning.streak_days() == 2
    use(book, lambda book: book.session.undo())
    assert book.learning.streak_days() == 1


def test_two_tabs_share_one_log(tmp_path: Path) -> None:
    async def play() -> None:
        tabs: list[LinkedTab] = []
        writer = handbook_in(tmp_path, LinkedTab(tabs))
        reader = handbook_in(tmp_path, LinkedTab(tabs))
        for book in (reader, writer):
            book.session.show()
            assert book.session.rate(Rating.GOOD)
            await asyncio.sleep(0.05)
        assert writer.learning.held.log == reader.learning.held.log
        assert writer.learning.held.states == reader.learning.held.states
        assert len(writer.learning.held.log) == 2

    finish(play())


def test_rules_that_may_be_known_elsewhere_are_not_begun_here(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    book.personal.set(access="a", refresh="r")
    use(book, rate(Rating.GOOD))
    assert book.learning.held.settings.history == (Rules(),)


@pytest.mark.parametrize(
    ("card", "language", "prompt", "answer"),
    [
        (CARD, "pl", ("Ap Chagi", "앞차기"), ("kopnięcie do przodu",)),
        ("technique/ap-chagi/korean", "en", ("front kick",), ("Ap Chagi", "앞차기")),
        ("term/palmok/korean", "ko", ("przedramię",), ("Palmok", "팔목")),
        ("tul/chon-ji/meaning", "pl", ("Chon-Ji", "천지"), ("Heaven and earth.",)),
        ("tul/chon-ji/movements", "en", ("Chon-Ji", "천지"), ("1",)),
        ("theory/who-was-dan-gun/answer", "ko", ("단군은 누구인가?",), ("시조이다.",)),
    ],
)
def test_the_two_sides_of_a_card(tmp_path: Path, card: str, language: str, prompt: Any, answer: Any) -> None:
    face = face_of(handbook(tmp_path).catalogue, card, language)
    assert face is not None
    assert (face.prompt, face.answer) == (prompt, answer)


def test_a_name_for_what_was_done_tells_when_and_is_like_no_other() -> None:
    ids = {new_id(NOON) for _ in range(100)}
    assert len(ids) == 100
    assert {operation_id(id_)[:13] for id_ in ids} == {new_id(NOON)[:13]}
    assert {(id_[14], id_[19] in "89ab") for id_ in ids} == {("7", True)}


def handbook_in(folder: Path, tab: LinkedTab) -> Handbook:
    book = Handbook(device(folder, tabs=tab))
    if tab.is_writer:
        book.catalogue.apply(snapshot())
    book.catalogue_replaced()
    return book
