"""The way to the grading: set on one device, planned from what is left, and caught up after days without learning."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from client.tests.make import NOON, Clock, handbook
from client.tests.test_learning import rate, use
from tkd_client.state.handbook import Handbook
from tkd_rules.repetition.reviews import Rating
from tkd_rules.studying import GoalError

TODAY = NOON.date()


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def set_grading(book: Handbook, days: int) -> None:
    use(book, lambda book: book.schedule.set_grading(in_days(days)))


def test_without_a_grading_there_is_no_plan(tmp_path: Path) -> None:
    schedule = handbook(tmp_path).schedule
    assert (schedule.grading_on, schedule.days_left, schedule.plan(), schedule.weeks()) == (None, None, None, [])
    assert schedule.pace_that_fits() is None


def test_a_grading_brings_a_plan_of_weeks_that_another_start_still_knows(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(book, lambda book: book.choose(belt_rank=4))
    set_grading(book, 30)
    schedule = handbook(tmp_path).schedule
    assert (schedule.grading_on, schedule.days_left) == (in_days(30), 30)
    plan = schedule.plan()
    assert plan
    assert plan.fits
    assert sum(day.new for day in plan.days) == plan.new == len(book.learning.deck.cards)
    weeks = schedule.weeks()
    assert [day.on for week in weeks for day in week.days] == [in_days(ahead) for ahead in range(30)]
    assert all(week.begins_on.weekday() == 0 for week in weeks[1:])
    assert plan.days[0].tuls == ("chon-ji",)


def test_what_was_learned_is_planned_as_reviews(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    set_grading(book, 30)
    use(book, *[rate(Rating.GOOD)] * 4)
    plan = book.schedule.plan()
    assert plan
    assert (plan.new, [day.reviews for day in plan.days][:2]) == (0, [0, 4])


def test_days_without_learning_are_caught_up(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    set_grading(book, 12)
    clock.passes(days=8)
    plan = book.schedule.plan()
    assert plan
    assert (len(plan.days), plan.days[0].new) == (4, 2)


def test_a_grading_that_is_over_has_no_plan_and_can_be_taken_away(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    set_grading(book, 3)
    clock.passes(days=5)
    assert (book.schedule.days_left, book.schedule.plan()) == (-2, None)
    use(book, lambda book: book.schedule.set_grading(None))
    assert book.schedule.grading_on is None


@pytest.mark.parametrize("days", [-1, 3650])
def test_a_day_that_no_plan_reaches_is_refused_and_nothing_is_lost(tmp_path: Path, days: int) -> None:
    book = handbook(tmp_path)
    set_grading(book, 30)
    with pytest.raises(GoalError):
        book.schedule.set_grading(in_days(days))
    assert book.schedule.grading_on == in_days(30)


def test_weekdays_are_chosen_one_by_one_and_the_last_one_stays(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    set_grading(book, 30)
    use(book, *[lambda book, day=day: book.schedule.toggle_weekday(day) for day in range(7)])
    assert book.schedule.weekdays == {6}
    plan = book.schedule.plan()
    assert plan
    assert {day.on.weekday() for day in plan.days if day.is_study_day} == {6}
    use(book, lambda book: book.schedule.toggle_weekday(2))
    assert book.schedule.weekdays == {2, 6}


def test_a_pace_too_slow_is_told_and_can_be_changed(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    set_grading(book, 2)
    use(book, lambda book: book.schedule.keep_pace(1))
    plan = book.schedule.plan()
    assert plan
    assert (plan.fits, plan.new_without_room) == (False, 2)
    assert book.schedule.pace_that_fits() == 2
    use(book, lambda book: book.schedule.keep_pace(2))
    plan = book.schedule.plan()
    assert plan
    assert plan.fits


def test_where_no_pace_is_enough_none_is_told(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    set_grading(book, 0)
    assert book.schedule.pace_that_fits() is None
    set_grading(book, 1)
    use(book, lambda book: book.schedule.set_minutes(5), lambda book: book.schedule.keep_pace(1))
    assert book.schedule.minutes_a_day == 5
    assert book.schedule.pace_that_fits() == 4


def test_the_learners_own_pace_of_answering_counts(tmp_path: Path) -> None:
    clock = Clock()
    book = handbook(tmp_path, clock=clock)
    set_grading(book, 20)

    def slowly(book: Handbook) -> None:
        card = book.learning.deck.cards[0]
        for _ in range(60):
            clock.passes(seconds=30)
            assert book.learning.answer(card, Rating.GOOD, elapsed_ms=40_000)

    use(book, slowly)
    assert book.schedule._work(book.learning.deck).review_s == pytest.approx(40)
