"""Stances, blocks, punches, strikes, thrusts, kicks and the motions that tuls name."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
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


class NamedAfter(models.TextChoices):
    FRONT = "front", "front leg"
    REAR = "rear", "rear leg"
    SUPPORTING = "supporting", "supporting leg"
    NONE = "none", "neither leg"


SHOULDER_WIDTHS = (MinValueValidator(0), MaxValueValidator(4))
OUTWARD = (MinValueValidator(-90), MaxValueValidator(90))


class StanceGeometry(models.Model):
    """How long and wide a stance is, between the centres of the feet, and where its feet point.

    Without a share of weight in front, all of it is on the supporting leg.
    """

    technique = models.OneToOneField(Technique, on_delete=models.CASCADE, related_name="geometry")
    length_shoulder_widths = models.DecimalField(
        max_digits=3, decimal_places=2, validators=SHOULDER_WIDTHS, help_text="Along the facing."
    )
    width_shoulder_widths = models.DecimalField(
        max_digits=3, decimal_places=2, validators=SHOULDER_WIDTHS, help_text="Across the facing."
    )
    named_after = models.CharField(max_length=10, choices=NamedAfter.choices)
    weight_front_percent = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)], help_text="Empty: all on the supporting leg."
    )
    knees = models.CharField(max_length=40)
    front_foot_outward_deg = models.DecimalField(max_digits=4, decimal_places=1, validators=OUTWARD)
    rear_foot_outward_deg = models.DecimalField(max_digits=4, decimal_places=1, validators=OUTWARD)
    source = models.TextField(help_text="Where the measures come from.")

    class Meta:
        verbose_name_plural = "stance geometry"
        constraints = [
            models.CheckConstraint(condition=Q(named_after__in=NamedAfter.values), name="stance_named_after_is_known"),
            models.CheckConstraint(
                condition=Q(length_shoulder_widths__range=(0, 4)) & Q(width_shoulder_widths__range=(0, 4)),
                name="stance_is_0_to_4_shoulder_widths",
            ),
            models.CheckConstraint(
                condition=Q(weight_front_percent=None) | Q(weight_front_percent__lte=100),
                name="stance_weight_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(front_foot_outward_deg__range=(-90, 90)) & Q(rear_foot_outward_deg__range=(-90, 90)),
                name="stance_feet_point_ahead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length_shoulder_widths} × {self.width_shoulder_widths}"


__all__ = [
    "CommonMistake",
    "KeyPoint",
    "Language",
    "NamedAfter",
    "StanceGeometry",
    "Technique",
    "TechniqueAlias",
    "TechniqueCategory",
    "TechniqueTranslation",
]
