"""How likely a learner is to pass: exact sums, the two schedules, what to do next, and whether the chances are true."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.readiness import (
    EXPLANATION,
    GradingInThePast,
    at_least,
    chance_of,
    needed_of,
    readiness,
)
from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.fsrs6 import FsrsMemory
from tkd_rules.repetition.replay import CardState, answered
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Rules
from tkd_rules.syllabus import SECTIONS

TODAY = date(2026, 3, 1)
# Forgets within hours what the published learner keeps for days, and gains little by repeating.
WEAK = (0.03, 0.1, 0.25, 0.6, *fsrs6.DEFAULT_PARAMETERS[4:8], 1.2, *fsrs6.DEFAULT_PARAMETERS[9:])
FSRS = Rules(algorithm="fsrs")
SEED = 20_260_301


def review(card: str, rating: Rating, on: date) -> Review:
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Review(id=f"{on}-{card}", card=card, rating=rating, reviewed_at=moment, elapsed_ms=1, device="phone")


def known(card: str, *, rules: Rules = FSRS, rating: Rating = Rating.GOOD, on: date = TODAY) -> dict[str, CardState]:
    return {card: answered(None, review(card, rating, on), rules)}


def syllabus(**sections: list[tuple[str, str]]) -> dict[str, Any]:
    entries = {name: [{"type": kind, "slug": slug} for kind, slug in asked] for name, asked in sections.items()}
    return {"sections": {name: entries.get(name, []) for name in SECTIONS}}


@given(st.lists(st.floats(0, 1), max_size=8), st.integers(0, 9))
def test_the_sum_is_that_over_all_outcomes(chances: list[float], needed: int) -> None:
    expected = sum(
        prod(chance if happens else 1 - chance for chance, happens in zip(chances, outcome, strict=True))
        for outcome in product([True, False], repeat=len(chances))
        if sum(outcome) >= needed
    )
    assert at_least(needed, chances) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("count", "needed"), [(0, 0), (1, 1), (3, 3), (10, 7), (11, 8), (15, 11)])
def test_enough_is_the_pass_share_rounded_up(count: int, needed: int) -> None:
    assert needed_of(count) == needed


def test_fsrs_says_the_chance_and_sm2_takes_its_interval_for_the_stability() -> None:
    [by_fsrs] = known("theory/a/answer").values()
    on = TODAY + timedelta(days=20)
    assert isinstance(by_fsrs.memory, FsrsMemory)
    assert chance_of(by_fsrs, on=on) == fsrs6.retrievability(by_fsrs.memory, on=on)
    [by_sm2] = known("theory/a/answer", rules=Rules(algorithm="sm2")).values()
    assert chance_of(by_sm2, on=by_sm2.due_on) == pytest.approx(0.9)
    assert chance_of(by_sm2, on=by_sm2.due_on) > chance_of(by_sm2, on=on)


def test_a_card_that_was_never_asked_counts_nothing_in_the_mean_of_its_item() -> None:
    asked = syllabus(kicks=[("technique", "ap-chagi")], stances=[("technique", "ap-chagi")])
    states = known("technique/ap-chagi/meaning")
    [_tuls, techniques, *_rest] = readiness(asked, states, on=TODAY, today=TODAY).sections
    [item] = techniques.items
    assert (item.is_seen, item.chance) == (True, 0.5)
    assert (techniques.coverage, techniques.needed, techniques.passing) == (1.0, 1, 0.5)


def test_a_section_that_asks_nothing_is_passed() -> None:
    sections = readiness(syllabus(), {}, on=TODAY, today=TODAY).sections
    assert [section.name for section in sections] == ["tuls", "techniques", "terminology", "theory", "sparring"]
    assert {(section.passing, section.coverage) for section in sections} == {(1.0, 1.0)}


def test_what_was_never_seen_comes_first_and_then_what_is_forgotten_soonest() -> None:
    asked = syllabus(theory=[("theory", slug) for slug in ("firm", "weak", "weaker", "new")], tuls=[("tul", "dan-gun")])
    states = (
        known("theory/firm/answer", rating=Rating.EASY)
        | known("theory/weak/answer", rating=Rating.HARD)
        | known("theory/weaker/answer", rating=Rating.AGAIN)
    )
    steps = readiness(asked, states, on=TODAY + timedelta(days=30), today=TODAY).steps
    assert [(step.what, step.section, step.item.slug) for step in steps] == [
        ("learn", "tuls", "dan-gun"),
        ("learn", "theory", "new"),
        ("repeat", "theory", "weaker"),
        ("repeat", "theory", "weak"),
    ]


def test_a_grading_in_the_past_is_refused() -> None:
    with pytest.raises(GradingInThePast, match="2026-02-28 is over; today is 2026-03-01"):
        readiness(syllabus(), {}, on=date(2026, 2, 28), today=TODAY)


def test_the_explanation_is_there_in_each_language_and_names_the_share() -> None:
    assert set(EXPLANATION) == {"pl", "en", "ko"}
    assert all("70 %" in text for text in EXPLANATION.values())


Learned = dict[str, tuple[CardState, FsrsMemory]]


def learned(dice: random.Random, *, truth: tuple[float, ...], cards: int, days: int) -> Learned:
    """Return how the cards of a learner stand who is scheduled by FSRS as published, and what they truly remember."""
    return {
        f"theory/question-{number}/answer": _learned_card(
            f"theory/question-{number}/answer", dice, truth=truth, on=TODAY - timedelta(days=dice.randint(1, days))
        )
        for number in range(cards)
    }


def _learned_card(
    card: str, dice: random.Random, *, truth: tuple[float, ...], on: date
) -> tuple[CardState, FsrsMemory]:
    scheduler = fsrs6.scheduler_of(truth, fsrs6.DEFAULT_RETENTION)
    memory, _days = fsrs6.remembered(None, Rating.GOOD, on=on, scheduler=scheduler)
    state = answered(None, review(card, Rating.GOOD, on), FSRS)
    while (on := state.due_on + timedelta(days=dice.choice([0, 0, 1, 5]))) <= TODAY:  # some answers come late
        is_known = dice.random() < fsrs6.retrievability(memory, on=on, parameters=truth)
        rating = dice.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [2, 6, 2])[0] if is_known else Rating.AGAIN
        memory, _days = fsrs6.remembered(memory, rating, on=on, scheduler=scheduler)
        state = answered(state, review(card, rating, on), FSRS)
    return state, memory


def share_recalled_of_those_told_80_percent(truth: tuple[float, ...], *, learners: int = 120) -> tuple[float, int]:
    """Return the share of items told 75 to 85 % that are recalled on the day, and how many there are."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)  # noqa: S311 - learners, not secrets
    on = TODAY + timedelta(days=21)
    recalled: list[bool] = []
    for _learner in range(learners):
        cards = learned(dice, truth=truth, cards=40, days=100)
        asked = syllabus(theory=[("theory", card.split("/")[1]) for card in cards])
        states = {card: state for card, (state, _memory) in cards.items()}
        theory = readiness(asked, states, on=on, today=TODAY).sections[3]
        for item in theory.items:
            if 0.75 <= item.chance <= 0.85:
                _state, memory = cards[f"theory/{item.slug}/answer"]
                recalled.append(dice.random() < fsrs6.retrievability(memory, on=on, parameters=truth))
    return sum(recalled) / len(recalled), len(recalled)


def test_of_items_told_about_80_percent_75_to_85_percent_are_recalled() -> None:
    share, count = share_recalled_of_those_told_80_percent(fsrs6.DEFAULT_PARAMETERS)
    print(f"{share:.3f} of {count}")
    assert count > 500
    assert 0.75 <= share <= 0.85


def test_the_measure_tells_when_the_chances_are_wrong() -> None:
    share, _count = share_recalled_of_those_told_80_percent(WEAK, learners=40)
    assert share < 0.75
