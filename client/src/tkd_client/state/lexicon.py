"""Looking for something: what was typed, what restricts it, and as many rows as have been scrolled to."""

from dataclasses import dataclass

from tkd_client.offline.catalogue import Catalogue, Summary, Wanted
from tkd_client.offline.search import Search
from tkd_client.state.observed import Observed
from tkd_rules.ranking import ItemType

PAGE = 40
MOST_HITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What narrows a list; None does not."""

    belt_rank: int | None = None
    category: str | None = None
    tag: str | None = None
    slugs: frozenset[str] | None = None


NONE = Restriction()


class Lexicon(Observed):
    """One list of one kind of item, or of all kinds while something is searched for everywhere."""

    def __init__(self, catalogue: Catalogue, search: Search, kind: ItemType | None) -> None:
        super().__init__()
        self._catalogue, self._search, self.kind = catalogue, search, kind
        self.text = ""
        self.restriction = NONE
        self.snippets: dict[tuple[str, str], str] = {}
        self._found: list[Summary] = []
        self._shown = PAGE
        self.refresh()

    @property
    def rows(self) -> list[Summary]:
        """What has been scrolled to; the rest is not built."""
        return self._found[: self._shown]

    @property
    def total(self) -> int:
        return len(self._found)

    @property
    def is_restricted(self) -> bool:
        return bool(self.text) or self.restriction != NONE

    def type(self, text: str) -> None:
        self.text = text
        self.refresh()

    def restrict(self, restriction: Restriction) -> None:
        self.restriction = restriction
        self.refresh()

    def clear(self) -> None:
        self.text = ""
        self.restrict(NONE)

    def show_more(self) -> None:
        if self._shown < self.total:
            self._shown += PAGE
            self.changed()

    def refresh(self) -> None:
        """Look again: something was typed, or the catalogue has changed."""
        self._found = self._hits() if self.text.strip() else self._all()
        self._shown = PAGE
        self.changed()

    def _all(self) -> list[Summary]:
        if self.kind is None:
            return []
        self.snippets = {}
        only = self.restriction
        wanted = Wanted(
            kind=self.kind, belt_rank=only.belt_rank, category=only.category, tag=only.tag, slugs=only.slugs
        )
        return self._catalogue.items(wanted)

    def _hits(self) -> list[Summary]:
        hits = self._search.search(self.text, kind=self.kind, limit=MOST_HITS)
        self.snippets = {(hit.kind, hit.slug): hit.snippet for hit in hits}
        summaries = (self._catalogue.summary(hit.kind, hit.slug) for hit in hits)
        return [item for item in summaries if item and self._is_allowed(item)]

    def _is_allowed(self, item: Summary) -> bool:
        only = self.restriction
        return (
            (only.belt_rank is None or item.belt_rank <= only.belt_rank)
            and only.category in {None, item.category}
            and (only.slugs is None or item.slug in only.slugs)
            and (only.tag is None or self._has_tag(item))
        )

    def _has_tag(self, item: Summary) -> bool:
        document = self._catalogue.document(item.kind, item.slug)
        return document is not None and self.restriction.tag in document["tags"]
