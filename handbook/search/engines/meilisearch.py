"""Meilisearch, where it is configured: index settings, documents, and searching within the time that is allowed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import meilisearch
from django.conf import settings
from meilisearch.errors import MeilisearchApiError, MeilisearchError

from handbook.search.engines.base import ITEM_TYPES, EngineUnavailable, Hit, hit_of
from tkd_rules.grading import parse_belt
from tkd_rules.matching import Match, Quality
from tkd_rules.ranking import Entry, ItemType, Label, Ranked, SearchableItem, ranked
from tkd_rules.text_search import Form, form_of

INDEX = "handbook"
MAINTENANCE_TIMEOUT_S = 30
TASK_TIMEOUT_MS = 60_000
LANGUAGES = ("pl", "en", "ko")
INDEX_SETTINGS: dict[str, Any] = {
    "searchableAttributes": [
        *(f"name_{lang}" for lang in LANGUAGES),
        "romanization",
        "aliases",
        "joined",
        "sounds",
        "initials",
        "tags",
        *(f"key_points_{lang}" for lang in LANGUAGES),
    ],
    "filterableAttributes": ["id", "type"],
    "rankingRules": ["words", "exactness", "typo", "attribute", "proximity", "sort", "belt_rank:asc"],
    "typoTolerance": {"enabled": True, "minWordSizeForTypos": {"oneTypo": 3, "twoTypos": 6}},
    "synonyms": {"hyung": ["tul"], "hyong": ["tul"], "poomse": ["tul"], "pattern": ["tul"]},
}


def document_id_of(item_type: str, slug: str) -> str:
    return f"{item_type}-{slug}"


def document_of(item: SearchableItem) -> dict[str, Any]:
    """Return an item as Meilisearch stores it; `sounds` and `initials` are folded as the embedded engine folds them."""
    names = [form_of(name) for name in (*item.names.values(), item.romanization, *item.aliases) if name]
    return {
        "id": document_id_of(item.type, item.slug),
        "type": item.type,
        "slug": item.slug,
        **{f"name_{lang}": item.names.get(lang, "") for lang in LANGUAGES},
        "romanization": item.romanization,
        "aliases": list(item.aliases),
        "joined": sorted({form.joined for form in names}),
        "sounds": sorted({" ".join(form.sounds) for form in names} | {form.joined_sound for form in names}),
        "initials": sorted({form.initials for form in names} - {""}),
        "tags": list(item.tags),
        **{f"key_points_{lang}": list(item.key_points.get(lang, ())) for lang in LANGUAGES},
        "category": item.category,
        "min_belt": item.min_belt,
        "belt_rank": parse_belt(item.min_belt).rank,
    }


class MeilisearchEngine:
    """Searching: two questions at most, the words as typed and, when nothing has them, how they sound.

    Meilisearch says which items match; whether and how they are published say the entries, by `type/slug`.
    """

    def __init__(self, published: Mapping[str, Entry]) -> None:
        self._published = published
        self._index = _client(timeout_s=settings.MEILISEARCH_TIMEOUT_MS / 1000).index(INDEX)

    def search(self, text: str, *, item_type: ItemType | None, limit: int) -> Sequence[Hit]:
        query = form_of(text)
        options: dict[str, Any] = {"limit": limit}
        if item_type:
            options["filter"] = f'type = "{item_type}"'
        try:
            entries = self._found(text, options)
            if not entries and query.sounds:
                entries = self._found(" ".join(query.sounds), options | {"attributesToSearchOn": ["sounds"]})
        except (MeilisearchError, ValueError, KeyError, TypeError) as error:
            # The last three: whatever answers at that address is not Meilisearch with our documents.
            raise EngineUnavailable(repr(error)) from error
        return [_hit(entry, query) for entry in entries]

    def _found(self, text: str, options: dict[str, Any]) -> list[Entry]:
        documents = self._index.search(text, options)["hits"]
        keys = [f"{document['type']}/{document['slug']}" for document in documents]
        return [self._published[key] for key in keys if key in self._published]


class MeilisearchIndex:
    """Writing: each call waits until Meilisearch has done it. Raises EngineUnavailable."""

    def __init__(self) -> None:
        self._client = _client(timeout_s=MAINTENANCE_TIMEOUT_S)

    def prepare(self, *, drop: bool = False) -> None:
        """Create the index with our settings; `drop` empties it first."""
        if drop:
            self._done(lambda: self._client.delete_index(INDEX), missing_is_fine=True)
        if not self._exists():
            self._done(lambda: self._client.create_index(INDEX, {"primaryKey": "id"}))
        self._done(lambda: self._client.index(INDEX).update_settings(INDEX_SETTINGS))

    def put(self, items: Iterable[SearchableItem]) -> None:
        documents = [document_of(item) for item in items]
        if documents:
            self._done(lambda: self._client.index(INDEX).add_documents(documents, "id"))

    def remove(self, removed: Iterable[tuple[ItemType, str]]) -> None:
        ids = [document_id_of(item_type, slug) for item_type, slug in removed]
        if ids:
            self._done(lambda: self._client.index(INDEX).delete_documents(filter=f"id IN [{_quoted(ids)}]"))

    def keep_only(self, items: Iterable[SearchableItem], *, types: Sequence[str] = ITEM_TYPES) -> None:
        """Remove what is not among the items, of the types alone that are named."""
        wanted = f"type IN [{_quoted(types)}]"
        ids = _quoted(document_id_of(item.type, item.slug) for item in items)
        if ids:
            wanted += f" AND id NOT IN [{ids}]"
        self._done(lambda: self._client.index(INDEX).delete_documents(filter=wanted))

    def _exists(self) -> bool:
        try:
            self._client.get_index(INDEX)
        except MeilisearchApiError as error:
            if error.code == "index_not_found":
                return False
            raise EngineUnavailable(str(error)) from error
        except MeilisearchError as error:
            raise EngineUnavailable(str(error)) from error
        return True

    def _done(self, ask: Any, *, missing_is_fine: bool = False) -> None:
        try:
            task = self._client.wait_for_task(ask().task_uid, timeout_in_ms=TASK_TIMEOUT_MS)
        except (MeilisearchError, ValueError) as error:  # ValueError: the answer is not what Meilisearch documents
            raise EngineUnavailable(str(error)) from error
        code = (task.error or {}).get("code")
        if task.status != "succeeded" and not (missing_is_fine and code == "index_not_found"):
            raise EngineUnavailable(f"Meilisearch task {task.uid} {task.status}: {task.error}")


def _client(*, timeout_s: float) -> meilisearch.Client:
    return meilisearch.Client(settings.MEILISEARCH_URL, settings.MEILISEARCH_API_KEY or None, timeout=timeout_s)  # type: ignore[arg-type] # requests takes fractions of a second


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)


def _hit(entry: Entry, query: Form) -> Hit:
    """Say where an item matched as the embedded engine does; Meilisearch may find by a rule that we do not have."""
    best = ranked(query, [entry], limit=1)
    return hit_of(best[0] if best else _by_its_name(entry), query)


def _by_its_name(entry: Entry) -> Ranked:
    label: Label = entry.labels[0]
    return Ranked(entry, label, Match(Quality.FUZZY, 0, 0))
