"""A fit: a log in, the parameters to go on with and the reason out. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from statistics import fmean
from typing import Final
from zoneinfo import ZoneInfo

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview, TrainingConfig

from handbook.quizzes.fitting.histories import Parted, Recall, parted
from handbook.quizzes.fitting.judging import is_better, log_losses
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS, are_parameters
from tkd_rules.repetition.reviews import Review

OPTIMISER: Final = f"fsrs-rs-python {version('fsrs-rs-python')}"
RULES: Final = f"tkd-rules {version('tkd-rules')}, fsrs {version('fsrs')}"
# 21 numbers from fewer answers follow chance: Anki, too, asked for 1,000 while it asked for any.
LEAST_REVIEWS = 1_000
LEAST_RECALLS = 400  # an answer on the day of the one before says little about forgetting
LEAST_OF_EACH = 10  # remembered and forgotten, in either part: who never forgets says nothing about when
# By then the last fifth of the log is newer than all that the fitting before was trained on.
REFIT_GROWTH = 1.25
LONGEST_HISTORY = 100  # each answer is handed over with all before it, so that memory grows by the square
MOST_RECALLS = 50_000
KEPT_DECIMALS = 4  # as parameters are published; the optimiser's floats of 32 bits may lie beyond a bound by less
SEED = 2023  # equal logs give equal parameters


class Verdict(StrEnum):
    """What came of a fitting; `unfit`: the optimiser found nothing that FSRS-6 can work with."""

    TOO_SHORT = "too_short"
    ONE_SIDED = "one_sided"
    UNFIT = "unfit"
    NO_BETTER = "no_better"
    BETTER = "better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """The mean log loss on the held-out answers."""

    default: float
    in_force: float
    fitted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """`parameters` are those to go on with. Without a verdict on held-out answers they are those in force."""

    verdict: Verdict
    parameters: tuple[float, ...]
    fitted: tuple[float, ...] | None = None
    held_out: int = 0
    losses: Losses | None = None


def has_grown(reviews: int, *, since: int) -> bool:
    """Tell whether a log of so many answers is worth a fitting, `since` being its length at the last, 0 for none."""
    return reviews >= max(LEAST_REVIEWS, since * REFIT_GROWTH)


def fit_log(log: Sequence[Review], zone: ZoneInfo, *, in_force: tuple[float, ...] = DEFAULT_PARAMETERS) -> Fit:
    """Fit FSRS-6 to the earlier part of a sorted log and judge it by the later one."""
    parts = parted(log, zone)
    if parts is None or len(log) < LEAST_REVIEWS or len(parts.training) + len(parts.held_out) < LEAST_RECALLS:
        return Fit(verdict=Verdict.TOO_SHORT, parameters=in_force)
    if not (_has_both(parts.training) and _has_both(parts.held_out)):
        return Fit(verdict=Verdict.ONE_SIDED, parameters=in_force)
    fitted = optimised(parts.training)
    if fitted is None:
        return Fit(verdict=Verdict.UNFIT, parameters=in_force)
    return _judged(fitted, parts, in_force)


def optimised(training: Sequence[Recall]) -> tuple[float, ...] | None:
    """Return the parameters that the optimiser finds, None when there are none that FSRS-6 can work with."""
    items = [FSRSItem([FSRSReview(*turn) for turn in recall.turns]) for recall in _manageable(training)]
    try:
        found = FSRS(DEFAULT_PARAMETERS).compute_parameters(items, training_config=TrainingConfig(seed=SEED))
    except ValueError:  # such as NotEnoughData
        return None
    parameters = tuple(round(number, KEPT_DECIMALS) for number in found)
    return parameters if are_parameters(parameters) else None


def _manageable(training: Sequence[Recall]) -> list[Recall]:
    return [recall for recall in training if recall.place < LONGEST_HISTORY][-MOST_RECALLS:]


def _has_both(recalls: Sequence[Recall]) -> bool:
    remembered = sum(recall.is_remembered for recall in recalls)
    return min(remembered, len(recalls) - remembered) >= LEAST_OF_EACH


def _judged(fitted: tuple[float, ...], parts: Parted, in_force: tuple[float, ...]) -> Fit:
    """Nothing stays in force that predicts worse than the published parameters."""
    losses = {parameters: log_losses(parts, parameters) for parameters in {DEFAULT_PARAMETERS, in_force, fitted}}
    means = {parameters: fmean(each) for parameters, each in losses.items()}
    kept = min(in_force, DEFAULT_PARAMETERS, key=means.__getitem__)
    wins = is_better(losses[fitted], losses[kept])
    return Fit(
        verdict=Verdict.BETTER if wins else Verdict.NO_BETTER,
        parameters=fitted if wins else kept,
        fitted=fitted,
        held_out=len(parts.held_out),
        losses=Losses(default=means[DEFAULT_PARAMETERS], in_force=means[in_force], fitted=means[fitted]),
    )
