"""The one number behind caching, delta and search, and what has gone."""

import secrets

from django.db import models


def new_epoch() -> str:
    return secrets.token_hex(6)


class CatalogueState(models.Model):
    """A single row. `settled_at`: until when scheduled visibility has been turned into revisions.

    `epoch` is random and belongs to one life of the database: revisions compare within it only.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.CharField(max_length=16, editable=False)
    revision = models.PositiveBigIntegerField(default=0)
    settled_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "catalogue state"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="catalogue_state_is_one_row"),
            models.CheckConstraint(condition=~models.Q(epoch=""), name="catalogue_state_has_an_epoch"),
        ]

    def __str__(self) -> str:
        return f"revision {self.revision}"


class ItemKind(models.TextChoices):
    TECHNIQUE = "technique", "technique"
    TUL = "tul", "tul"
    TERM = "term", "term"
    THEORY = "theory", "theory question"
    SYLLABUS = "syllabus", "syllabus"


class Tombstone(models.Model):
    """What the public saw once and sees no more; `replaced_by` is the slug to look at instead."""

    kind = models.CharField(max_length=9, choices=ItemKind.choices)
    slug = models.SlugField(max_length=80)
    replaced_by = models.SlugField(max_length=80, blank=True)
    revision = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="tombstone_once_per_item"),
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="tombstone_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class DeletedImport(models.Model):
    """An item of the content files that an editor deleted. The import leaves it out until its file changes.

    `imported_digest` is what the deleted item had.
    """

    kind = models.CharField(max_length=9, choices=ItemKind.choices)
    slug = models.SlugField(max_length=80)
    imported_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="deleted_import_once_per_item"),
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="deleted_import_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
