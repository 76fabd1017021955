"""What learners set for the way to a grading, and the secret address of their calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from handbook.progress.services import choose
from handbook.training.link_secrets import digest_of, new_secret
from handbook.training.models import ScheduleFeed
from tkd_rules.operations import GRADING_ON, STUDY_MINUTES, STUDY_WEEKDAYS, TRAININGS_A_WEEK, number_of_day

SERVER = "server"  # the name under which the server is one of the learner's devices


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`grading_on` is none where no grading is planned, `trainings_a_week` where it stays what it was."""

    grading_on: date | None
    weekdays: frozenset[int]
    minutes_a_day: int
    trainings_a_week: int | None = None


def set_schedule(*, learner_id: UUID, settings: Settings, at: datetime) -> None:
    """Store what was set as choices, which reach the learner's devices like any other."""
    choices = {
        GRADING_ON: number_of_day(settings.grading_on) if settings.grading_on else None,
        STUDY_WEEKDAYS: sum(1 << day for day in settings.weekdays),
        STUDY_MINUTES: settings.minutes_a_day,
    }
    if settings.trainings_a_week is not None:
        choices[TRAININGS_A_WEEK] = settings.trainings_a_week
    choose(learner_id=learner_id, device=SERVER, choices=choices, at=at)


def open_feed(*, learner_id: UUID, time_zone: str, begins_at: time, language: str) -> str:
    """Return the secret of a new address of the calendar; one that there was leads nowhere from now on."""
    secret = new_secret()
    values = {"time_zone": time_zone, "begins_at": begins_at, "language": language}
    ScheduleFeed.objects.update_or_create(
        learner_id=learner_id, defaults=values | {"digest": digest_of(secret), "created_at": timezone.now()}
    )
    return secret


def close_feed(*, learner_id: UUID) -> None:
    ScheduleFeed.objects.filter(learner_id=learner_id).delete()
