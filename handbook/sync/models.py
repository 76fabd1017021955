"""How far the changes of each learner's data are counted."""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models


class LearnerCursor(models.Model):
    """The number of a learner's last change. Locked while a batch is stored, so that numbers appear in their order."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="sync_cursor"
    )
    change = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(change__gte=0), name="sync_cursor_not_negative")]

    def __str__(self) -> str:
        return f"{self.learner_id} at {self.change}"


class LearnerRow(models.Model):
    """A row that travels between the devices of its learner; `change` numbers the push that stored it last."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    change = models.BigIntegerField()

    class Meta:
        abstract = True


def numbered(rows: Sequence[LearnerRow], numbers: Iterator[int]) -> None:
    """Give each row the next number."""
    for row in rows:
        row.change = next(numbers)


Rows = TypeVar("Rows", bound=LearnerRow)


def changed_rows(model: type[Rows], learner_id: UUID, *, after: int, limit: int) -> models.QuerySet[Rows]:
    """Return up to `limit` rows changed after a number, in the order of their numbers. One query."""
    return model._default_manager.filter(learner_id=learner_id, change__gt=after).order_by("change")[:limit]
