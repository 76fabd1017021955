"""The exercises that trainings are made of."""

from collections.abc import Sequence
from typing import Any

from handbook.catalogue.documents import Document, all_flattened
from handbook.training.models import Exercise, ExerciseText
from handbook.training.selectors.pages import Page, page_of
from handbook.training.selectors.texts import by_language, ordered


def page_of_exercises(
    *, category: str | None = None, ordering: Sequence[str] = (), lang: str | None = None, page: int, page_size: int
) -> Page:
    """Three queries; no results past the end."""
    rows = Exercise.objects.filter(withdrawn_at=None)
    if category is not None:
        rows = rows.filter(category=category)
    rows = ordered(rows, ExerciseText, "exercise", (*(ordering or ("category",)), "slug"), lang=lang)
    found = page_of(rows.prefetch_related("texts"), page=page, page_size=page_size)
    return Page(count=found.count, results=all_flattened(map(_document, found.results), lang))


def unknown_exercises(slugs: set[str]) -> set[str]:
    """Return those that no exercise has. One query, none for none."""
    if not slugs:
        return set()
    return slugs - set(Exercise.objects.filter(slug__in=slugs, withdrawn_at=None).values_list("slug", flat=True))


def _document(row: Any) -> Document:
    texts = list(row.texts.all())
    return {
        "slug": row.slug,
        "category": row.category,
        "name": by_language(texts, "name"),
        "instructions": by_language(texts, "text"),
    }
