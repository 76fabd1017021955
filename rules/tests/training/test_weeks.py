"""Trainings of a week: as many as were wanted, spread, made up when one was missed."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.training.weeks import monday_of, training_days

MONDAY = date(2026, 3, 2)


def days(*weekdays: int, weeks: int = 1) -> list[date]:
    return [MONDAY + timedelta(days=7 * week + day) for week in range(weeks) for day in weekdays]


def trained(on: list[date], a_week: int, *done: int) -> list[int]:
    """Return the days as they count from the first Monday."""
    done_on = {MONDAY + timedelta(days=day) for day in done}
    return [(day - MONDAY).days for day in training_days(on, a_week=a_week, trained_on=done_on)]


def test_they_are_spread_over_the_days_of_each_week() -> None:
    every_day = days(0, 1, 2, 3, 4, 5, 6, weeks=2)
    assert trained(every_day, 3) == [1, 3, 5, 8, 10, 12]
    assert trained(every_day, 1) == [3, 10]
    assert trained(days(0, 2, 4), 2) == [0, 4]
    assert trained(every_day, 0) == []


def test_there_is_one_a_day_at_most() -> None:
    assert trained(days(0, 2), 7) == [0, 2]


def test_what_was_done_counts_for_its_week_and_what_was_missed_is_made_up_in_it() -> None:
    from_wednesday = days(2, 4, 6)
    assert trained(from_wednesday, 2, 0) == [4]
    assert trained(from_wednesday, 2) == [2, 6]
    assert trained(from_wednesday, 2, 0, 1) == []
    assert trained([*from_wednesday, *days(7, 9)], 2, 2, -3) == [6, 7, 9]


@given(
    on=st.sets(st.integers(0, 60), max_size=61),
    done=st.sets(st.integers(-7, 10), max_size=10),
    a_week=st.integers(0, 7),
)
def test_no_week_has_more_than_wanted_or_fewer_than_there_is_room_for(
    on: set[int], done: set[int], a_week: int
) -> None:
    to_come = [MONDAY + timedelta(days=day) for day in sorted(on)]
    done_on = {MONDAY + timedelta(days=day) for day in done}
    found = list(training_days(to_come, a_week=a_week, trained_on=done_on))
    assert found == sorted(set(found) - done_on)
    assert set(found) <= set(to_come)
    planned, held = Counter(map(monday_of, found)), Counter(map(monday_of, done_on))
    for monday in {monday_of(day) for day in to_come}:
        free = sum(monday_of(day) == monday and day not in done_on for day in to_come)
        assert planned[monday] == min(free, max(0, a_week - held[monday]))
