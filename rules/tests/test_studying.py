"""A plan until the grading: everything has its day, days that are missed are caught up, and what can't fit is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.studying import (
    FARTHEST_DAYS,
    LONGEST_MINUTES,
    REVIEW_S,
    SHORTEST_MINUTES,
    Goal,
    GoalError,
    StudyPlan,
    Work,
    check_goal,
    study_plan,
)

MONDAY = date(2026, 11, 30)
EVERY_DAY = frozenset(range(7))


def goal(*, days: int = 42, weekdays: frozenset[int] = EVERY_DAY, minutes: int = 30) -> Goal:
    return Goal(grading_on=MONDAY + timedelta(days=days), weekdays=weekdays, minutes_a_day=minutes)


def work(*, new: int = 0, due: dict[int, int] | None = None, tuls: tuple[str, ...] = (), new_a_day: int = 10) -> Work:
    by_day = {MONDAY + timedelta(days=day): reviews for day, reviews in (due or {}).items()}
    return Work(today=MONDAY, new=new, new_a_day=new_a_day, due=by_day, tuls=tuls)


goals = st.builds(
    goal,
    days=st.integers(0, 120),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    minutes=st.integers(SHORTEST_MINUTES, LONGEST_MINUTES),
)
works = st.builds(
    work,
    new=st.integers(0, 400),
    due=st.dictionaries(st.integers(-30, 60), st.integers(0, 40), max_size=20),
    tuls=st.lists(st.sampled_from(["dan-gun", "chon-ji", "saju-jirugi"]), unique=True, max_size=3).map(tuple),
    new_a_day=st.integers(0, 50),
)


def test_new_cards_are_spread_evenly_and_the_last_week_is_for_repeating() -> None:
    plan = study_plan(goal(), work(new=70))
    assert [day.new for day in plan.days] == [2] * 35 + [0] * 7
    assert plan.fits
    assert plan.share_that_fits == 1


def test_what_was_learned_comes_back() -> None:
    plan = study_plan(goal(days=14), work(new=1))
    assert [day.reviews for day in plan.days][:12] == [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]


def test_reviews_of_days_off_wait_for_the_next_day_of_study() -> None:
    plan = study_plan(goal(days=7, weekdays=frozenset({0, 3})), work(due={-2: 4, 0: 1, 1: 2, 2: 3, 3: 5}))
    assert [(day.is_study_day, day.reviews, day.left_over) for day in plan.days[:4]] == [
        (True, 5, 0),
        (False, 0, 2),
        (False, 0, 5),
        (True, 10, 0),
    ]


def test_who_missed_days_gets_the_same_cards_in_fewer_of_them() -> None:
    later = Work(today=MONDAY + timedelta(days=7), new=70, new_a_day=10, due={})
    planned, caught_up = study_plan(goal(), work(new=70)), study_plan(goal(), later)
    assert sum(day.new for day in caught_up.days) == sum(day.new for day in planned.days) == 70
    assert max(day.new for day in caught_up.days) > max(day.new for day in planned.days)


def test_what_can_not_fit_is_said() -> None:
    plan = study_plan(goal(days=8, minutes=5), work(new=200, new_a_day=50))
    assert not plan.fits
    assert plan.new_without_room == 200 - sum(day.new for day in plan.days)
    assert plan.share_that_fits == pytest.approx(1 - plan.new_without_room / 200)


def test_reviews_come_before_new_cards_and_what_is_too_much_is_left_over() -> None:
    plan = study_plan(goal(days=4, minutes=5), work(new=10, due={0: 50}))
    first = plan.days[0]
    assert (first.reviews, first.new, first.left_over, first.minutes) == (300 // REVIEW_S, 0, 20, 5)


def test_the_tul_of_the_grade_is_practised_every_day_and_the_others_in_turn() -> None:
    plan = study_plan(goal(days=3, minutes=10), work(tuls=("dan-gun", "chon-ji", "saju-jirugi")))
    assert [day.tuls for day in plan.days] == [("dan-gun", "chon-ji", "saju-jirugi")] * 2 + [
        ("dan-gun", "chon-ji", "saju-jirugi")
    ]
    busy = study_plan(goal(days=3, minutes=10), work(tuls=("dan-gun", "chon-ji"), due={0: 40, 1: 40, 2: 20}))
    assert [day.tuls for day in busy.days] == [("dan-gun",), ("dan-gun",), ("dan-gun", "chon-ji")]
    short = study_plan(goal(days=2, minutes=9), work(tuls=("dan-gun",)))
    assert [day.tuls for day in short.days] == [(), ()]


def test_on_the_day_of_the_grading_nothing_is_left_to_plan() -> None:
    assert study_plan(goal(days=0), work(new=5)) == StudyPlan(days=(), new=5, new_without_room=5)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (goal(days=-1), "grading_on"),
        (goal(days=FARTHEST_DAYS + 1), "grading_on"),
        (goal(weekdays=frozenset()), "weekdays"),
        (goal(weekdays=frozenset({7})), "weekdays"),
        (goal(minutes=SHORTEST_MINUTES - 1), "minutes_a_day"),
        (goal(minutes=LONGEST_MINUTES + 1), "minutes_a_day"),
    ],
)
def test_a_goal_that_no_plan_can_be_made_for_is_refused(wrong: Goal, field: str) -> None:
    for refusing in (lambda: check_goal(wrong, today=MONDAY), lambda: study_plan(wrong, work())):
        with pytest.raises(GoalError) as refused:
            refusing()
        assert refused.value.field == field


@given(goals, works)
def test_no_day_takes_longer_than_it_may_and_no_card_is_lost(a_goal: Goal, a_work: Work) -> None:
    plan = study_plan(a_goal, a_work)
    assert [day.on for day in plan.days] == [
        MONDAY + timedelta(days=ahead) for ahead in range((a_goal.grading_on - MONDAY).days)
    ]
    assert sum(day.new for day in plan.days) + plan.new_without_room == a_work.new
    assert all(day.minutes <= a_goal.minutes_a_day and day.new <= a_work.new_a_day for day in plan.days)
    assert all(day.reviews == day.new == day.minutes == 0 for day in plan.days if not day.is_study_day)
    if plan.days:
        came = sum(due for day, due in a_work.due.items() if day <= plan.days[-1].on)
        assert sum(day.reviews for day in plan.days) + plan.days[-1].left_over >= came


@given(goals, works, st.integers(1, 60))
def test_more_time_never_leaves_more_out(a_goal: Goal, a_work: Work, more: int) -> None:
    minutes = min(LONGEST_MINUTES, a_goal.minutes_a_day + more)
    longer = Goal(grading_on=a_goal.grading_on, weekdays=a_goal.weekdays, minutes_a_day=minutes)
    alone = Work(today=MONDAY, new=a_work.new, new_a_day=a_work.new_a_day, due=a_work.due)
    assert study_plan(longer, alone).new_without_room <= study_plan(a_goal, alone).new_without_room
