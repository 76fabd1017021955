"""Fitting by night: who is asked, what is kept, what the devices hear, and that nothing is kept twice or by half."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.celery import app
from handbook.common.tests.concurrency import at_once
from handbook.quizzes import tasks
from handbook.quizzes.fitting import keeping
from handbook.quizzes.fitting.fit import OPTIMISER, REFIT_GROWTH, RULES, fit_log
from handbook.quizzes.models import Fitting, Review, SchedulingRules
from handbook.quizzes.selectors import learning_of, log_for, rules_of
from handbook.quizzes.tests.learners import BY_FSRS, WEAK, ZONE, published_log, store, weak_log
from handbook.sync.registry import Batch
from handbook.sync.services import push
from handbook.sync.tests.make import rules
from tkd_rules.repetition.days import zone_named
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.settings import Rules, settings_of

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The worker is gone."""


@pytest.fixture
def mina() -> User:
    """A learner who forgets otherwise than the published one."""
    learner = accounts.user()
    store(learner, weak_log(seed=11), Rules(algorithm="fsrs", time_zone=ZONE, desired_retention=0.85))
    return learner


def rules_in_force(learner: User) -> Rules:
    return settings_of(map(rules_of, SchedulingRules.objects.filter(learner=learner))).current


def kept(learner: User) -> tuple[int, int]:
    """Return how many rules and fittings there are."""
    return (
        SchedulingRules.objects.filter(learner=learner).count(),
        Fitting.objects.filter(learner=learner).count(),
    )


def pull(learner: User, since: int) -> Any:
    return json.loads(accounts.client_of(learner).get(f"/api/v1/sync/learner?since={since}").content)


def test_every_device_hears_of_parameters_that_predict_better(mina: User) -> None:
    cursor = mina.sync_cursor.change
    assert tasks.fit_learner(str(mina.pk)) == "better"
    [fitting] = Fitting.objects.filter(learner=mina)
    assert fitting.fitted_loss
    assert fitting.default_loss
    assert fitting.fitted_loss < fitting.default_loss == fitting.in_force_loss
    assert (fitting.optimiser, fitting.rules) == (OPTIMISER, RULES)
    assert (fitting.reviews, fitting.held_out > 0) == (Review.objects.count(), True)
    [change] = pull(mina, cursor)["changes"]
    given = change["payload"]
    assert change["kind"] == "rules"
    assert (given["algorithm"], given["desired_retention"], given["time_zone"]) == ("fsrs", 0.85, ZONE)
    assert given["parameters"] == list(map(float, fitting.parameters.split())) != list(DEFAULT_PARAMETERS)
    assert rules_in_force(mina).parameters == tuple(given["parameters"])


def test_new_parameters_move_no_due_date(mina: User) -> None:
    before = learning_of(mina.pk, at=timezone.now()).states
    tasks.fit_learner(str(mina.pk))
    assert rules_in_force(mina).parameters != DEFAULT_PARAMETERS
    assert learning_of(mina.pk, at=timezone.now()).states == before


def test_a_second_run_finds_the_first(mina: User) -> None:
    tasks.fit_learner(str(mina.pk))
    assert tasks.fit_learner(str(mina.pk)) == "nothing to fit"
    assert kept(mina) == (2, 1)


def test_runs_at_the_same_moment_keep_one_result(mina: User) -> None:
    outcomes: list[str] = []
    assert at_once([lambda: outcomes.append(tasks.fit_learner(str(mina.pk)))] * 3) == []
    assert kept(mina) == (2, 1)
    assert outcomes.count("better") == 1
    assert set(outcomes) <= {"better", "changed meanwhile", "nothing to fit"}


def test_a_run_that_is_killed_before_its_end_leaves_nothing_and_the_next_does_all(mina: User) -> None:
    before, cursor = keeping.standing_of(mina.pk), mina.sync_cursor.change
    fit = fit_log(log_for(mina.pk), zone_named(ZONE))
    with suppress(Killed), transaction.atomic():
        assert keeping.keep(mina.pk, fit, before)
        raise Killed
    assert (kept(mina), pull(mina, cursor)["changes"]) == ((1, 0), [])
    assert tasks.fit_learner(str(mina.pk)) == "better"
    assert kept(mina) == (2, 1)


def test_who_gains_nothing_is_remembered_and_not_asked_again_before_the_log_has_grown() -> None:
    mina, log = accounts.user(), published_log(seed=1)
    store(mina, log[: int(len(log) / REFIT_GROWTH)])
    assert tasks.fit_learners() == "1 learners"
    [fitting] = Fitting.objects.filter(learner=mina)
    assert (fitting.verdict, kept(mina)) == ("no_better", (1, 1))
    assert fitting.fitted_loss is not None
    assert tasks.fit_learners() == "0 learners"
    SchedulingRules.objects.filter(learner=mina).delete()
    mina.sync_cursor.delete()
    Review.objects.filter(learner=mina).delete()
    store(mina, log)
    assert tasks.fit_learners() == "1 learners"
    assert kept(mina) == (1, 2)


def test_by_night_those_are_asked_who_use_fsrs_and_have_answers_enough(mina: User) -> None:
    by_sm2, beginner, gone = accounts.user(), accounts.user(), accounts.user()
    store(by_sm2, weak_log(seed=12), Rules(algorithm="sm2", time_zone=ZONE))
    store(beginner, weak_log(seed=12)[:999])
    store(gone, weak_log(seed=12))
    gone.delete()
    assert tasks.fit_learners() == "1 learners"
    assert [kept(learner) for learner in (mina, by_sm2, beginner)] == [(2, 1), (1, 0), (1, 0)]
    assert tasks.fit_learner(str(by_sm2.pk)) == tasks.fit_learner(str(beginner.pk)) == "nothing to fit"


def test_a_log_that_says_too_little_is_remembered() -> None:
    mina = accounts.user()
    store(mina, [review for review in weak_log(seed=13, days=365) if review.card < "term/word-12"][:1_000])
    Review.objects.filter(learner=mina).update(rating=3)
    assert tasks.fit_learner(str(mina.pk)) == "one_sided"
    [fitting] = Fitting.objects.filter(learner=mina)
    assert (fitting.parameters, fitting.held_out, fitting.fitted_loss) == ("", 0, None)


def test_a_learner_who_was_deleted_meanwhile_is_let_go(mina: User) -> None:
    before = keeping.standing_of(mina.pk)
    fit = fit_log(log_for(mina.pk), zone_named(ZONE))
    learner_id = mina.pk
    mina.delete()
    assert not keeping.keep(learner_id, fit, before)
    assert tasks.fit_learner(str(learner_id)) == tasks.fit_learner(str(uuid4())) == "nothing to fit"
    assert not Fitting.objects.exists()


def test_rules_chosen_while_the_optimiser_worked_stay(mina: User) -> None:
    before = keeping.standing_of(mina.pk)
    fit = fit_log(log_for(mina.pk), zone_named(ZONE))
    batch = Batch(learner_id=mina.pk, device="phone", catalogue_revision=0, now=timezone.now())
    push(batch, [rules(algorithm="sm2", since=timezone.now().isoformat())])
    assert not keeping.keep(mina.pk, fit, before)
    assert (rules_in_force(mina).algorithm, kept(mina)) == ("sm2", (2, 0))


def test_rules_chosen_on_a_device_that_was_offline_overrule_the_fitted_ones(mina: User) -> None:
    last_answer = max(review.reviewed_at for review in log_for(mina.pk))
    tasks.fit_learner(str(mina.pk))
    batch = Batch(learner_id=mina.pk, device="tablet", catalogue_revision=0, now=timezone.now())
    push(batch, [rules(algorithm="sm2", since=(last_answer + timedelta(hours=1)).isoformat())])
    assert rules_in_force(mina).algorithm == "sm2"


def test_parameters_that_serve_worse_than_the_published_ones_are_taken_back() -> None:
    mina = accounts.user()
    store(mina, published_log(seed=2))
    SchedulingRules.objects.filter(learner=mina).update(parameters=" ".join(map(repr, WEAK)))
    assert tasks.fit_learner(str(mina.pk)) == "no_better"
    assert rules_in_force(mina).parameters == DEFAULT_PARAMETERS == BY_FSRS.parameters
    assert kept(mina) == (2, 1)


def test_the_nightly_plan_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
