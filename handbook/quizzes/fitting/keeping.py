"""From a learner's rows to a fitting, and from a fitting to rules that every device hears of."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from handbook.quizzes.fitting.fit import LEAST_REVIEWS, OPTIMISER, RULES, Fit, fit_log, has_grown
from handbook.quizzes.models import Fitting, Review, SchedulingRules
from handbook.quizzes.selectors import log_for, rules_of
from handbook.sync.models import LearnerCursor
from handbook.sync.registry import Batch
from handbook.sync.services import push
from tkd_rules.repetition.days import zone_named
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.settings import Rules, settings_of

DEVICE = "server-fitting"  # what the rules that come from here are signed with
AT_ONCE_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner is: answers stored, taken back or not; those at the last fitting; the rules in force."""

    reviews: int
    fitted_reviews: int
    rules: Rules

    @property
    def wants_fitting(self) -> bool:
        return self.rules.algorithm == "fsrs" and has_grown(self.reviews, since=self.fitted_reviews)


def learners_to_fit() -> Iterator[UUID]:
    """One query, over the learners who changed as much as a fitting needs answers."""
    latest = SchedulingRules.objects.filter(learner_id=OuterRef("pk")).order_by("-since", "-device")
    learners = LearnerCursor.objects.filter(change__gte=LEAST_REVIEWS).annotate(
        algorithm=Subquery(latest.values("algorithm")[:1]),
        reviews=_of_learner(Review.objects.all(), Count("pk")),
        fitted=_of_learner(Fitting.objects.all(), Max("reviews")),
    )
    rows = learners.filter(algorithm="fsrs", reviews__gte=LEAST_REVIEWS).values_list("pk", "reviews", "fitted")
    return (learner_id for learner_id, reviews, fitted in rows.iterator() if has_grown(reviews, since=fitted or 0))


def fit_learner(learner_id: UUID) -> str:
    """Fit, judge and keep; return what came of it. Nothing is locked while the optimiser works."""
    before = standing_of(learner_id)
    if not before.wants_fitting:
        return "nothing to fit"
    fit = fit_log(log_for(learner_id), zone_named(before.rules.time_zone), in_force=before.rules.parameters)
    return fit.verdict if keep(learner_id, fit, before) else "changed meanwhile"


@transaction.atomic
def keep(learner_id: UUID, fit: Fit, before: Standing) -> bool:
    """Keep a fitting once, and its rules with it; False when another was first, or learner or rules are others now."""
    if LearnerCursor.objects.select_for_update().filter(pk=learner_id).first() is None:
        return False
    now = standing_of(learner_id)
    if not now.wants_fitting or now.rules != before.rules:
        return False
    if fit.parameters != now.rules.parameters:
        _tell_devices(learner_id, now.rules, fit.parameters)
    Fitting.objects.create(learner_id=learner_id, reviews=before.reviews, **_as_row(fit))
    return True


def standing_of(learner_id: UUID) -> Standing:
    """Three queries."""
    last = Fitting.objects.filter(learner_id=learner_id).aggregate(reviews=Max("reviews"))
    settings = settings_of(map(rules_of, SchedulingRules.objects.filter(learner_id=learner_id)))
    return Standing(
        reviews=Review.objects.filter(learner_id=learner_id).count(),
        fitted_reviews=last["reviews"] or 0,
        rules=settings.current,
    )


def _tell_devices(learner_id: UUID, rules: Rules, parameters: tuple[float, ...]) -> None:
    """Push the rules in force with other parameters.

    They hold from just after the last known answer, so that no due date moves, and not from now: what the learner
    chooses later, on a device that is offline at this moment, must not be overruled.
    """
    last_answer = Review.objects.filter(learner_id=learner_id).aggregate(at=Max("reviewed_at"))["at"]
    payload = {
        "since": (max(last_answer, rules.since) + AT_ONCE_AFTER).isoformat(),
        "algorithm": rules.algorithm,
        "desired_retention": rules.desired_retention,
        "time_zone": rules.time_zone,
        "parameters": None if parameters == DEFAULT_PARAMETERS else list(parameters),
    }
    batch = Batch(learner_id=learner_id, device=DEVICE, catalogue_revision=0, now=timezone.now())
    [result] = push(batch, [{"id": str(uuid.uuid4()), "kind": "rules", "payload": payload}])
    if result.outcome != "stored":
        raise RuntimeError(f"fitted rules were not stored: {result.outcome}")


def _as_row(fit: Fit) -> dict[str, Any]:
    losses = fit.losses
    return {
        "verdict": fit.verdict,
        "parameters": " ".join(map(repr, fit.fitted or ())),
        "held_out": fit.held_out,
        "default_loss": losses and losses.default,
        "in_force_loss": losses and losses.in_force,
        "fitted_loss": losses and losses.fitted,
        "optimiser": OPTIMISER,
        "rules": RULES,
        "fitted_at": timezone.now(),
    }


def _of_learner(rows: QuerySet[Any], aggregate: Count | Max) -> Subquery:
    grouped = rows.filter(learner_id=OuterRef("pk")).order_by().values("learner_id").annotate(result=aggregate)
    return Subquery(grouped.values("result"), output_field=IntegerField())
