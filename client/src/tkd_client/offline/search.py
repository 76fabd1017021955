"""Search on the device: SQLite's full-text index finds what may match, the shared rules say what is meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tkd_client.offline.database import Database
from tkd_client.offline.prepared import NOT_SEARCHED, loaded
from tkd_rules.highlighting import highlighted
from tkd_rules.ranking import NAME, POINT, TAG, Entry, ItemType, Ranked, are_enough, ranked_without_slips, with_slips
from tkd_rules.slips import TOO_MANY, SlipsOf, letters_of, slips_of
from tkd_rules.text_search import Form, form_of

CANDIDATES = 60
MOST_HELD_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit; `snippet` is HTML in which only `<mark>` is markup, empty when a name matched."""

    kind: ItemType
    slug: str
    snippet: str


class Search:
    """Holds in memory the labels of all items that are searched, taken from the store when they are first needed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries: dict[int, Entry] = {}
        self._words: dict[int, Words] = {}

    def forget(self) -> None:
        """The catalogue has changed: read it again at the next search."""
        self._entries = {}

    def warm(self) -> None:
        """Read the labels, so that the first key typed is as quick as the next."""
        if not self._entries:
            rows = self._database.all("SELECT id, entry FROM items WHERE entry <> ?", (NOT_SEARCHED,))
            self._entries = {row["id"]: loaded(row["entry"]) for row in rows}
            self._words = {last_kind: Words(self._entries, last_kind) for last_kind in (TAG, POINT)}

    def search(self, text: str, *, kind: ItemType | None = None, limit: int = 20) -> list[Found]:
        """Return the best hits first; nothing for a text without a letter."""
        query = form_of(text)
        if not query.words:
            return []
        self.warm()
        found = ranked_without_slips(query, self._candidates(_plain_query(query), kind), limit=limit)
        if not query.is_initials and not are_enough(found, query, limit=limit):
            found = with_slips(found, query, partial(self._near, query, kind), limit=limit)
        return [_found(candidate, query) for candidate in found]

    def _candidates(self, wanted: str, kind: ItemType | None) -> list[Entry]:
        """Return what the index holds for a query, what matches by name first."""
        sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 20, 1, 20) LIMIT ?"
        rows = self._database.all(sql, (wanted, CANDIDATES * (1 if kind is None else 4)))
        entries = [self._entries[row["rowid"]] for row in rows if row["rowid"] in self._entries]
        return [entry for entry in entries if kind in {None, entry.item.type}][:CANDIDATES]

    def _near(self, query: Form, kind: ItemType | None, last_kind: int) -> list[Entry]:
        """Return what has words that are near to all words of the query, by labels up to a kind."""
        entries = [self._entries[item] for item in sorted(self._words[last_kind].near(query))]
        return [entry for entry in entries if kind in {None, entry.item.type}]


class Words:
    """The words of all labels up to a kind, and which items have them."""

    def __init__(self, entries: Mapping[int, Entry], last_kind: int) -> None:
        self._words, self._wholes = Texts(), Texts()
        for item, entry in entries.items():
            for label in entry.labels:
                if label.kind <= last_kind:
                    # A sentence is looked through as it is written: its sounds would double what a key costs.
                    words = label.form.words if label.kind == POINT else {*label.form.words, *label.form.sounds}
                    self._words.add(words, item)
                if label.kind == NAME:
                    self._wholes.add({label.form.joined, label.form.joined_sound}, item)
        self._held: dict[str, set[int]] = {}

    def near(self, query: Form) -> set[int]:
        """Return the items that have a near word for each word of a query, or a name that is near to all of it."""
        pairs = zip(query.words, query.sounds, strict=True)
        items = set.intersection(*(self._near_word(word) | self._near_word(sound) for word, sound in pairs))
        return items.union(*(self._wholes.near(slips_of(text)) for text in {query.joined, query.joined_sound}))

    def _near_word(self, word: str) -> set[int]:
        """While someone types, all words but the last are those of the key before."""
        if word not in self._held:
            if len(self._held) >= MOST_HELD_WORDS:
                self._held.clear()
            self._held[word] = self._words.near(slips_of(word), or_begin_near=True)
        return self._held[word]


class Texts:
    """Texts by their length, each with its letters as bits: most of them are refused at a glance."""

    def __init__(self) -> None:
        self._items: dict[str, set[int]] = {}
        self._of_length: dict[int, list[tuple[int, str]]] = {}

    def add(self, texts: Iterable[str], item: int) -> None:
        for text in texts:
            if text not in self._items:
                self._items[text] = set()
                self._of_length.setdefault(len(text), []).append((letters_of(text), text))
            self._items[text].add(item)

    def near(self, slips: SlipsOf, *, or_begin_near: bool = False) -> set[int]:
        """Return the items whose texts are near to a word, or begin with what is near to it."""
        shortest, longest = len(slips.word) - slips.most, len(slips.word) + slips.most
        items: set[int] = set()
        for length, texts in self._of_length.items():
            if shortest <= length <= longest:
                similar = _similar(slips, texts)
            elif or_begin_near and length > longest:
                similar = _having_its_letters(slips, texts)
            else:
                continue
            items.update(*(self._items[text] for text in similar if slips[text] < TOO_MANY))
        return items


def _similar(slips: SlipsOf, texts: Iterable[tuple[int, str]]) -> list[str]:
    """Return the texts that may be within the slips: each letter that one of the two lacks is a slip."""
    mine, most = slips.letters, slips.most
    near = [(letters, text) for letters, text in texts if (mine & ~letters).bit_count() <= most]
    return [text for letters, text in near if (letters & ~mine).bit_count() <= most]


def _having_its_letters(slips: SlipsOf, texts: Iterable[tuple[int, str]]) -> list[str]:
    mine, most = slips.letters, slips.most
    return [text for letters, text in texts if (mine & ~letters).bit_count() <= most]


def _plain_query(query: Form) -> str:
    if query.is_initials:
        return f"initials : {_beginning(query.initials)}"
    words = [_either([word, sound]) for word, sound in zip(query.words, query.sounds, strict=True)]
    return _either_query([" AND ".join(words), f"names : {_either([query.joined, query.joined_sound])}"])


def _either(words: Iterable[str]) -> str:
    return "(" + " OR ".join(dict.fromkeys(_beginning(word) for word in words)) + ")"


def _either_query(queries: Sequence[str]) -> str:
    return " OR ".join(f"({query})" for query in queries)


def _beginning(word: str) -> str:
    """Words have no quotation marks: `form_of` keeps letters and digits alone."""
    return f'"{word}"*'


def _found(candidate: Ranked, query: Form) -> Found:
    item, label = candidate.entry.item, candidate.label
    snippet = "" if label.kind == NAME else highlighted(label.text, query)
    return Found(kind=item.type, slug=item.slug, snippet=snippet)
