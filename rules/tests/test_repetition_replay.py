import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.repetition.fsrs6 import FsrsMemory
from tkd_rules.repetition.replay import CardState, answered, continues, intervals_days, replay, replay_all
from tkd_rules.repetition.reviews import Rating, Review, log_of
from tkd_rules.repetition.settings import Rules, Settings
from tkd_rules.repetition.sm2 import Sm2Memory

A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)
BY_SM2 = Settings(history=(Rules(algorithm="sm2"),))
BY_FSRS = Settings(history=(Rules(algorithm="fsrs"),))
BOTH = pytest.mark.parametrize("settings", [BY_SM2, BY_FSRS])


def log(*answers: tuple[float, Rating], card: str = "term/dojang/meaning") -> tuple[Review, ...]:
    """Return answers given so many days after the first morning."""
    return tuple(
        Review(
            id=f"{card} {number:03}",
            card=card,
            rating=rating,
            reviewed_at=MORNING + timedelta(days=days),
            elapsed_ms=2_000,
            device="a",
        )
        for number, (days, rating) in enumerate(answers)
    )


def test_a_card_answered_when_it_is_due_follows_sm2() -> None:
    state = replay(log((0, G), (1, G), (7, G)), BY_SM2)
    assert state.memory == Sm2Memory(ease_percent=250, repetitions=3, interval_days=15)
    assert (state.interval_days, state.due_on) == (15, date(2026, 3, 23))
    assert (state.reviews, state.lapses, state.seen_on) == (3, 0, date(2026, 3, 8))


def test_a_late_answer_counts_from_the_day_it_was_given() -> None:
    assert replay(log((0, G), (30, G)), BY_SM2).due_on == date(2026, 4, 6)


def test_sm2_learns_nothing_from_a_card_known_before_it_is_due() -> None:
    state = replay(log((0, G), (1, G), (2, E), (3, H)), BY_SM2)
    assert state.memory == Sm2Memory(ease_percent=250, repetitions=2, interval_days=6)
    assert (state.due_on, state.reviews, state.lapses) == (date(2026, 3, 8), 4, 0)


def test_sm2_begins_again_with_a_card_forgotten_before_it_is_due() -> None:
    state = replay(log((0, G), (1, G), (2, A)), BY_SM2)
    assert (state.memory, state.due_on) == (Sm2Memory(interval_days=1), date(2026, 3, 4))
    assert state.lapses == 1


def test_asking_again_on_the_same_day_moves_no_sm2_card() -> None:
    once = replay(log((0, G), (1, A)), BY_SM2)
    drilled = replay(log((0, G), (1, A), (1.001, H), (1.002, G)), BY_SM2)
    assert (drilled.memory, drilled.due_on, drilled.lapses) == (once.memory, once.due_on, 1)


def test_fsrs_counts_study_days_and_not_blocks_of_a_day() -> None:
    evening_then_morning = replay(log((0.6, G), (1, G)), BY_FSRS)  # 22:24, then 08:00
    a_day_apart = replay(log((0, G), (1, G)), BY_FSRS)
    assert evening_then_morning.memory == a_day_apart.memory


def test_the_state_of_a_card_by_fsrs_is_this_one() -> None:
    state = replay(log((0, G), (2, G), (13, H), (30, A)), BY_FSRS)
    assert isinstance(state.memory, FsrsMemory)
    assert (state.memory.seen_on, state.reviews, state.lapses) == (date(2026, 3, 31), 4, 1)
    assert state.due_on == state.seen_on + timedelta(days=state.interval_days)


def test_a_card_without_an_answer_has_no_state() -> None:
    with pytest.raises(ValueError, match="without an answer"):
        replay((), BY_SM2)


@BOTH
def test_each_button_says_when_the_card_really_comes_back(settings: Settings) -> None:
    before = replay(log((0, G), (1, G)), settings)
    [asked] = log((7, G))
    days = intervals_days(before, asked, settings.current)
    for rating in Rating:
        [answer] = log((7, rating))
        assert answered(before, answer, settings.current).due_on == date(2026, 3, 8) + timedelta(days=days[rating])
    assert days[A] <= days[H] <= days[G] <= days[E]
    assert set(intervals_days(None, asked, settings.current)) == set(Rating)


def test_a_switch_moves_no_due_date_until_the_card_is_answered_next() -> None:
    switched = Settings(history=(Rules(), Rules(since=MORNING + timedelta(days=10), algorithm="fsrs")))
    before = log((0, G), (1, G), (7, G))
    assert replay(before, switched).due_on == replay(before, BY_SM2).due_on
    after = replay((*before, *log((22, G), card="term/dojang/meaning")), switched)
    assert isinstance(after.memory, FsrsMemory)
    assert after.memory == replay((*before, *log((22, G))), BY_FSRS).memory


def learner_of(cards: int, *, seed: int) -> list[Review]:
    """A year by SM-2: ten new cards a day, answered when due, one in ten forgotten."""
    chance = random.Random(seed)  # noqa: S311 - a learner, not a secret
    rules = BY_SM2.current
    states: dict[str, CardState] = {}
    reviews: list[Review] = []
    for day in range(365):
        today = (MORNING + timedelta(days=day)).date()
        asked = [card for card, state in states.items() if state.due_on <= today]
        asked += [f"term/word-{number}/meaning" for number in range(len(states), min(cards, len(states) + 10))]
        for card in asked:
            rating = chance.choices([A, H, G, E], [10, 15, 60, 15])[0]
            [answer] = log((day, rating), card=card)
            reviews.append(replace(answer, id=f"{card} {day:03}"))
            states[card] = answered(states.get(card), reviews[-1], rules)
    return reviews


def test_two_thousand_cards_do_not_fall_due_at_once_when_the_algorithm_is_changed() -> None:
    reviews = log_of(learner_of(2_000, seed=20_26))
    switched_at = MORNING + timedelta(days=365)
    tomorrow = switched_at.date() + timedelta(days=1)
    switched = Settings(history=(Rules(), Rules(since=switched_at, algorithm="fsrs")))

    def due(settings: Settings) -> int:
        return sum(state.due_on <= tomorrow for state in replay_all(reviews, settings).values())

    by_sm2, after_the_switch, had_it_always_been_fsrs = due(BY_SM2), due(switched), due(BY_FSRS)
    assert len({review.card for review in reviews}) == 2_000
    assert after_the_switch == by_sm2
    assert had_it_always_been_fsrs > 3 * by_sm2  # the wall that a plain recalculation would have built


answers = st.lists(st.tuples(st.floats(0, 90), st.sampled_from(Rating)), min_size=1, max_size=12)


@given(answers, st.integers(0, 90), st.randoms())
def test_going_on_from_a_state_gives_what_replaying_everything_gives(
    given_answers: list[tuple[float, Rating]], switch_day: int, chance: random.Random
) -> None:
    settings = Settings(
        history=(Rules(), Rules(since=MORNING + timedelta(days=switch_day), algorithm="fsrs", time_zone="Asia/Seoul"))
    )
    arriving = list(log(*given_answers))
    chance.shuffle(arriving)
    state: CardState | None = None
    arrived: list[Review] = []
    for review in arriving:
        arrived.append(review)
        if state and continues(state, review, settings):
            state = answered(state, review, state.rules)
        else:
            state = replay(log_of(arrived), settings)
    assert state == replay(log_of(arriving), settings)
