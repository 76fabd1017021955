"""What techniques, tuls, terms and theory questions have in common: publication, revision, languages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from handbook.catalogue.collation import sort_key
from tkd_rules.grading import ALL_BELTS, Belt

BELT_CHOICES = [(belt.rank, belt.code) for belt in ALL_BELTS]


class Language(models.TextChoices):
    PL = "pl", "Polski"
    EN = "en", "English"
    KO = "ko", "한국어"


class Confidence(models.TextChoices):
    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


class Level(models.TextChoices):
    LOW = "low", "low"
    MIDDLE = "middle", "middle"
    HIGH = "high", "high"


class Tag(models.Model):
    """A word that groups items across categories."""

    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


def visible_at(moment: datetime, *, prefix: str = "") -> Q:
    """Return the condition under which the public may see an item; `prefix` is a lookup such as `technique__`."""
    return (
        Q(**{f"{prefix}is_draft": False})
        & (Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": moment}))
        & (Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": moment}))
    )


class CatalogueItem(models.Model):
    """An item of the handbook. Its slug never changes meaning.

    `revision` is the catalogue's revision that last changed what the public sees of it; 0 means that the
    public does not see it. Only `handbook.catalogue.services` moves it. `imported_digest` is of the content
    file's item that was last brought in; an item made in the admin has none.
    """

    KIND: ClassVar[str]

    slug = models.SlugField(max_length=80, unique=True, help_text="Never changes once published.")
    romanization = models.CharField(max_length=160, blank=True)
    min_belt = models.PositiveSmallIntegerField(
        choices=BELT_CHOICES,
        validators=[MinValueValidator(1), MaxValueValidator(len(ALL_BELTS))],
        help_text="The grade at which it is first learned.",
    )
    is_draft = models.BooleanField(default=True)
    valid_from = models.DateTimeField(null=True, blank=True, help_text="UTC; empty: at once.")
    valid_to = models.DateTimeField(null=True, blank=True, help_text="UTC; empty: without end.")
    revision = models.PositiveBigIntegerField(default=0, editable=False, db_index=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.HIGH)
    source = models.TextField(blank=True, help_text="Where each fact comes from; content/SOURCES.md has the tags.")
    has_media = models.BooleanField(default=False, editable=False)
    tags = models.ManyToManyField(Tag, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    imported_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords(
        inherit=True, excluded_fields=["revision", "has_media", "imported_digest", "imported_at"]
    )

    class Meta:
        abstract = True
        ordering = ["min_belt", "slug"]
        # Pages and counts walk this index alone, so that a large catalogue costs a page little more than a small one.
        indexes = [models.Index(fields=["min_belt", "slug", "revision"], name="%(class)s_belt_slug")]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_belt__gte=1) & Q(min_belt__lte=len(ALL_BELTS)), name="%(class)s_min_belt_is_a_grade"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="%(class)s_validity_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="%(class)s_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.romanization or self.slug

    @property
    def belt(self) -> Belt:
        return Belt(self.min_belt)

    def is_visible(self, *, at: datetime) -> bool:
        """Whether the public may see it at a moment; the same condition as `visible_at`."""
        begun = self.valid_from is None or self.valid_from <= at
        ended = self.valid_to is not None and self.valid_to <= at
        return not self.is_draft and begun and not ended


def one_per_language(owner: str, model: str) -> list[Any]:
    return [
        models.UniqueConstraint(fields=[owner, "lang"], name=f"{model}_once_per_language"),
        models.CheckConstraint(condition=Q(lang__in=Language.values), name=f"{model}_language_is_known"),
    ]


def ordered_per_language(owner: str, model: str) -> list[Any]:
    return [
        models.UniqueConstraint(fields=[owner, "lang", "position"], name=f"{model}_position_once_per_language"),
        models.CheckConstraint(condition=Q(lang__in=Language.values), name=f"{model}_language_is_known"),
        models.CheckConstraint(condition=~Q(text=""), name=f"{model}_says_something"),
    ]


def ordered(owner: str, model: str) -> list[Any]:
    return [
        models.UniqueConstraint(fields=[owner, "position"], name=f"{model}_position_once"),
        models.UniqueConstraint(fields=[owner, "text"], name=f"{model}_text_once"),
        models.CheckConstraint(condition=~Q(text=""), name=f"{model}_says_something"),
    ]


if TYPE_CHECKING:
    BytesField = models.BinaryField[bytes, bytes]
else:
    BytesField = models.BinaryField  # Django's own class takes no parameters at run time


class SortKeyField(BytesField):
    """The place of the row's name among those of its language; made anew whenever the row is saved or created."""

    def pre_save(self, model_instance: Any, add: bool) -> bytes:  # noqa: FBT001 - the base's signature
        key = sort_key(model_instance.lang, model_instance.name)
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        """To migrations it is a column of bytes: they may not import living code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class Translation(models.Model):
    """An item's name in one language."""

    lang = models.CharField(max_length=2, choices=Language.choices)
    name = models.CharField(max_length=200)
    sort_key = SortKeyField(default=b"", editable=False)

    history = HistoricalRecords(inherit=True, excluded_fields=["sort_key"])

    class Meta:
        abstract = True
        ordering = ["lang"]

    def __str__(self) -> str:
        return f"{self.lang}: {self.name}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save the sort key with what it is made of, also where only some fields are saved."""
        fields = options.get("update_fields")
        if fields and {"lang", "name"} & set(fields):
            options["update_fields"] = {*fields, "sort_key"}
        super().save(*args, **options)


class Alias(models.Model):
    """Another spelling or word that people use; found by search."""

    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=160)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class Point(models.Model):
    """One sentence of an ordered list, in one language."""

    lang = models.CharField(max_length=2, choices=Language.choices)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()

    class Meta:
        abstract = True
        ordering = ["lang", "position"]

    def __str__(self) -> str:
        return self.text
