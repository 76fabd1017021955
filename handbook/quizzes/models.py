"""Every answer that a learner ever gave, and by which rules their cards are scheduled."""

from django.conf import settings
from django.db import models

from handbook.sync.models import LearnerRow
from tkd_rules.repetition.reviews import Rating
from tkd_rules.repetition.settings import ALGORITHMS


class Review(LearnerRow):
    """One answer; only ever added. `review_id` comes from the device and is unique within a learner's log.

    Of an answer that the server graded `answer_digest` tells another answer to the same question apart.
    """

    review_id = models.UUIDField()
    card = models.CharField(max_length=120)
    rating = models.PositiveSmallIntegerField(choices=[(rating.value, rating.name.title()) for rating in Rating])
    reviewed_at = models.DateTimeField()
    elapsed_ms = models.PositiveIntegerField()
    device = models.CharField(max_length=40)
    answer_digest = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "review_id"], name="review_once_a_learner"),
            models.CheckConstraint(condition=models.Q(rating__gte=1, rating__lte=4), name="review_rating_known"),
        ]
        indexes = [
            models.Index(fields=["learner", "change"], name="review_by_change"),
            models.Index(fields=["learner", "card", "reviewed_at"], name="review_by_card"),
        ]

    def __str__(self) -> str:
        return f"{self.card}: {self.get_rating_display()}"


class Retraction(LearnerRow):
    """An answer that was taken back. The answer itself stays, and may arrive later than this."""

    review_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "review_id"], name="retraction_once_a_review")]
        indexes = [models.Index(fields=["learner", "change"], name="retraction_by_change")]

    def __str__(self) -> str:
        return str(self.review_id)


class SchedulingRules(LearnerRow):
    """Rules in force from a moment on; only ever added. `parameters` are FSRS-6's 21 numbers, parted by spaces."""

    since = models.DateTimeField()
    device = models.CharField(max_length=40)
    algorithm = models.CharField(max_length=4, choices=[(name, name) for name in ALGORITHMS])
    desired_retention = models.FloatField()
    time_zone = models.CharField(max_length=64)
    parameters = models.CharField(max_length=600)

    class Meta:
        verbose_name_plural = "scheduling rules"
        constraints = [models.UniqueConstraint(fields=["learner", "since", "device"], name="rules_once_a_moment")]
        indexes = [models.Index(fields=["learner", "change"], name="rules_by_change")]

    def __str__(self) -> str:
        return f"{self.algorithm} since {self.since:%Y-%m-%d %H:%M}"


class Fitting(models.Model):
    """One attempt to fit FSRS to a learner, won or lost, and what made it; stays on the server.

    `reviews` are the answers there were, those taken back included. Losses are those of the answers held out.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reviews = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10)
    parameters = models.CharField(max_length=600, help_text="What the optimiser found, adopted or not.")
    held_out = models.PositiveIntegerField()
    default_loss = models.FloatField(null=True)
    in_force_loss = models.FloatField(null=True)
    fitted_loss = models.FloatField(null=True)
    optimiser = models.CharField(max_length=60)
    rules = models.CharField(max_length=60)
    fitted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "reviews"], name="fitting_once_a_length")]

    def __str__(self) -> str:
        return f"{self.verdict} after {self.reviews} answers"
