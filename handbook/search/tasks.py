"""Keeping Meilisearch at the published revision."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.core.cache import cache

from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import searchable_changes
from handbook.search.engines.base import EngineUnavailable
from handbook.search.engines.meilisearch import MeilisearchIndex

PUSHED_KEY = "search:meilisearch:pushed"  # holds (catalogue id, revision)
LOCK_KEY = "search:meilisearch:pushing"
LOCK_LIFETIME_S = 120


@shared_task(autoretry_for=(EngineUnavailable,), retry_backoff=True, retry_backoff_max=600, max_retries=10)
def push_changes() -> str:
    """Send what changed since the revision that was pushed last; everything, and nothing else, when that is not known.

    Safe to run twice and side by side: one runs, and the next one finds what the first left.
    """
    with pushing():
        catalogue_id, since = published_state().catalogue_id, pushed_revision()
        changes = searchable_changes(since=since)
        is_whole = not 0 < since <= changes.revision
        index = MeilisearchIndex()
        if is_whole:
            index.prepare()
        index.put(changes.items)
        if is_whole:
            index.keep_only(changes.items)
        else:
            index.remove(changes.removed)
        remember_pushed(catalogue_id, changes.revision)
    return f"revision {changes.revision}: {len(changes.items)} put, {len(changes.removed)} removed"


@contextmanager
def pushing() -> Iterator[None]:
    """Let one at a time write to the index. Raises EngineUnavailable while another does."""
    if not cache.add(LOCK_KEY, 1, timeout=LOCK_LIFETIME_S):
        raise EngineUnavailable("another push is under way")
    try:
        yield
    finally:
        cache.delete(LOCK_KEY)


def pushed_revision() -> int:
    """Return the revision at which Meilisearch is, 0 when that is not known of this life of the catalogue."""
    catalogue_id, revision = cache.get(PUSHED_KEY, ("", 0))
    return int(revision) if catalogue_id == published_state().catalogue_id else 0


def remember_pushed(catalogue_id: str, revision: int) -> None:
    cache.set(PUSHED_KEY, (catalogue_id, revision), timeout=None)
