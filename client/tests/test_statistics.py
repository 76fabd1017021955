"""What the learner's answers amount to, with numbers worked out by hand. NOON is an hour later in Warsaw."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from client.tests.make import NOON, finish, handbook
from tkd_client.offline.learner import LearnerStore
from tkd_client.state.handbook import Handbook
from tkd_client.state.statistics import Week, statistics_of, top_of
from tkd_rules.repetition.reviews import Rating
from tkd_rules.repetition.statistics import Day, Retention

WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = NOON.date()
NOTHING = Retention(asked=0, remembered=0)
TERM, KICK, TURN, GONE = (
    "term/palmok/meaning",
    "technique/ap-chagi/meaning",
    "technique/dollyo-chagi/meaning",
    "term/no-such-word/meaning",
)
Answer = tuple[str, datetime, Rating]


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock of Warsaw."""
    return datetime(2026, month, day, hour, minute, tzinfo=WARSAW)


def answered(folder: Path, answers: Sequence[Answer]) -> Handbook:
    """A handbook by the clock of Warsaw with these answers, each after twenty seconds."""
    book = handbook(folder)
    set_rules(book.learner, time_zone="Europe/Warsaw", number=0)
    for number, (card, at, rating) in enumerate(answers, start=1):
        payload = {"card": card, "rating": int(rating), "reviewed_at": at.isoformat(), "elapsed_ms": 20_000}
        book.learner.did("review", payload, id_=f"00000000-0000-4000-8000-{number:012}", at=at)
    return book


def set_rules(store: LearnerStore, *, time_zone: str, number: int) -> None:
    rules = {
        "since": f"2020-01-01T00:00:0{number}+00:00",
        "algorithm": "sm2",
        "desired_retention": 0.9,
        "time_zone": time_zone,
        "parameters": None,
    }
    store.did("rules", rules, id_=f"00000000-0000-4000-9000-{number:012}", at=NOON)


def test_who_has_answered_nothing_has_noughts_and_no_share(tmp_path: Path) -> None:
    known = statistics_of(handbook(tmp_path).learning)
    assert (known.on, known.streak_days, known.cards, known.answers) == (TODAY, 0, 0, 0)
    assert known.last_week == known.last_month == known.ever == NOTHING
    assert known.ever.percent is None
    assert known.due == [0] * 30
    assert known.days == [Day(on=TODAY - timedelta(days=back)) for back in range(29, -1, -1)]
    assert [week.retention for week in known.weeks] == [NOTHING] * 12


def test_figures_and_charts_follow_from_the_answers(tmp_path: Path) -> None:
    answers = [
        (TURN, moment(9, 2, 12), Rating.GOOD),
        (TURN, moment(9, 22, 12), Rating.GOOD),
        (TURN, moment(11, 10, 12), Rating.AGAIN),  # due on the 11th, so overdue
        (TERM, moment(11, 20, 22), Rating.GOOD),
        (TERM, moment(11, 23, 12), Rating.GOOD),  # the second repetition: six days, until the 29th
        (KICK, moment(11, 20, 22, 5), Rating.GOOD),
        (KICK, moment(11, 21, 12), Rating.AGAIN),
        (KICK, moment(11, 21, 12, 1), Rating.GOOD),  # the same day again
        (KICK, moment(11, 24, 9), Rating.GOOD),  # the first repetition after it began again: tomorrow
        (GONE, moment(11, 24, 9, 5), Rating.GOOD),  # never due: the catalogue has it no more
    ]
    known = statistics_of(answered(tmp_path, answers).learning)
    assert (known.streak_days, known.cards, known.answers) == (2, 4, 10)
    assert known.last_week == Retention(asked=3, remembered=2)
    assert known.last_week.percent == 66
    assert known.last_month == Retention(asked=4, remembered=2)
    assert known.ever == Retention(asked=5, remembered=3)
    assert list(known.due) == [1, 1, 0, 0, 0, 1, *[0] * 24]
    assert known.due_on[0] == TODAY
    assert known.due_on[5] == date(2026, 11, 29)
    assert [day for day in known.days if day.reviews] == [
        Day(on=date(2026, 11, 10), reviews=1, spent_ms=20_000, came_back=1),
        Day(on=date(2026, 11, 20), reviews=2, introduced=2, spent_ms=40_000),
        Day(on=date(2026, 11, 21), reviews=2, spent_ms=40_000, came_back=1),
        Day(on=date(2026, 11, 23), reviews=1, spent_ms=20_000, came_back=1, remembered=1),
        Day(on=date(2026, 11, 24), reviews=2, introduced=1, spent_ms=40_000, came_back=1, remembered=1),
    ]
    assert [week for week in known.weeks if week.retention.asked] == [
        Week(until=date(2026, 9, 22), retention=Retention(asked=1, remembered=1)),
        Week(until=date(2026, 11, 10), retention=Retention(asked=1, remembered=0)),
        Week(until=TODAY, retention=Retention(asked=3, remembered=2)),
    ]


def test_a_day_ends_at_four_in_the_morning_on_the_learners_clock(tmp_path: Path) -> None:
    answers = [
        (TERM, moment(11, 23, 4), Rating.GOOD),
        (TERM, moment(11, 24, 3, 59), Rating.GOOD),
        (KICK, moment(11, 24, 4), Rating.GOOD),
    ]
    book = answered(tmp_path, answers)
    yesterday, today = statistics_of(book.learning).days[-2:]
    assert yesterday == Day(on=date(2026, 11, 23), reviews=2, introduced=1, spent_ms=40_000)
    assert today == Day(on=TODAY, reviews=1, introduced=1, spent_ms=20_000)

    set_rules(book.learner, time_zone="America/New_York", number=1)  # six hours behind: 22:00, 21:59 and 22:00
    book.learning.follow()
    known = statistics_of(book.learning)
    assert [day.reviews for day in known.days[-4:]] == [0, 1, 2, 0]
    assert known.last_week == Retention(asked=1, remembered=1)
    assert known.streak_days == 2
    assert (known.on, known.due_on[0]) == (TODAY, TODAY)


def test_what_a_clock_ahead_has_dated_to_the_future_is_no_part_of_the_last_days(tmp_path: Path) -> None:
    answers = [(TERM, moment(11, 24, 9), Rating.GOOD), (TERM, moment(12, 24, 9), Rating.AGAIN)]
    known = statistics_of(answered(tmp_path, answers).learning)
    assert known.streak_days == 1
    assert (known.last_week, known.last_month) == (NOTHING, NOTHING)
    assert known.ever == Retention(asked=1, remembered=0)
    assert sum(day.reviews for day in known.days) == 1


def test_an_answer_and_its_undoing_change_the_figures(tmp_path: Path) -> None:
    book = answered(tmp_path, [(TERM, moment(11, 23, 12), Rating.GOOD)])
    found = []

    async def use() -> None:
        book.learning.answer(TERM, Rating.GOOD, elapsed_ms=3_600_000)  # called away after a minute at most
        found.append(statistics_of(book.learning))
        book.learning.undo()
        found.append(statistics_of(book.learning))
        await asyncio.sleep(0)

    assert statistics_of(book.learning).due[0] == 1
    finish(use())
    after, undone = found
    assert (after.streak_days, after.ever, after.due[0]) == (2, Retention(asked=1, remembered=1), 0)
    assert after.days[-1].spent_ms == 60_000
    assert (undone.streak_days, undone.ever, undone.due[0]) == (1, NOTHING, 1)


@pytest.mark.parametrize(
    ("largest", "top"),
    [(0, 2), (1, 2), (2, 2), (3, 4), (11, 12), (19, 20), (30, 30), (31, 40), (301, 400), (2_900, 3_000)],
)
def test_a_scale_ends_at_a_round_number_whose_half_is_whole(largest: int, top: int) -> None:
    assert top_of([None, largest, 0]) == top


def test_a_scale_without_a_value_still_has_an_end() -> None:
    assert top_of([None, None]) == top_of([]) == 2
