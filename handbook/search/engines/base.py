"""What an engine is asked and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, get_args

from tkd_rules.highlighting import highlighted
from tkd_rules.ranking import ItemType, Ranked
from tkd_rules.text_search import Form

ITEM_TYPES: tuple[str, ...] = get_args(ItemType)


class EngineUnavailable(Exception):  # noqa: N818 - it names a state
    """The engine can't answer now; another one should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An item that was found; `snippet` is HTML in which only `<mark>` is markup."""

    type: ItemType
    slug: str
    names: dict[str, str]
    romanization: str
    category: str
    min_belt: str
    matched_field: str
    snippet: str


def hit_of(candidate: Ranked, query: Form) -> Hit:
    item = candidate.entry.item
    return Hit(
        type=item.type,
        slug=item.slug,
        names=item.names,
        romanization=item.romanization,
        category=item.category,
        min_belt=item.min_belt,
        matched_field=candidate.label.field,
        snippet=highlighted(candidate.label.text, query),
    )


class SearchEngine(Protocol):
    def search(self, text: str, *, item_type: ItemType | None, limit: int) -> Sequence[Hit]:
        """Return the best hits first. Raises EngineUnavailable."""
