"""Which engine answers, and what happens when Meilisearch does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import structlog
from django.conf import settings

from handbook.search.engines.base import EngineUnavailable, Hit
from handbook.search.engines.breaker import CircuitBreaker
from handbook.search.engines.embedded import engine
from handbook.search.engines.meilisearch import MeilisearchEngine
from tkd_rules.ranking import ItemType

EngineName = Literal["embedded", "meilisearch", "embedded-fallback"]

log = structlog.get_logger(__name__)
breaker = CircuitBreaker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    engine: EngineName
    hits: Sequence[Hit]


def search(text: str, *, item_type: ItemType | None, limit: int) -> Answer:
    """Return the best hits, from Meilisearch where it is configured and well, else from the embedded engine.

    What is published the embedded engine says in both cases: Meilisearch learns of a change by a task, which may be
    late, and of nothing by itself, such as that the time of an item is over.
    """
    if not settings.MEILISEARCH_URL:
        return Answer(engine="embedded", hits=engine.search(text, item_type=item_type, limit=limit))
    if breaker.allows():
        try:
            hits = MeilisearchEngine(engine.published()).search(text, item_type=item_type, limit=limit)
        except EngineUnavailable as error:
            breaker.failed()
            log.warning("meilisearch_failed", error=str(error)[:300])
        else:
            breaker.succeeded()
            return Answer(engine="meilisearch", hits=hits)
    return Answer(engine="embedded-fallback", hits=engine.search(text, item_type=item_type, limit=limit))
