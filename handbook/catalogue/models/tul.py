"""Tuls and fundamental exercises, step by step, in the notation of content/NOTATION.md."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from handbook.catalogue.models.base import (
    Alias,
    CatalogueItem,
    Confidence,
    Level,
    Translation,
    one_per_language,
    ordered,
)
from handbook.catalogue.models.technique import Technique
from handbook.catalogue.models.term import Term


class Side(models.TextChoices):
    LEFT = "left", "left"
    RIGHT = "right", "right"
    BOTH = "both", "both"


class TulKind(models.TextChoices):
    FUNDAMENTAL_EXERCISE = "fundamental-exercise", "fundamental exercise"
    TUL = "tul", "tul"


class Tul(CatalogueItem):
    """`movements` is the number that the tradition gives; `steps` may be absent where they are not written yet."""

    KIND: ClassVar[str] = "tul"

    kind = models.CharField(max_length=20, choices=TulKind.choices, default=TulKind.TUL)
    number = models.PositiveSmallIntegerField(null=True, blank=True, unique=True, help_text="1 to 24.")
    alternative_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alternatives",
        help_text="The tul in whose place some learn this one.",
    )
    movements = models.PositiveSmallIntegerField()
    diagram_shape = models.CharField(max_length=60, blank=True)
    diagram_char = models.CharField(max_length=1, blank=True)
    ready_stance = models.ForeignKey(Technique, on_delete=models.PROTECT, related_name="+")
    start_facing = models.CharField(max_length=2, default="D")
    closing_foot = models.CharField(max_length=5, choices=Side.choices)
    end_facing = models.CharField(max_length=2, default="D")

    class Meta(CatalogueItem.Meta):
        constraints = [
            *CatalogueItem.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=TulKind.values), name="tul_kind_is_known"),
            models.CheckConstraint(
                condition=Q(number=None) | (Q(number__gte=1) & Q(number__lte=24)), name="tul_number_is_1_to_24"
            ),
            models.CheckConstraint(condition=Q(movements__gte=1), name="tul_has_movements"),
            models.CheckConstraint(
                condition=Q(alternative_to=None) | ~Q(alternative_to=F("id")), name="tul_is_not_its_own_alternative"
            ),
        ]


class TulTranslation(Translation):
    tul = models.ForeignKey(Tul, on_delete=models.CASCADE, related_name="translations")
    meaning = models.TextField(blank=True)
    note = models.TextField(blank=True)
    end_note = models.TextField(blank=True, help_text="How the tul closes, where that needs words.")

    class Meta(Translation.Meta):
        constraints = [
            *one_per_language("tul", "tul_translation"),
            models.CheckConstraint(condition=~Q(name=""), name="tul_translation_has_a_name"),
        ]


class TulAlias(Alias):
    tul = models.ForeignKey(Tul, on_delete=models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        constraints = ordered("tul", "tul_alias")
        verbose_name_plural = "tul aliases"


class Support(models.TextChoices):
    BOTH = "both", "both feet"
    LEFT = "left", "left foot"
    RIGHT = "right", "right foot"
    NONE = "none", "in the air"


class Timing(models.TextChoices):
    NORMAL = "normal", "normal"
    FAST = "fast", "fast motion"
    SLOW = "slow", "slow motion"
    CONTINUOUS = "continuous", "continuous motion"
    CONNECTING = "connecting", "connecting motion"
    CONSECUTIVE = "consecutive", "consecutive kicks"


class TulStep(models.Model):
    """One counted movement. Directions are letters of the diagram, one or two of A to F."""

    tul = models.ForeignKey(Tul, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    romanization = models.CharField(max_length=160, blank=True)
    name_ko = models.CharField(max_length=160, blank=True)
    stance = models.ForeignKey(Technique, null=True, blank=True, on_delete=models.PROTECT, related_name="stance_steps")
    stance_side = models.CharField(max_length=5, choices=Side.choices, blank=True)
    front_foot = models.CharField(max_length=5, choices=Side.choices, blank=True)
    support = models.CharField(max_length=5, choices=Support.choices, default=Support.BOTH)
    facing = models.CharField(max_length=2)
    timing = models.CharField(max_length=12, choices=Timing.choices, default=Timing.NORMAL)
    timing_first = models.PositiveSmallIntegerField(null=True, blank=True, help_text="First step of the group.")
    timing_last = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Last step of the group.")
    keeps_hands_of = models.PositiveSmallIntegerField(null=True, blank=True, help_text="An earlier step's number.")
    detail_pl = models.TextField(blank=True)
    detail_en = models.TextField(blank=True)
    detail_ko = models.TextField(blank=True)
    note_pl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    note_ko = models.TextField(blank=True)
    after_foot = models.CharField(max_length=5, choices=Side.choices, blank=True, help_text="Uncounted return.")
    after_ready = models.ForeignKey(Technique, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    after_facing = models.CharField(max_length=2, blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.HIGH)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["tul", "number"], name="tul_step_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="tul_step_numbers_start_at_1"),
            models.CheckConstraint(
                condition=Q(keeps_hands_of=None) | Q(keeps_hands_of__lt=F("number")),
                name="tul_step_keeps_hands_of_an_earlier_one",
            ),
            models.CheckConstraint(
                condition=Q(timing_first=None, timing_last=None)
                | (Q(timing_first__lte=models.F("number")) & Q(timing_last__gte=models.F("number"))),
                name="tul_step_lies_in_its_timing_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.romanization}"


class FootMove(models.TextChoices):
    STEP = "step", "step"
    SLIP = "slip", "slip"
    PULL = "pull", "pull"
    BRING = "bring", "bring"
    KICK = "kick", "kick"
    LIFT = "lift", "lift"
    LOWER = "lower", "lower"
    CROSS = "cross", "cross"
    PIVOT = "pivot", "pivot"
    SLIDE = "slide", "slide"
    SHIFT = "shift", "shift"
    JUMP = "jump", "jump"
    SPIN = "spin", "spin"
    TURN_IN_PLACE = "turn-in-place", "turn in place"
    RETURN = "return", "return"


class Turn(models.TextChoices):
    CLOCKWISE = "cw", "clockwise seen from above"
    COUNTER_CLOCKWISE = "ccw", "counter-clockwise seen from above"


class Manner(models.TextChoices):
    STAMPING = "stamping", "stamping"
    SLIDING = "sliding", "sliding"
    DOUBLE_STEPPING = "double-stepping", "double stepping"


class StepFootwork(models.Model):
    """What a foot does in a step, in order."""

    step = models.ForeignKey(TulStep, on_delete=models.CASCADE, related_name="footwork")
    position = models.PositiveSmallIntegerField(default=0)
    foot = models.CharField(max_length=5, choices=Side.choices)
    how = models.CharField(max_length=13, choices=FootMove.choices)
    to = models.CharField(max_length=10, blank=True, help_text="A direction, a line, left-foot or right-foot.")
    over = models.CharField(max_length=5, choices=Side.choices, blank=True)
    turn = models.CharField(max_length=3, choices=Turn.choices, blank=True)
    turn_deg = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(720)])
    manner = models.CharField(max_length=15, choices=Manner.choices, blank=True)
    place = models.CharField(max_length=10, blank=True)
    distance_shoulder_widths = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    landing_foot = models.CharField(max_length=5, choices=Side.choices, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "step footwork"
        constraints = [models.UniqueConstraint(fields=["step", "position"], name="step_footwork_position_once")]

    def __str__(self) -> str:
        return f"{self.foot} {self.how} {self.to}".rstrip()


class StepTechnique(models.Model):
    """A technique performed in a step; several are performed in order or together."""

    step = models.ForeignKey(TulStep, on_delete=models.CASCADE, related_name="techniques")
    position = models.PositiveSmallIntegerField(default=0)
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, related_name="tul_uses")
    tool = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="tul_uses")
    side = models.CharField(max_length=5, choices=Side.choices)
    level = models.CharField(max_length=6, choices=Level.choices, blank=True)
    direction = models.CharField(max_length=2)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["step", "position"], name="step_technique_position_once")]

    def __str__(self) -> str:
        return f"{self.side} {self.technique}"
