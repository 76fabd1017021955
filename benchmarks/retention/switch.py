"""What falls due after a change from SM-2 to FSRS, for a learner of 2,000 cards."""

import random
from dataclasses import dataclass

from benchmarks.retention.memories import FsrsLearner
from benchmarks.retention.study import Course, begun
from tkd_rules.repetition.replay import replay_all
from tkd_rules.repetition.settings import Rules, Settings

BY_SM2 = Rules(algorithm="sm2")
BY_FSRS = Rules(algorithm="fsrs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Cards due on each day: before the change, and after it by three ways of going on. No new cards after it."""

    cards: int
    before: list[int]
    stays: list[int]
    switches: list[int]
    recalculated: list[int]


def switched(*, seed: int, cards: int = 2_000, new_a_day: int = 8, days: int = 60) -> Switch:
    """`recalculated` is what other software did: FSRS over the whole log, and every due date moved at once."""
    name = f"{seed} switch"
    learner = FsrsLearner.drawn(random.Random(name))  # noqa: S311 - a simulation
    first = begun(learner, BY_SM2, seed=name).live(cards // new_a_day, new_a_day=new_a_day)
    wall = first.under(BY_FSRS, seed=name)
    wall.states = replay_all(first.log, Settings(history=(BY_FSRS,)))
    return Switch(
        cards=len(first.states),
        before=first.due[-days:],
        stays=_due(first.under(BY_SM2, seed=name), days),
        switches=_due(first.under(BY_FSRS, seed=name), days),
        recalculated=_due(wall, days),
    )


def _due(course: Course, days: int) -> list[int]:
    return course.live(days, new_a_day=0).due
