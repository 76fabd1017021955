"""Learners who follow FSRS with a memory of their own, and their logs."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from handbook.accounts.models import User
from handbook.quizzes.models import Review as ReviewRow
from handbook.quizzes.models import SchedulingRules
from handbook.quizzes.sync_handlers import review_row
from handbook.sync.models import LearnerCursor, numbered
from handbook.sync.registry import Batch
from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS, FsrsMemory
from tkd_rules.repetition.replay import CardState, answered
from tkd_rules.repetition.reviews import Rating, Review, log_of
from tkd_rules.repetition.settings import Rules

MORNING = datetime(2025, 1, 1, 8, tzinfo=UTC)
ZONE = "Europe/Warsaw"
BY_FSRS = Rules(algorithm="fsrs", time_zone=ZONE)
# Forgets within hours what the published learner keeps for days, and gains little by repeating.
WEAK: tuple[float, ...] = (0.03, 0.1, 0.25, 0.6, *DEFAULT_PARAMETERS[4:8], 1.2, *DEFAULT_PARAMETERS[9:])
Answering = Callable[[FsrsMemory | None, date], Rating]


def remembering(parameters: tuple[float, ...], chance: random.Random) -> Answering:
    """Answer as FSRS-6 says that a learner with these parameters would."""

    def answer(memory: FsrsMemory | None, on: date) -> Rating:
        known = 0.75 if memory is None else fsrs6.retrievability(memory, on=on, parameters=parameters)
        if chance.random() >= known:
            return Rating.AGAIN
        return chance.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [2, 6, 2])[0]

    return answer


def always(*ratings: Rating, chance: random.Random) -> Answering:
    """Answer one of these, whatever the card and the day."""
    return lambda _memory, _on: chance.choice(ratings)


def log_by(
    answer: Answering, *, days: int, new_a_day: int = 6, truth: tuple[float, ...] = DEFAULT_PARAMETERS
) -> tuple[Review, ...]:
    """Return the log of a learner scheduled by FSRS as published, whose memory follows `truth`."""
    scheduler = fsrs6.scheduler_of(truth, fsrs6.DEFAULT_RETENTION)
    memories: dict[str, FsrsMemory] = {}
    states: dict[str, CardState] = {}
    log: list[Review] = []
    for day in range(days):
        today = (MORNING + timedelta(days=day)).date()
        due = [card for card, state in states.items() if state.due_on <= today]
        for card in [*due, *(f"term/word-{len(states) + place}/meaning" for place in range(new_a_day))]:
            rating = answer(memories.get(card), today)
            moment = MORNING + timedelta(days=day, seconds=len(log) % 10_000)
            log.append(_review(len(log), card, rating, moment))
            states[card] = answered(states.get(card), log[-1], BY_FSRS)
            memories[card], _days = fsrs6.remembered(memories.get(card), rating, on=today, scheduler=scheduler)
    return log_of(log)


def published_log(*, seed: int, days: int = 120) -> tuple[Review, ...]:
    return log_by(remembering(DEFAULT_PARAMETERS, chance_of(seed)), days=days)


def weak_log(*, seed: int, days: int = 90) -> tuple[Review, ...]:
    return log_by(remembering(WEAK, chance_of(seed)), days=days, truth=WEAK)


def chance_of(seed: int) -> random.Random:
    print(f"seed {seed}")
    return random.Random(seed)  # noqa: S311 - a learner, not a secret


def _review(number: int, card: str, rating: Rating, moment: datetime) -> Review:
    id_ = f"00000000-0000-7000-8000-{number:012}"
    return Review(id=id_, card=card, rating=rating, reviewed_at=moment, elapsed_ms=2_000, device="phone")


def store(learner: User, log: Sequence[Review], rules: Rules = BY_FSRS) -> None:
    """Keep a log as a push would have, and rules since before it."""
    batch = Batch(learner_id=learner.pk, device="phone", catalogue_revision=0, now=MORNING)
    rows = [review_row(review, batch) for review in log]
    numbered(rows, iter(range(1, len(rows) + 1)))
    ReviewRow.objects.bulk_create(rows, batch_size=500)
    SchedulingRules.objects.create(
        learner=learner,
        change=len(rows) + 1,
        since=MORNING - timedelta(days=1),
        device="phone",
        algorithm=rules.algorithm,
        desired_retention=rules.desired_retention,
        time_zone=rules.time_zone,
        parameters="",
    )
    LearnerCursor.objects.create(learner=learner, change=len(rows) + 1)
