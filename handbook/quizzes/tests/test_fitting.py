"""Fitting FSRS to a log: who gains by it, who keeps the published parameters, and what the optimiser is given."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from handbook.quizzes.fitting import fit
from handbook.quizzes.fitting.fit import Fit, Verdict, fit_log, has_grown
from handbook.quizzes.fitting.histories import parted
from handbook.quizzes.tests import learners
from handbook.quizzes.tests.learners import BY_FSRS, WEAK, ZONE, always, chance_of, log_by, published_log, weak_log
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS, FsrsMemory, are_parameters
from tkd_rules.repetition.replay import replay
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Settings

WARSAW = ZoneInfo(ZONE)
A, H, G, E = Rating


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_forgets_otherwise_than_the_published_learner_gets_parameters_that_predict_better(seed: int) -> None:
    found = fit_log(weak_log(seed=seed), WARSAW)
    assert found.verdict is Verdict.BETTER
    assert found.losses
    assert found.losses.fitted < found.losses.default == found.losses.in_force
    assert found.parameters == found.fitted
    assert are_parameters(found.parameters)
    assert found.parameters[2] < DEFAULT_PARAMETERS[2] / 2  # what was known at first is kept for a shorter time


def test_equal_logs_give_equal_parameters() -> None:
    log = weak_log(seed=4)
    assert fit_log(log, WARSAW) == fit_log(log, WARSAW)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_is_as_published_stays_so(seed: int) -> None:
    found = fit_log(published_log(seed=seed), WARSAW)
    assert (found.verdict, found.parameters) == (Verdict.NO_BETTER, DEFAULT_PARAMETERS)
    assert found.fitted != DEFAULT_PARAMETERS
    assert found.losses


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_log_of_dice_changes_nothing(seed: int) -> None:
    dice = always(A, *[G] * 9, chance=chance_of(seed))
    found = fit_log(log_by(dice, days=120), WARSAW)
    assert (found.verdict, found.parameters) == (Verdict.NO_BETTER, DEFAULT_PARAMETERS)


@pytest.mark.parametrize("rating", list(Rating))
def test_a_log_of_one_rating_changes_nothing(rating: Rating) -> None:
    log = log_by(always(rating, chance=chance_of(0)), days=100, new_a_day=1 if rating is A else 12)
    assert len(log) > fit.LEAST_REVIEWS
    assert fit_log(log, WARSAW) == Fit(verdict=Verdict.ONE_SIDED, parameters=DEFAULT_PARAMETERS)


def test_a_short_log_changes_nothing() -> None:
    log = weak_log(seed=5)
    short = Fit(verdict=Verdict.TOO_SHORT, parameters=DEFAULT_PARAMETERS)
    assert fit_log((), WARSAW) == fit_log(log[: fit.LEAST_REVIEWS - 1], WARSAW) == short
    in_one_day = log_by(always(A, G, chance=chance_of(0)), days=1, new_a_day=2_000)
    assert fit_log(in_one_day, WARSAW) == short
    two_days = log_by(always(A, chance=chance_of(0)), days=2, new_a_day=fit.LEAST_RECALLS - 1)
    assert len(two_days) > fit.LEAST_REVIEWS
    assert fit_log(two_days, WARSAW) == short


def test_parameters_in_force_that_predict_worse_than_the_published_ones_go() -> None:
    found = fit_log(published_log(seed=6), WARSAW, in_force=WEAK)
    assert (found.verdict, found.parameters) == (Verdict.NO_BETTER, DEFAULT_PARAMETERS)
    assert found.losses
    assert found.losses.in_force > found.losses.default


def test_parameters_in_force_that_predict_well_stay() -> None:
    found = fit_log(weak_log(seed=7), WARSAW, in_force=WEAK)
    assert (found.verdict, found.parameters) == (Verdict.NO_BETTER, WEAK)


def test_a_log_is_fitted_again_when_it_has_grown_by_a_quarter() -> None:
    assert [has_grown(reviews, since=0) for reviews in (999, 1_000)] == [False, True]
    assert [has_grown(reviews, since=2_000) for reviews in (2_000, 2_499, 2_500)] == [False, False, True]


def test_what_the_next_fitting_is_judged_by_is_newer_than_what_this_one_learned_from() -> None:
    log = weak_log(seed=8)
    grown = log[: int(len(log) / fit.REFIT_GROWTH)]
    before, after = parted(grown, WARSAW), parted(log, WARSAW)
    assert before
    assert after
    assert after.since > max(recall.on for recall in before.training)


def review(at: datetime, rating: Rating, card: str = "term/dojang/meaning") -> Review:
    return Review(id=str(at), card=card, rating=rating, reviewed_at=at, elapsed_ms=1, device="phone")


def test_days_are_the_learners_study_days() -> None:
    evening = datetime(2026, 3, 1, 22, tzinfo=UTC)  # 23:00 in Warsaw
    log = [
        review(evening, G),
        review(evening + timedelta(hours=4, minutes=30), H),  # 03:30, the same study day
        review(evening + timedelta(hours=5, minutes=30), A),  # 04:30, the next
        review(evening + timedelta(days=9), E),
    ]
    parts = parted(log, WARSAW)
    assert parts
    recalls = [*parts.training, *parts.held_out]
    assert [(recall.place, recall.on) for recall in recalls] == [(2, date(2026, 3, 2)), (3, date(2026, 3, 10))]
    assert recalls[1].turns == [(3, 0), (2, 0), (1, 1), (4, 8)]


def test_the_optimisers_memory_is_that_of_the_rules() -> None:
    """What is minimised there must be what schedules here; it counts in 32 bits."""
    log = weak_log(seed=9)
    parts = parted(log, WARSAW)
    assert parts
    recall = max(parts.training, key=lambda each: each.place)
    by_card: dict[str, list[Review]] = defaultdict(list)
    for answer in log:
        by_card[answer.card].append(answer)
    answers = list(by_card.values())[parts.histories.index(recall.history)][: recall.place + 1]
    ours = replay(answers, Settings(history=(BY_FSRS,))).memory
    theirs = FSRS(DEFAULT_PARAMETERS).memory_state(FSRSItem([FSRSReview(*turn) for turn in recall.turns]))
    assert isinstance(ours, FsrsMemory)
    assert (theirs.stability, theirs.difficulty) == pytest.approx((ours.stability_days, ours.difficulty), rel=1e-3)


def test_a_log_of_which_the_optimiser_can_make_nothing_changes_nothing() -> None:
    parts = parted(weak_log(seed=10), WARSAW)
    assert parts
    without_first_recalls = [recall for recall in parts.training if recall.place > 1]
    assert fit.optimised(without_first_recalls) is None


def test_a_card_asked_without_end_does_not_fill_the_memory() -> None:
    drilled = [review(learners.MORNING + timedelta(days=day), G if day % 5 else A) for day in range(3_000)]
    parts = parted(drilled, WARSAW)
    assert parts
    assert len(parts.training) > 2 * fit.LONGEST_HISTORY
    assert max(len(recall.turns) for recall in fit._manageable(parts.training)) == fit.LONGEST_HISTORY
