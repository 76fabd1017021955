"""What a holder of a grade learns and shows at the next grading, as the content or an organisation asks for it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from handbook.catalogue.models.base import (
    BELT_CHOICES,
    CatalogueItem,
    Level,
    Translation,
    one_per_language,
)
from handbook.catalogue.models.technique import Technique
from handbook.catalogue.models.term import Term
from handbook.catalogue.models.theory import TheoryQuestion
from handbook.catalogue.models.tul import Tul
from tkd_rules.syllabus import SECTIONS

TARGETS = ("technique", "tul", "term", "theory")


class BeltColour(models.TextChoices):
    WHITE = "white", "white"
    YELLOW = "yellow", "yellow"
    GREEN = "green", "green"
    BLUE = "blue", "blue"
    RED = "red", "red"
    BLACK = "black", "black"


class Syllabus(CatalogueItem):
    """One version of what the grade `min_belt` asks, in force from the day of `valid_from` until that of `valid_to`.

    Every version that is no draft is public on every day, so that a grading next year can be prepared for.
    """

    KIND: ClassVar[str] = "syllabus"

    colour = models.CharField(max_length=6, choices=BeltColour.choices)
    stripe = models.CharField(max_length=6, choices=BeltColour.choices, blank=True)
    promotes_to = models.PositiveSmallIntegerField(choices=BELT_CHOICES)
    min_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    min_months = models.PositiveSmallIntegerField(help_text="The shortest time that is usual.")
    max_months = models.PositiveSmallIntegerField(help_text="The longest time that is usual.")

    class Meta(CatalogueItem.Meta):
        verbose_name_plural = "syllabuses"
        constraints = [
            *CatalogueItem.Meta.constraints,
            models.CheckConstraint(condition=Q(promotes_to__gt=F("min_belt")), name="syllabus_promotes_upwards"),
            models.CheckConstraint(condition=Q(max_months__gte=F("min_months")), name="syllabus_months_are_a_range"),
        ]

    def is_visible(self, *, at: datetime) -> bool:
        return not self.is_draft


class SyllabusTranslation(Translation):
    """The texts of a syllabus; it has no name of its own."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.CASCADE, related_name="translations")
    name = models.CharField(max_length=200, blank=True)
    training_note = models.TextField(blank=True)
    self_defence = models.TextField(blank=True)
    breaking = models.TextField(blank=True)

    class Meta(Translation.Meta):
        constraints = one_per_language("syllabus", "syllabus_translation")


class SyllabusVariant(models.Model):
    """What one organisation, or a club, asks otherwise."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.CASCADE, related_name="variants")
    slug = models.SlugField(max_length=80)
    organisation = models.CharField(max_length=160)
    source = models.TextField()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["syllabus", "slug"], name="syllabus_variant_once"),
            models.CheckConstraint(condition=~Q(slug="") & ~Q(organisation=""), name="syllabus_variant_is_named"),
        ]

    def __str__(self) -> str:
        return self.organisation


def _names_one_item() -> Q:
    one = Q()
    for name in TARGETS:
        others = {f"{other}__isnull": True for other in TARGETS if other != name}
        one |= Q(**{f"{name}__isnull": False}, **others)
    return one


class SyllabusEntry(models.Model):
    """An item that a section asks for; one of a variant is added by it, or dropped."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.CASCADE, related_name="entries")
    variant = models.ForeignKey(
        SyllabusVariant, null=True, blank=True, on_delete=models.CASCADE, related_name="entries"
    )
    is_dropped = models.BooleanField("dropped", default=False, help_text="The variant does not ask for it.")
    section = models.CharField(max_length=15, choices=[(name, name.replace("_", " ")) for name in SECTIONS])
    position = models.PositiveSmallIntegerField(default=0)
    technique = models.ForeignKey(Technique, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tul = models.ForeignKey(Tul, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    theory = models.ForeignKey(TheoryQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    tool = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=6, choices=Level.choices, blank=True)
    stance = models.ForeignKey(Technique, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["section", "position"]
        verbose_name_plural = "syllabus entries"
        constraints = [
            models.CheckConstraint(condition=_names_one_item(), name="syllabus_entry_names_one_item"),
            models.CheckConstraint(condition=Q(section__in=SECTIONS), name="syllabus_entry_section_is_known"),
            models.CheckConstraint(
                condition=Q(is_dropped=False) | Q(variant__isnull=False), name="syllabus_entry_is_dropped_by_a_variant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.technique or self.tul or self.term or self.theory}"
