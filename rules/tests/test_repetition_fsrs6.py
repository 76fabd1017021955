from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as FsrsRating
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.repetition.fsrs6 import (
    DEFAULT_PARAMETERS,
    FsrsMemory,
    are_parameters,
    remembered,
    retrievability,
    scheduler_of,
    spread_days,
)
from tkd_rules.repetition.reviews import Rating

DAY = date(2026, 3, 1)
BY_DEFAULT = scheduler_of(DEFAULT_PARAMETERS, 0.9)


def through(answers: list[tuple[int, Rating]]) -> tuple[FsrsMemory, list[int]]:
    """Answer a card so many days after the answer before; returns the last memory and all intervals."""
    memory, on, intervals = None, DAY, []
    for days_later, rating in answers:
        on += timedelta(days=days_later)
        memory, interval_days = remembered(memory, rating, on=on, scheduler=BY_DEFAULT)
        intervals.append(interval_days)
    assert memory
    return memory, intervals


def test_the_published_vector_of_the_memory_is_met() -> None:
    """From the tests that FSRS-6 is published with: stability 53.62691 and difficulty 6.3574867 after these answers."""
    again, good = Rating.AGAIN, Rating.GOOD
    memory, _intervals = through([(0, again), (0, good), (1, good), (3, good), (8, good), (21, good)])
    assert memory.stability_days == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


answers = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Rating)), min_size=1, max_size=25)


@given(answers, st.sampled_from([0.7, 0.85, 0.9, 0.97]))
def test_every_sequence_gives_what_the_package_itself_gives(
    sequence: list[tuple[int, Rating]], desired_retention: float
) -> None:
    theirs = Scheduler(
        desired_retention=desired_retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card, moment = Card(card_id=7), datetime(2026, 3, 1, 9, tzinfo=UTC)
    memory, on = None, DAY
    for days_later, rating in sequence:
        moment += timedelta(days=days_later)
        on += timedelta(days=days_later)
        card, _log = theirs.review_card(card, FsrsRating(int(rating)), review_datetime=moment)
        ours = scheduler_of(DEFAULT_PARAMETERS, desired_retention)
        memory, interval_days = remembered(memory, rating, on=on, scheduler=ours)
        assert memory.stability_days == pytest.approx(card.stability, rel=1e-3, abs=2e-6)
        assert memory.difficulty == pytest.approx(card.difficulty, abs=1e-4)
        assert interval_days == pytest.approx((card.due - moment).days, abs=1, rel=1e-3)


def test_what_is_known_fades_to_nine_tenths_after_its_stability() -> None:
    memory = FsrsMemory(stability_days=10.0, difficulty=5.0, seen_on=DAY)
    assert retrievability(memory, on=DAY) == 1.0
    assert retrievability(memory, on=DAY + timedelta(days=10)) == 0.9
    assert retrievability(memory, on=DAY + timedelta(days=100)) == 0.692827


def test_short_intervals_stay_and_longer_ones_move_within_the_published_reach() -> None:
    assert [spread_days(days, seed="a") for days in (1, 2)] == [1, 2]
    assert {spread_days(10, seed=str(seed)) for seed in range(200)} == set(range(8, 13))
    assert {spread_days(100, seed=str(seed)) for seed in range(2000)} == set(range(93, 108))
    assert max(spread_days(36_500, seed=str(seed)) for seed in range(50)) <= 36_500


@given(st.integers(1, 36_500), st.text(max_size=20))
def test_one_seed_always_moves_an_interval_alike(days: int, seed: str) -> None:
    assert spread_days(days, seed=seed) == spread_days(days, seed=seed) >= min(days, 2)


@pytest.mark.parametrize(
    "numbers", [(), DEFAULT_PARAMETERS[:20], (-1.0, *DEFAULT_PARAMETERS[1:]), (float("nan"),) * 21]
)
def test_numbers_that_fsrs_can_not_work_with_are_told(numbers: tuple[float, ...]) -> None:
    assert not are_parameters(numbers)
    assert are_parameters(DEFAULT_PARAMETERS)
