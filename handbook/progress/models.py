"""How far a learner is, and what they chose. Two devices' versions are merged by the rules package."""

from typing import ClassVar

from django.db import models

from handbook.sync.models import LearnerRow
from tkd_rules.merge import STATUSES


class MergedRow(LearnerRow):
    """One row for a learner and a `key`: a later change replaces it, by the moment it happened on its device."""

    key: ClassVar[tuple[str, ...]]

    occurred_at = models.DateTimeField()
    device = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Choice(MergedRow):
    """A favourite, an item to be asked about, or a number; neither flag nor number when it was taken back."""

    key = ("name",)

    name = models.CharField(max_length=120)
    flag = models.BooleanField(default=False)
    number = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "name"], name="choice_once_a_name"),
            models.CheckConstraint(
                condition=models.Q(flag=False) | models.Q(number__isnull=True), name="choice_flag_or_number"
            ),
        ]
        indexes = [models.Index(fields=["learner", "change"], name="choice_by_change")]

    def __str__(self) -> str:
        return self.name


class Progress(MergedRow):
    key = ("item_type", "item")

    item_type = models.CharField(max_length=20)
    item = models.CharField(max_length=80)
    status = models.CharField(max_length=20, choices=[(name, name) for name in STATUSES])
    score = models.PositiveSmallIntegerField(default=0)
    streak = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["learner", "item_type", "item"], name="progress_once_an_item"),
            models.CheckConstraint(condition=models.Q(score__lte=100), name="progress_score_in_percent"),
        ]
        indexes = [models.Index(fields=["learner", "change"], name="progress_by_change")]

    def __str__(self) -> str:
        return f"{self.item_type} {self.item}: {self.status}"
