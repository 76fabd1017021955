"""Which items the catalogue has ever had: what learners keep of an item outlives it."""

from collections.abc import Collection
from functools import lru_cache

from django.db import connection

from handbook.catalogue.models import Tombstone
from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import SHELVES

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
