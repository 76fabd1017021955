"""The glossary: tools, directions, numbers, commands, theory."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from handbook.catalogue.models.base import (
    Alias,
    CatalogueItem,
    Point,
    Translation,
    one_per_language,
    ordered,
    ordered_per_language,
)


class TermCategory(models.TextChoices):
    BELT = "belt", "belt"
    COMMAND = "command", "command"
    DIRECTION = "direction", "direction"
    GENERAL = "general", "general"
    LEVEL = "level", "level"
    MOTION = "motion", "motion"
    NUMBER = "number", "number"
    ORDINAL = "ordinal", "ordinal"
    SPARRING = "sparring", "sparring"
    TENET = "tenet", "tenet"
    THEORY = "theory", "theory"
    TOOL = "tool", "tool"


class Term(CatalogueItem):
    KIND: ClassVar[str] = "term"

    category = models.CharField(max_length=9, choices=TermCategory.choices)

    class Meta(CatalogueItem.Meta):
        constraints = [
            *CatalogueItem.Meta.constraints,
            models.CheckConstraint(condition=Q(category__in=TermCategory.values), name="term_category_is_known"),
        ]


class TermTranslation(Translation):
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="translations")
    note = models.TextField(blank=True)

    class Meta(Translation.Meta):
        constraints = [
            *one_per_language("term", "term_translation"),
            models.CheckConstraint(condition=~Q(name=""), name="term_translation_has_a_name"),
        ]
        indexes = [models.Index(fields=["lang", "name"], name="term_name")]


class TermAlias(Alias):
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        constraints = ordered("term", "term_alias")
        verbose_name_plural = "term aliases"


class TermPart(models.Model):
    """What a term consists of: the six factors of the theory of power, the five tenets."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="part_of")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["term", "position"], name="term_part_position_once"),
            models.UniqueConstraint(fields=["term", "part"], name="term_part_once"),
            models.CheckConstraint(condition=~Q(term=F("part")), name="term_is_not_its_own_part"),
        ]

    def __str__(self) -> str:
        return str(self.part)


class TermPromise(Point):
    """A line of an oath."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="promises")

    class Meta(Point.Meta):
        constraints = ordered_per_language("term", "term_promise")
