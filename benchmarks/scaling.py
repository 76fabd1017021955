"""The real catalogue, multiplied: copies of real techniques under other slugs and names."""

from itertools import count, cycle, islice
from typing import Any

from django.db import transaction

from handbook.catalogue import services
from handbook.catalogue.models import (
    CommonMistake,
    KeyPoint,
    Technique,
    TechniqueAlias,
    TechniqueTranslation,
)

CHILDREN: tuple[type[Any], ...] = (TechniqueTranslation, TechniqueAlias, KeyPoint, CommonMistake)
SYLLABLES = ("ka", "ro", "min", "sae", "tul", "bo", "hwa", "jin", "gol", "pyo", "dan", "mok", "su", "ri", "cho", "yong")


@transaction.atomic
def grow_to(techniques: int) -> None:
    """Copy real techniques, with everything below them, until there are `techniques`."""
    originals = list(Technique.objects.exclude(imported_digest="").order_by("slug"))
    held = Technique.objects.count()
    pairs = list(islice(zip(cycle(originals), count(held), strict=False), max(0, techniques - held)))
    copies = Technique.objects.bulk_create([_copy(original, number) for original, number in pairs], batch_size=2000)
    by_original: dict[int, list[tuple[Technique, int]]] = {}
    for (original, number), made in zip(pairs, copies, strict=True):
        by_original.setdefault(original.pk, []).append((made, number))
    for model in CHILDREN:
        model.objects.bulk_create(
            [
                _child_copy(row, made, number)
                for row in model.objects.filter(technique__in=originals)
                for made, number in by_original.get(row.technique_id, [])
            ],
            batch_size=2000,
        )
    services.record_change(copies)


def _copy(original: Technique, number: int) -> Technique:
    return Technique(
        slug=f"{original.slug}-{number}",
        romanization=f"{original.romanization} {_word(number)}",
        category=original.category,
        min_belt=original.min_belt,
        level=original.level,
        is_draft=False,
        source=original.source,
    )


def _child_copy(row: Any, owner: Technique, number: int) -> Any:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "technique_id"}
    }
    if "name" in values:
        values["name"] = f"{values['name']} {_word(number)}"
    return type(row)(technique=owner, **values)


def _word(number: int) -> str:
    """Return a word of four syllables, another for each number below 65,536."""
    return "".join(SYLLABLES[(number * 40503 >> shift) % len(SYLLABLES)] for shift in (0, 4, 8, 12))
