"""Exercises, plans of trainings, the diary of who trained by them, and the secret addresses that show them.

Exercises and ready plans come from the content files; a plan of somebody's own has an owner instead of a slug.
What is withdrawn stays, because diaries speak of it.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from handbook.catalogue.collation import sort_key
from handbook.catalogue.models import Language
from handbook.sync.models import LearnerRow
from tkd_rules.grading import ALL_BELTS
from tkd_rules.training.plans import KINDS, LIMITS, SIGNALS
from tkd_rules.training.sessions import EFFORTS

LONGEST_NAME, LONGEST_TEXT, LONGEST_NOTE = 80, 2_000, 200
LONGEST_SIGNALS = len(" ".join(SIGNALS))
EVERY_LANGUAGE = ""  # of a plan that a person wrote, in whatever language


class ExerciseCategory(models.TextChoices):
    WARM_UP = "warm-up", "warm-up"
    STRENGTH = "strength", "strength"
    STANCES = "stances", "stances"
    KICKS = "kicks", "kicks"
    TUL = "tul", "tul"
    SPARRING = "sparring", "sparring"
    STRETCHING = "stretching", "stretching"


class Text(models.Model):
    """A name, and what more there is to say, in one language."""

    LANGUAGES: ClassVar[list[tuple[str, str]]] = list(Language.choices)

    lang = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    name = models.CharField(max_length=LONGEST_NAME)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    sort_key = models.BinaryField(max_length=600, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.lang or Language.PL, self.name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(**kwargs)


class Exercise(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    category = models.CharField(max_length=12, choices=ExerciseCategory)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class ExerciseText(Text):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "lang"], name="exercise_text_once_per_language"),
            models.CheckConstraint(condition=~Q(name=""), name="exercise_text_has_a_name"),
        ]


class Plan(models.Model):
    """`about_s` is how long its blocks take, as the rules say; the services keep it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True, null=True)  # noqa: DJ001 - only ready plans have one
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="training_plans"
    )
    belt = models.PositiveSmallIntegerField(
        choices=[(belt.rank, belt.code) for belt in ALL_BELTS], null=True, blank=True
    )
    prepare_s = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(LIMITS["prepare_s"][1])])
    about_s = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["owner", "updated_at"], name="plan_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug=None, owner__isnull=False) | Q(slug__isnull=False, owner=None),
                name="plan_is_ready_or_owned",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Return what the API calls it: the slug of a ready plan, the UUID of somebody's own."""
        return self.slug or str(self.pk)


class PlanText(Text):
    LANGUAGES: ClassVar[list[tuple[str, str]]] = [*Language.choices, (EVERY_LANGUAGE, "every language")]

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "lang"], name="plan_text_once_per_language"),
            models.CheckConstraint(condition=~Q(name=""), name="plan_text_has_a_name"),
        ]


def _limits(field: str) -> list[MinValueValidator | MaxValueValidator]:
    least, most = LIMITS[field]
    return [MinValueValidator(least), MaxValueValidator(most)]


class PlanBlock(models.Model):
    """A block as the rules know it; `signals` are parted by spaces."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    slug = models.SlugField(max_length=80)
    work_s = models.PositiveSmallIntegerField(null=True, blank=True, validators=_limits("work_s"))
    repetitions = models.PositiveSmallIntegerField(null=True, blank=True, validators=_limits("repetitions"))
    rounds = models.PositiveSmallIntegerField(default=1, validators=_limits("rounds"))
    rest_s = models.PositiveSmallIntegerField(default=0, validators=_limits("rest_s"))
    signals = models.CharField(max_length=LONGEST_SIGNALS, blank=True, default=" ".join(SIGNALS))
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_block_number_once"),
            models.CheckConstraint(
                condition=Q(work_s=None, repetitions__isnull=False) | Q(work_s__isnull=False, repetitions=None),
                name="plan_block_is_timed_or_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.slug}"


class PlanShare(models.Model):
    """The secret link to a plan: whoever has it reads the plan. Only its digest is kept."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, primary_key=True, related_name="share")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.plan_id} since {self.created_at:%Y-%m-%d}"


class TrainingSession(LearnerRow):
    """One training that was done; only ever added.

    `session_id` comes from the device and is unique within a learner's diary.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sessions")
    session_id = models.UUIDField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    effort = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "session_id"], name="session_once_a_learner"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="session_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(effort=None) | Q(effort__gte=EFFORTS[0], effort__lte=EFFORTS[1]),
                name="session_effort_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "change"], name="session_by_change"),
            models.Index(fields=["learner", "plan", "started_at"], name="session_by_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} at {self.started_at:%Y-%m-%d %H:%M}"


class ScheduleFeed(models.Model):
    """The secret address of a learner's calendar, and how it is shown there. Only the digest is kept."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="schedule_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    time_zone = models.CharField(max_length=64)
    begins_at = models.TimeField()
    language = models.CharField(max_length=2, choices=Language)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.learner_id} since {self.created_at:%Y-%m-%d}"
