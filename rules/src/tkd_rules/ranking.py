"""Which of the items that may match is meant: exact before prefix before slips, names before tags before key points.

The server and the device find candidates each in its own way, and rank them here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tkd_rules.grading import parse_belt
from tkd_rules.matching import Forgiving, Match, Quality, match, match_exactly
from tkd_rules.text_search import Form, form_of

ItemType = Literal["technique", "tul", "term"]

NAME, TAG, POINT = range(3)
EXACT, BEGINNING, WITH_SLIPS = range(3)
ENOUGH_OF_ONE_WORD = 3
AS_TYPED = frozenset({Quality.WHOLE, Quality.WORDS})
BY_SOUND = frozenset({Quality.SOUNDS, Quality.PREFIX_SOUND, Quality.INSIDE})
SENTENCES_OF_TYPE = {"technique": "key_points", "tul": "meaning", "term": "note"}
WORDS_OF_TYPE = {"tul": ("tul", "pattern", "układ", "틀"), "technique": (), "term": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableItem:
    """An item as search sees it; names and sentences by language."""

    type: ItemType
    slug: str
    names: dict[str, str]
    romanization: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    key_points: dict[str, tuple[str, ...]]
    category: str
    min_belt: str


@dataclass(frozen=True, slots=True)
class Label:
    """One text by which an item can be found."""

    field: str
    kind: int
    text: str
    form: Form


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its labels prepared."""

    item: SearchableItem
    labels: tuple[Label, ...]
    belt_rank: int


@dataclass(frozen=True, slots=True)
class Ranked:
    entry: Entry
    label: Label
    match: Match

    @property
    def step(self) -> int:
        """0 exact, 1 prefix, 2 with slips, among which counts what outside of names only sounds alike."""
        return WITH_SLIPS if self.label.kind != NAME and self.match.quality in BY_SOUND else self.match.step

    @property
    def key(self) -> tuple[int, int, int, int, int, int, str]:
        """The order of the hits; ties go to the lower grade, so that beginners find what they learn."""
        match = self.match
        return (
            self.step,
            self.label.kind,
            match.quality,
            match.slips,
            match.surplus if self.label.kind == NAME else 0,
            self.entry.belt_rank,
            self.entry.item.slug,
        )


def searchable(kind: ItemType, document: Mapping[str, Any]) -> SearchableItem:
    """Return what search has to know of a catalogue document, whole as the delta brings it."""
    sentences = document[SENTENCES_OF_TYPE[kind]]
    return SearchableItem(
        type=kind,
        slug=document["slug"],
        names=document["name"],
        romanization=document["romanization"],
        aliases=tuple(document["aliases"]),
        tags=tuple(document["tags"]),
        key_points={lang: (text,) if isinstance(text, str) else tuple(text) for lang, text in sentences.items()},
        category=document["kind" if kind == "tul" else "category"],
        min_belt=document["min_belt"],
    )


def entry_of(item: SearchableItem) -> Entry:
    return Entry(item, tuple(_labels(item)), parse_belt(item.min_belt).rank)


def ranked(query: Form, entries: Sequence[Entry], *, limit: int) -> list[Ranked]:
    """Return the best `limit` of the entries that match, best first; slips are forgiven when few match without."""
    found = ranked_without_slips(query, entries, limit=limit)
    if are_enough(found, query, limit=limit):
        return found
    return with_slips(found, query, lambda _last_kind: entries, limit=limit)


def ranked_without_slips(query: Form, entries: Sequence[Entry], *, limit: int) -> list[Ranked]:
    return _sorted(_best_without_slips(query, entry) for entry in entries)[:limit]


def are_enough(found: Sequence[Ranked], query: Form, *, limit: int) -> bool:
    """Whether slips need not be looked for: names say what was typed, or nothing with slips would be shown."""
    wanted = min(limit, ENOUGH_OF_ONE_WORD if len(query.words) == 1 else 1)
    if len(found) >= wanted and found[0].label.kind == NAME and found[0].match.quality in AS_TYPED:
        return True
    return len(found) >= limit and found[limit - 1].step < WITH_SLIPS


def with_slips(
    found: Sequence[Ranked], query: Form, candidates: Callable[[int], Iterable[Entry]], *, limit: int
) -> list[Ranked]:
    """Add what matches with slips to what was found without: names and tags, key points only when nothing else is near.

    `candidates` returns the entries that may match by labels up to a kind.
    """
    matched = {id(candidate.entry) for candidate in found if candidate.step < WITH_SLIPS}
    misspelt = Forgiving(query)
    for last_kind in (TAG, POINT):
        others = [entry for entry in candidates(last_kind) if id(entry) not in matched]
        near = [_best_with_slips(misspelt, entry, last_kind) for entry in others]
        if found or any(near):
            return _once_each(_sorted([*found, *near]))[:limit]
    return []


def _once_each(candidates: Iterable[Ranked]) -> list[Ranked]:
    """Keep the first of each entry: one that sounds alike by a tag may also be near by its name."""
    best: dict[int, Ranked] = {}
    for candidate in candidates:
        best.setdefault(id(candidate.entry), candidate)
    return list(best.values())


def _sorted(candidates: Iterable[Ranked | None]) -> list[Ranked]:
    return sorted(filter(None, candidates), key=lambda candidate: candidate.key)


def _labels(item: SearchableItem) -> Iterator[Label]:
    for lang, name in item.names.items():
        yield Label(f"name.{lang}", NAME, name, form_of(name))
    if item.romanization:
        yield Label("romanization", NAME, item.romanization, form_of(item.romanization))
    for alias in item.aliases:
        yield Label("alias", NAME, alias, form_of(alias))
    together = " ".join([item.romanization, *item.names.values(), *item.aliases, *WORDS_OF_TYPE[item.type]])
    yield Label("name", TAG, together, form_of(together))
    for tag in item.tags:
        yield Label("tag", TAG, tag, form_of(tag))
    for lang, points in item.key_points.items():
        for point in points:
            yield Label(f"key_points.{lang}", POINT, point, form_of(point))


def _best_without_slips(query: Form, entry: Entry) -> Ranked | None:
    """Return the entry by its best label. Labels come in the order of their kinds: after a kind with an exact match
    none is better, and after one with a beginning only an exact one is.
    """
    best: Ranked | None = None
    compare = match
    for label in entry.labels:
        if best and label.kind > best.label.kind:
            if best.step == EXACT:
                return best
            compare = match_exactly if best.step == BEGINNING else match
        best = _better(best, compare(query, label.form), entry, label)
    return best


def _best_with_slips(query: Forgiving, entry: Entry, last_kind: int) -> Ranked | None:
    best: Ranked | None = None
    for label in entry.labels:
        if label.kind > (best.label.kind if best else last_kind):
            break
        best = _better(best, query.match(label.form), entry, label)
    return best


def _better(best: Ranked | None, fits: Match | None, entry: Entry, label: Label) -> Ranked | None:
    if fits is None:
        return best
    found = Ranked(entry, label, fits)
    return found if best is None or found.key < best.key else best
