"""Which items the catalogue has ever had, and which there are to learn: what learners keep of an item outlives it."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from handbook.catalogue.models import Tombstone
from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import SHELVES, published
from tkd_rules.grading import Belt
from tkd_rules.repetition.cards import FACETS

Item = tuple[str, str]


def unknown_items(items: Collection[Item]) -> set[Item]:
    """Return those (kind, slug) that were never published; at most one query for each revision and process."""
    if not items:
        return set()
    state = published_state()
    return set(items) - _items_at(state.revision, state.catalogue_id)


@lru_cache(maxsize=2)
def _items_at(_revision: int, _catalogue_id: str) -> frozenset[Item]:
    """Written as SQL: the ORM takes longer to put a union together than the database to answer it."""
    parts = [
        f"SELECT '{shelf.kind}', slug FROM {shelf.model._meta.db_table} WHERE revision > 0"  # noqa: S608 - names of ours
        for shelf in SHELVES
    ]
    parts.append(f"SELECT kind, slug FROM {Tombstone._meta.db_table}")  # noqa: S608 - a name of ours
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return frozenset((kind, slug) for kind, slug in cursor.fetchall())


def items_up_to(belt_rank: int) -> dict[str, list[dict[str, Any]]]:
    """Return slug, grade and number of the published items to learn of a grade and those before it, by kind.

    At most one query for each kind, revision and process.
    """
    state = published_state()
    items = _published_at(state.revision, state.catalogue_id)
    return {kind: [item for rank, item in found if rank <= belt_rank] for kind, found in items.items()}


@lru_cache(maxsize=2)
def _published_at(_revision: int, _catalogue_id: str) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    at = timezone.now()
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for shelf in (shelf for shelf in SHELVES if shelf.kind in FACETS):
        numbered = [field.name for field in shelf.model._meta.fields if field.name == "number"]
        rows = published(shelf, at=at).values("slug", "min_belt", *numbered)
        found[shelf.kind] = [(row["min_belt"], row | {"min_belt": Belt(row["min_belt"]).code}) for row in rows]
    return found
