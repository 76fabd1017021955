"""`manage.py reindex_search`: send the published catalogue to Meilisearch."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import searchable_changes
from handbook.search.engines.base import ITEM_TYPES, EngineUnavailable
from handbook.search.engines.meilisearch import MeilisearchIndex
from handbook.search.tasks import pushing, remember_pushed


class Command(BaseCommand):
    help = "Send the published catalogue to Meilisearch, in batches, and remove from it what is not published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--types", nargs="+", choices=ITEM_TYPES, default=ITEM_TYPES)
        parser.add_argument("--batch-size", type=int, default=500)
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--drop", action="store_true", help="Empty the index first.")
        how.add_argument("--dry-run", action="store_true", help="Say what would be sent, send nothing.")

    def handle(
        self, *args: Any, types: Sequence[str], batch_size: int, drop: bool, dry_run: bool, **options: Any
    ) -> str:
        if batch_size < 1:
            raise CommandError("--batch-size must be at least 1.")
        catalogue_id, changes = published_state().catalogue_id, searchable_changes(since=0)
        items = [item for item in changes.items if item.type in types]
        if dry_run:
            return f"Would send {len(items)} items of revision {changes.revision}."
        if not settings.MEILISEARCH_URL:
            raise CommandError("MEILISEARCH_URL is not set; the embedded engine needs no reindexing.")
        try:
            with pushing():
                index = MeilisearchIndex()
                index.prepare(drop=drop)
                for start in range(0, len(items), batch_size):
                    index.put(items[start : start + batch_size])
                index.keep_only(items, types=types)
                if set(types) == set(ITEM_TYPES):
                    remember_pushed(catalogue_id, changes.revision)
        except EngineUnavailable as error:
            raise CommandError(f"Meilisearch refused: {error}") from error
        return f"Sent {len(items)} items of revision {changes.revision}."
