"""A training follows from when it was started and what was pressed: whoever asks when, and however often."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.training.plans import Block, Plan
from tkd_rules.training.running import BACK_TO_START_S, Press, Run, RunState, Sound, sounds_between, state_at, stretches

START = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
JUMPS = Block(kind="exercise", slug="star-jumps", work_s=30, rounds=2, rest_s=10)
KICKS = Block(kind="technique", slug="ap-chagi", repetitions=10, rest_s=20)
LAST = Block(kind="tul", slug="chon-ji", work_s=60, signals=frozenset({"start"}))
PLAN = Plan(blocks=(JUMPS, KICKS, LAST), prepare_s=5)
PRESSES: tuple[Press, ...] = ("pause", "resume", "next", "previous")

blocks = st.builds(
    lambda length, timed, rounds, rest_s, signals: Block(
        kind="exercise",
        slug="anything",
        work_s=length if timed else None,
        repetitions=None if timed else length,
        rounds=rounds,
        rest_s=rest_s,
        signals=frozenset(signals),
    ),
    length=st.integers(5, 90),
    timed=st.booleans(),
    rounds=st.integers(1, 3),
    rest_s=st.integers(0, 30),
    signals=st.sets(st.sampled_from(["start", "halfway", "countdown", "end"])),
)
plans = st.builds(Plan, blocks=st.lists(blocks, min_size=1, max_size=4).map(tuple), prepare_s=st.integers(0, 20))
seconds = st.integers(0, 900_000_000).map(lambda microseconds: microseconds / 1_000_000)
pressed = st.lists(st.tuples(seconds, st.sampled_from(PRESSES)), max_size=8)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def run_of(plan: Plan, *presses: tuple[float, Press]) -> Run:
    run = Run(plan=plan, started_at=START)
    for at_s, what in presses:
        run = run.pressed(what, after(at_s))
    return run


def seen(run: Run, at_s: float) -> tuple[str, int, int, float | None]:
    state = state_at(run, after(at_s))
    return state.phase, state.block, state.round, state.left_s


def test_it_leads_through_rounds_and_rests() -> None:
    run = run_of(PLAN)
    assert seen(run, -3) == ("prepare", 0, 0, 5)
    assert seen(run, 4) == ("prepare", 0, 0, 1)
    assert seen(run, 5) == ("work", 0, 0, 30)
    assert seen(run, 36) == ("rest", 0, 0, 9)
    assert seen(run, 50) == ("work", 0, 1, 25)
    assert seen(run, 76) == ("rest", 0, 1, 9)
    assert seen(run, 85) == ("work", 1, 0, None)
    assert seen(run, 4000) == ("work", 1, 0, None)  # repetitions take as long as they take


def test_repetitions_end_when_somebody_says_so() -> None:
    run = run_of(PLAN, (100, "next"))
    assert seen(run, 110) == ("rest", 1, 0, 10)
    assert seen(run, 125) == ("work", 2, 0, 55)
    assert seen(run, 181) == ("done", 2, 0, None)
    assert state_at(run, after(9000)).trained_s == 180


def test_a_pause_stops_the_clock_and_nothing_else() -> None:
    run = run_of(PLAN, (15, "pause"), (100, "resume"))
    assert seen(run, 60) == ("work", 0, 0, 20)
    assert state_at(run, after(60)).is_paused
    assert seen(run, 110) == ("work", 0, 0, 10)


def test_back_begins_a_stretch_again_and_then_the_one_before() -> None:
    assert seen(run_of(PLAN, (20, "previous")), 20) == ("work", 0, 0, 30)
    soon = 5 + BACK_TO_START_S
    assert seen(run_of(PLAN, (soon, "previous")), soon) == ("prepare", 0, 0, 5)
    assert seen(run_of(PLAN, (1, "previous")), 1) == ("prepare", 0, 0, 5)
    done = run_of(PLAN, (100, "next"), (200, "previous"))
    assert seen(done, 200) == ("work", 2, 0, 60)


def test_forward_from_the_last_ends_it_once() -> None:
    run = run_of(Plan(blocks=(LAST,), prepare_s=0), (10, "next"), (11, "next"))
    assert seen(run, 12)[0] == "done"
    assert [sound for _at, sound in sounds_between(run, START, after(20))] == ["end", "end"]


def test_a_press_of_a_clock_that_was_set_back_counts_when_the_last_one_did() -> None:
    run = run_of(PLAN, (20, "pause"), (3, "resume"))
    assert [press.at for press in run.presses] == [after(20), after(20)]


def test_sounds_come_at_their_moments() -> None:
    run = run_of(PLAN)
    heard: list[tuple[float, Sound]] = [
        ((at - START).total_seconds(), sound) for at, sound in sounds_between(run, after(-1), after(46))
    ]
    assert heard == [
        (2, "tick"), (3, "tick"), (4, "tick"), (5, "start"),
        (20, "halfway"), (32, "tick"), (33, "tick"), (34, "tick"), (35, "rest"),
        (42, "tick"), (43, "tick"), (44, "tick"), (45, "start"),
    ]  # fmt: skip


def test_a_block_makes_only_the_sounds_that_it_asks_for() -> None:
    quiet = Plan(blocks=(Block(kind="tul", slug="chon-ji", work_s=60, rest_s=5, rounds=2, signals=frozenset()),))
    assert [sound for _at, sound in sounds_between(run_of(quiet), after(-1), after(500))] == ["end"]
    assert sounds_between(run_of(Plan(blocks=(LAST,), prepare_s=0)), after(-1), after(60)) == [
        (START, "start"),
        (after(60), "end"),
    ]


def test_no_rest_follows_the_last_round() -> None:
    assert [stretch.phase for stretch in stretches(Plan(blocks=(JUMPS,), prepare_s=0))] == ["work", "rest", "work"]


@given(plans, pressed, st.lists(seconds, min_size=2, max_size=20))
def test_however_often_it_is_asked_no_sound_is_missed_or_doubled(
    plan: Plan, presses: list[tuple[float, Press]], asked: list[float]
) -> None:
    run = run_of(plan, *sorted(presses))
    whole = sounds_between(run, after(-1), after(max(asked)))
    moments = sorted({after(-1), *(after(at_s) for at_s in asked), *(at for at, _sound in whole)})
    piecewise = [sound for one, another in pairwise(moments) for sound in sounds_between(run, one, another)]
    assert piecewise == whole


def test_a_sound_is_heard_by_who_asks_at_its_very_moment_whatever_the_clock_said_before() -> None:
    plan = Plan(blocks=(replace(JUMPS, work_s=36, rounds=3, rest_s=0),), prepare_s=5)
    run = Run(plan=plan, started_at=after(0.254531))
    run = run.pressed("next", after(27.385845)).pressed("resume", after(38.996175))
    again = after(63.385845)
    assert sounds_between(run, after(50), again)[-1] == (again, "start")
    assert (again, "start") not in sounds_between(run, again, after(70))


@given(plans, pressed, seconds)
def test_time_adds_up(plan: Plan, presses: list[tuple[float, Press]], at_s: float) -> None:
    run = run_of(plan, *sorted(presses))
    state = state_at(run, after(at_s))
    assert 0 <= state.trained_s <= at_s + 1e-3
    assert state.gone_s >= 0
    if state.left_s is not None:
        length_s = stretches(plan)[state.index].length_s
        assert length_s == pytest.approx(state.gone_s + state.left_s)


@given(plans, pressed, seconds)
def test_presses_to_come_change_nothing_now(plan: Plan, presses: list[tuple[float, Press]], at_s: float) -> None:
    before = [press for press in sorted(presses) if press[0] <= at_s]
    known, whole = run_of(plan, *before), run_of(plan, *sorted(presses))
    states: list[RunState] = [state_at(run, after(at_s)) for run in (known, whole)]
    assert states[0] == states[1]


@given(plans)
def test_who_only_waits_gets_through_what_is_timed(plan: Plan) -> None:
    state = state_at(run_of(plan), after(plan.about_s + 1))
    if all(block.work_s is not None for block in plan.blocks):
        assert state.phase == "done"
        assert state.trained_s == pytest.approx(plan.about_s)
    else:
        assert plan.blocks[state.block].repetitions is not None or state.phase == "rest"
