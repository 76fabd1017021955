"""Search on the device: SQLite's full-text index finds what may match, the shared rules say what is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tkd_client.offline.database import Database
from tkd_client.offline.prepared import loaded
from tkd_rules.ranking import NAME, Entry, ItemType, Ranked, are_enough, ranked_without_slips, with_slips
from tkd_rules.text_search import Form, form_of, highlighted, slips_of_word

CANDIDATES = 60
CANDIDATES_WITH_SLIPS = 30
MOST_NEAR_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit; `snippet` is HTML in which only `<mark>` is markup, empty when a name matched."""

    kind: ItemType
    slug: str
    snippet: str


class Search:
    """Holds the labels of all items in memory, taken from the store when they are first needed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries: dict[int, Entry] = {}
        self._sounds: frozenset[str] = frozenset()

    def forget(self) -> None:
        """The catalogue has changed: read it again at the next search."""
        self._entries = {}

    def warm(self) -> None:
        """Read the labels, so that the first key typed is as quick as the next."""
        if not self._entries:
            rows = self._database.all("SELECT id, entry FROM items")
            self._entries = {row["id"]: loaded(row["entry"]) for row in rows}
            forms = [label.form for entry in self._entries.values() for label in entry.labels if label.kind == NAME]
            self._sounds = frozenset(sound for form in forms for sound in form.sounds)

    def search(self, text: str, *, kind: ItemType | None = None, limit: int = 20) -> list[Found]:
        """Return the best hits first; nothing for a text without a letter."""
        query = form_of(text)
        if not query.words:
            return []
        self.warm()
        found = ranked_without_slips(query, self._candidates(_plain_query(query), kind, CANDIDATES), limit=limit)
        if not query.is_initials and not are_enough(found, query, limit=limit):
            entries = self._candidates(self._forgiving_query(query), kind, CANDIDATES_WITH_SLIPS)
            found = with_slips(found, query, entries, limit=limit)
        return [_found(candidate, query) for candidate in found]

    def _candidates(self, wanted: str, kind: ItemType | None, most: int) -> list[Entry]:
        """Return what the index holds for a query, what matches by name first."""
        sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 20, 1, 20) LIMIT ?"
        rows = self._database.all(sql, (wanted, most * (1 if kind is None else 4)))
        entries = [self._entries[row["rowid"]] for row in rows if row["rowid"] in self._entries]
        return [entry for entry in entries if kind in {None, entry.item.type}][:most]

    def _forgiving_query(self, query: Form) -> str:
        """Ask for the words of names that are near to what was typed, each word on its own and all together."""
        words = [_either([sound, *self._near(sound)]) for sound in query.sounds]
        return _either_query([" AND ".join(words), _either([query.joined_sound, *self._near(query.joined_sound)])])

    def _near(self, sound: str) -> list[str]:
        """Return the words of names that are, or begin, within the slips that are forgiven; the nearest first."""
        slips = {word: slips_of_word(sound, word) for word in self._sounds}
        near = sorted((found, word) for word, found in slips.items() if found is not None)
        return [word for _slips, word in near[:MOST_NEAR_WORDS]]


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
