"""Keeping Meilisearch at the published revision."""

from celery import shared_task
from django.core.cache import cache

from handbook.catalogue.selectors import searchable_changes
from handbook.search.engines.base import EngineUnavailable
from handbook.search.engines.meilisearch import MeilisearchIndex

PUSHED_REVISION_KEY = "search:meilisearch:revision"
LOCK_KEY = "search:meilisearch:pushing"
LOCK_LIFETIME_S = 120


@shared_task(autoretry_for=(EngineUnavailable,), retry_backoff=True, retry_backoff_max=600, max_retries=10)
def push_changes() -> str:
    """Send what changed since the revision that was pushed last; everything when that is not known.

    Safe to run twice and side by side: one runs, and the next one finds what the first left.
    """
    if not cache.add(LOCK_KEY, 1, timeout=LOCK_LIFETIME_S):
        raise EngineUnavailable("another push is under way")
    try:
        since: int = cache.get(PUSHED_REVISION_KEY, 0)
        changes = searchable_changes(since=since)
        index = MeilisearchIndex()
        if not since:
            index.prepare()
        index.put(changes.items)
        index.remove(changes.removed)
        cache.set(PUSHED_REVISION_KEY, changes.revision, timeout=None)
    finally:
        cache.delete(LOCK_KEY)
    return f"revision {changes.revision}: {len(changes.items)} put, {len(changes.removed)} removed"
