"""Which parameters predict better: by the rules' own forecasts of answers that nobody was trained on."""

from collections.abc import Sequence
from math import log, sqrt
from statistics import fmean, stdev

from handbook.quizzes.fitting.histories import History, Parted
from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.fsrs6 import FsrsMemory
from tkd_rules.repetition.reviews import Rating

MOST_CERTAIN = 0.9999  # one surprise must not outweigh all other answers
# Chance gets another try with each fitting. With one standard error, most simulated learners near the published
# parameters took others at some time, and gained nothing by it (benchmarks/retention).
LEAST_STANDARD_ERRORS = 2.0


def log_losses(parts: Parted, parameters: tuple[float, ...]) -> list[float]:
    """Return what each held-out answer costs these parameters, always in the same order; less is better."""
    losses: list[float] = []
    for history in parts.histories:
        if history[-1].on >= parts.since:
            losses += _losses(history, parts, parameters)
    return losses


def is_better(losses: Sequence[float], than: Sequence[float]) -> bool:
    """Tell whether the first predict better than the second by more than chance."""
    gains = [old - new for new, old in zip(losses, than, strict=True)]
    return fmean(gains) > LEAST_STANDARD_ERRORS * stdev(gains) / sqrt(len(gains))


def _losses(history: History, parts: Parted, parameters: tuple[float, ...]) -> list[float]:
    scheduler = fsrs6.scheduler_of(parameters, fsrs6.DEFAULT_RETENTION)
    memory: FsrsMemory | None = None
    losses = []
    for asked in history:
        if memory and asked.on > memory.seen_on and asked.on >= parts.since:
            known = fsrs6.retrievability(memory, on=asked.on, parameters=parameters)
            expected = known if asked.rating is not Rating.AGAIN else 1 - known
            losses.append(-log(min(max(expected, 1 - MOST_CERTAIN), MOST_CERTAIN)))
        memory, _days = fsrs6.remembered(memory, asked.rating, on=asked.on, scheduler=scheduler)
    return losses
