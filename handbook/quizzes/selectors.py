"""A learner's answers as the rules read them, and what follows from them: what is due, and what will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from handbook.accounts.models import User
from handbook.accounts.selectors import profile_of
from handbook.catalogue.known_items import items_up_to
from handbook.progress.selectors import chosen_by
from handbook.quizzes.models import Retraction, Review, SchedulingRules
from tkd_rules.grading import parse_belt
from tkd_rules.repetition import session
from tkd_rules.repetition.cards import belt_deck, chosen_cards
from tkd_rules.repetition.days import ONE_DAY, day_begins_at, study_day, zone_named
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.replay import CardState, replay_all
from tkd_rules.repetition.reviews import Rating, log_of
from tkd_rules.repetition.reviews import Review as Answer
from tkd_rules.repetition.settings import Algorithm, Rules, Settings, settings_of
from tkd_rules.repetition.statistics import days_of, streak_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """All that a learner's answers amount to on a study day."""

    settings: Settings
    log: tuple[Answer, ...]
    on: date
    ends_at: datetime
    states: dict[str, CardState]
    introduced: int

    @property
    def due(self) -> list[CardState]:
        return session.due_cards(self.states.values(), on=self.on)

    @property
    def forecast(self) -> list[int]:
        return session.forecast(self.states.values(), on=self.on)


def learning_of(learner_id: UUID, *, at: datetime) -> Learning:
    """Three queries; the time grows with the answers, 20 microseconds each by FSRS."""
    settings = settings_of(map(rules_of, SchedulingRules.objects.filter(learner_id=learner_id)))
    zone = zone_named(settings.current.time_zone)
    on = study_day(at, zone)
    log = log_for(learner_id)
    today = [day for day in days_of(log, zone) if day.on == on]
    return Learning(
        settings=settings,
        log=log,
        on=on,
        ends_at=day_begins_at(on + ONE_DAY, zone),
        states=replay_all(log, settings),
        introduced=sum(day.introduced for day in today),
    )


def streak_at_risk(learner_id: UUID, *, at: datetime) -> int:
    """Return the days in a row that end unless the learner answers today; 0 when they did. Three queries."""
    settings = settings_of(map(rules_of, SchedulingRules.objects.filter(learner_id=learner_id)))
    zone = zone_named(settings.current.time_zone)
    learned = {day.on for day in days_of(log_for(learner_id), zone)}
    today = study_day(at, zone)
    return 0 if today in learned else streak_days(learned, today=today)


def learners_among(user_ids: Sequence[UUID]) -> list[UUID]:
    """Return who of them ever answered. One query."""
    answered = Review.objects.filter(learner_id__in=user_ids)
    return list(answered.order_by("learner_id").values_list("learner_id", flat=True).distinct())


def log_for(learner_id: UUID) -> tuple[Answer, ...]:
    """Two queries."""
    retracted = Retraction.objects.filter(learner_id=learner_id).values_list("review_id", flat=True)
    answers = map(answer_of, Review.objects.filter(learner_id=learner_id))
    return log_of(answers, retracted={str(review_id) for review_id in retracted})


def new_cards(user: User, learning: Learning) -> list[str]:
    """Return the cards to meet today: what the learner asked for, then favourites, then what their grade must know."""
    choices = chosen_by(user.pk)
    belt_rank = parse_belt(profile_of(user).belt).rank
    return session.new_cards(
        [*chosen_cards(choices), *belt_deck(items_up_to(belt_rank), belt_rank=belt_rank)],
        known=learning.states.keys(),
        introduced_today=learning.introduced,
        new_per_day=choices.get("new_per_day", session.NEW_PER_DAY),
    )


def answer_of(row: Review) -> Answer:
    """Return the row as the rules know it."""
    return Answer(
        id=str(row.review_id),
        card=row.card,
        rating=Rating(row.rating),
        reviewed_at=row.reviewed_at,
        elapsed_ms=row.elapsed_ms,
        device=row.device,
    )


def rules_of(row: SchedulingRules) -> Rules:
    """Return the row as the rules package knows it."""
    return Rules(
        since=row.since,
        device=row.device,
        algorithm=cast("Algorithm", row.algorithm),
        desired_retention=row.desired_retention,
        time_zone=row.time_zone,
        parameters=tuple(map(float, row.parameters.split())) or DEFAULT_PARAMETERS,
    )
