"""The evidence for the schedules: what simulates learners, what is concluded, and the pages that show it."""

import math
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.retention.__main__ import DOCS, QUICK
from benchmarks.retention.memories import LEARNERS, Activation, ActrTrace, FsrsTrace
from benchmarks.retention.pictures import draw_days, draw_schedules, draw_switch
from benchmarks.retention.report import COMPARED, schedules_table, switch_table
from benchmarks.retention.schedules import Outcome, answers_for, ratio, simulated
from benchmarks.retention.switch import Switch, switched
from benchmarks.retention.words import LANGUAGES, Words
from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS, FsrsMemory
from tkd_rules.repetition.reviews import Rating

SCHEDULES = [("sm2", 0.0), *((name, desired) for name in ("published", "fitted") for desired in QUICK.retentions)]


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    print(f"seed {QUICK.seed}")
    return simulated(QUICK, processes=2)


@pytest.fixture(scope="module")
def switch() -> Switch:
    print(f"seed {QUICK.seed}")
    return switched(seed=QUICK.seed)


def of(outcomes: list[Outcome], model: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.model == model]


def test_every_learner_is_measured_under_every_schedule(outcomes: list[Outcome]) -> None:
    measured = [(each.model, each.learner, each.schedule, each.desired_retention) for each in outcomes]
    assert measured == [
        (model, number, *schedule)
        for model in LEARNERS
        for number in range(QUICK.learners)
        for schedule in sorted(SCHEDULES, key=lambda schedule: schedule[1])
    ]
    for outcome in outcomes:
        assert 0.5 < outcome.known < 1
        assert outcome.answers_a_day > QUICK.new_a_day


def test_the_same_seed_gives_the_same_learners(outcomes: list[Outcome]) -> None:
    alone = replace(QUICK, learners=1, retentions=QUICK.retentions[:1])
    again = simulated(alone, processes=1)
    assert again == [each for each in outcomes if each in again]


def test_who_wants_to_know_more_answers_more_and_knows_more(outcomes: list[Outcome]) -> None:
    lower, higher = ([each for each in outcomes if each.desired_retention == desired] for desired in QUICK.retentions)
    for less, more in zip(lower, higher, strict=True):
        assert (less.answers_a_day < more.answers_a_day, less.known < more.known) == (True, True)


def test_fitted_parameters_need_no_more_answers_for_the_same_knowledge(outcomes: list[Outcome]) -> None:
    for model in LEARNERS:
        found = ratio(of(outcomes, model), "fitted", to="published")
        assert found.mean < 1.01 + 2 * found.error
    by_actr = of(outcomes, "actr")
    assert sum(each.is_adopted for each in by_actr) >= QUICK.learners
    assert ratio(by_actr, "fitted", to="published").mean < 0.95


def test_fsrs_as_published_needs_fewer_answers_than_sm2_where_memory_is_like_it(outcomes: list[Outcome]) -> None:
    found = ratio(of(outcomes, "fsrs"), "published", to="sm2")
    assert found.mean + found.error < 1


def test_a_change_to_fsrs_builds_no_wall(switch: Switch) -> None:
    assert switch.cards == 2_000
    assert [len(days) for days in (switch.before, switch.stays, switch.switches, switch.recalculated)] == [60] * 4
    assert switch.switches[0] == switch.stays[0]
    assert max(switch.switches) <= max(switch.before)
    assert switch.recalculated[0] > 3 * max(switch.switches)


def test_answers_are_read_off_the_line_through_the_logarithms() -> None:
    points = [(40.0, 0.8), (60.0, 0.9), (100.0, 0.95)]
    found = [answers_for(1 - forgotten, points) for forgotten in (0.4, 0.2, math.sqrt(0.02), 0.1, 0.025)]
    assert found == pytest.approx([80 / 3, 40, math.sqrt(2_400), 60, 500 / 3])


def test_a_memory_by_fsrs_forgets_as_the_rules_say() -> None:
    memory = FsrsMemory(stability_days=7.5, difficulty=5.0, seen_on=date(2025, 1, 11))
    trace = FsrsTrace(memory=memory, parameters=DEFAULT_PARAMETERS, pace=1.0)
    expected = fsrs6.retrievability(memory, on=date(2025, 2, 1))
    assert trace.chance(31.9) == pytest.approx(expected, abs=1e-6)
    assert replace(trace, pace=2.0).chance(31) < trace.chance(31)


def test_a_memory_by_actr_follows_the_published_equations() -> None:
    once = ActrTrace(practices=((0.0, 0.1768),), model=Activation(), ease=0.0)
    activation = -0.1768 * math.log(86_400 * 0.025)
    assert once.activation(1.0) == pytest.approx(activation)
    assert once.chance(1.0) == pytest.approx(1 / (1 + math.exp((-1.7 - activation) / 0.2549)))
    assert 0.75 < once.chance(1.0) < 0.85
    twice = once.after(Rating.AGAIN, 1.0)
    assert twice.practices[1] == pytest.approx((1.0, 0.217 * math.exp(activation) + 0.1768))
    massed, spaced = once.after(Rating.GOOD, 0.01), once.after(Rating.GOOD, 10.0)
    assert massed.chance(60.0) < twice.chance(60.0) < spaced.chance(60.0)


@pytest.mark.parametrize("model", LEARNERS)
def test_ratings_say_known_as_often_as_the_memory_does(model: str) -> None:
    dice = random.Random(7)  # noqa: S311 - a simulation
    print("seed 7")
    learner = LEARNERS[model].drawn(dice)
    trace, _rating = learner.meet(dice, 0.0)
    known = sum(learner.rate(trace, 3.0, dice) is not Rating.AGAIN for _ in range(20_000)) / 20_000
    assert known == pytest.approx(trace.chance(3.0), abs=0.015)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_tables_and_pictures_come_in_both_languages(
    outcomes: list[Outcome], switch: Switch, words: Words, tmp_path: Path
) -> None:
    table = schedules_table(outcomes, words).splitlines()
    columns = [line.count("|") for line in table if line.startswith("| ")]
    assert columns == [7] * (2 + len(LEARNERS) * len(SCHEDULES)) + [6] * (2 + len(LEARNERS) * len(COMPARED))
    assert str(switch.recalculated[0]) in switch_table(switch, words)
    draw_schedules(outcomes, words, tmp_path / "schedules.png")
    draw_days(outcomes, words, tmp_path / "days.png", fitted_on_day=QUICK.first_days)
    draw_switch(switch, words, tmp_path / "switch.png")
    for picture in tmp_path.iterdir():
        assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_the_pages_show_a_whole_run(words: Words) -> None:
    page = (DOCS / words.language / "retention.md").read_text(encoding="utf-8")
    for mark in ("measured schedules", "measured switch"):
        assert f"<!-- {mark} -->" in page
        assert f"<!-- /{mark} -->" in page
    pictures = re.findall(r"\]\(\.\./pictures/([a-z-]+\.png)\)", page)
    assert len(pictures) == 3
    assert all((DOCS / "pictures" / picture).exists() for picture in pictures)
    for name in words.models.values():
        assert sum(line.startswith(f"| {name} |") for line in page.splitlines()) == 11 + len(COMPARED)
