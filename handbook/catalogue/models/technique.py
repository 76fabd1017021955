"""Stances, blocks, punches, strikes, thrusts, kicks and the motions that tuls name."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from handbook.catalogue.models.base import (
    Alias,
    CatalogueItem,
    Language,
    Level,
    Point,
    Translation,
    one_per_language,
    ordered,
    ordered_per_language,
)


class TechniqueCategory(models.TextChoices):
    STANCE = "stance", "stance"
    BLOCK = "block", "block"
    PUNCH = "punch", "punch"
    STRIKE = "strike", "strike"
    THRUST = "thrust", "thrust"
    KICK = "kick", "kick"
    MOTION = "motion", "motion"


class Technique(CatalogueItem):
    """`base` is the general technique that this one is a variant of; `tool` what it hits or blocks with."""

    KIND: ClassVar[str] = "technique"

    category = models.CharField(max_length=6, choices=TechniqueCategory.choices)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="variants")
    tool = models.ForeignKey("catalogue.Term", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=6, choices=Level.choices, blank=True)

    class Meta(CatalogueItem.Meta):
        indexes = [
            *CatalogueItem.Meta.indexes,
            models.Index(fields=["category", "min_belt", "slug", "revision"], name="technique_category_belt_slug"),
        ]
        constraints = [
            *CatalogueItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(category__in=TechniqueCategory.values), name="technique_category_is_known"
            ),
            models.CheckConstraint(condition=Q(base=None) | ~Q(base=F("id")), name="technique_is_not_its_own_base"),
        ]


class TechniqueTranslation(Translation):
    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="translations")
    safety = models.TextField(blank=True)

    class Meta(Translation.Meta):
        constraints = [
            *one_per_language("technique", "technique_translation"),
            models.CheckConstraint(condition=~Q(name=""), name="technique_translation_has_a_name"),
        ]
        indexes = [models.Index(fields=["lang", "name"], name="technique_name")]


class TechniqueAlias(Alias):
    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        constraints = ordered("technique", "technique_alias")
        verbose_name_plural = "technique aliases"


class KeyPoint(Point):
    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="key_points")

    class Meta(Point.Meta):
        constraints = ordered_per_language("technique", "key_point")


class CommonMistake(Point):
    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="mistakes")

    class Meta(Point.Meta):
        constraints = ordered_per_language("technique", "common_mistake")


__all__ = [
    "CommonMistake",
    "KeyPoint",
    "Language",
    "Technique",
    "TechniqueAlias",
    "TechniqueCategory",
    "TechniqueTranslation",
]
