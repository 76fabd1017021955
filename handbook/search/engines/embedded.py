"""The embedded engine: a tantivy index in memory that belongs to one revision of the catalogue.

tantivy finds candidates among thousands of items; which of them is meant is decided by `ranking`.
"""

import gc
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import structlog
import tantivy
from django.db import close_old_connections

from handbook.catalogue.revision import Published, published_state
from handbook.catalogue.selectors import SearchableChanges, searchable_changes
from handbook.search.engines.base import Hit, hit_of
from tkd_rules.ranking import NAME, POINT, TAG, Entry, ItemType, are_enough, entry_of, ranked_without_slips, with_slips
from tkd_rules.slips import allowed_slips
from tkd_rules.text_search import Form, form_of

CANDIDATES = 60
CANDIDATES_WITH_SLIPS = 30  # comparing with slips costs several times as much
WRITER_HEAP_BYTES = 15_000_000
BIG_CHANGE_ITEMS = 500
LONGEST_WORD = 40
MOST_WORDS_WITH_SLIPS = 12  # who has typed more has said enough
LONGEST_WITH_SLIPS = 24  # the longer a text, the dearer its slips, and the more its words say
SHORTEST_BEGINNING_OF_REST = 3  # fewer letters begin some word of every key point
# Where the beginnings of a field's words are held as words of their own: a term is found faster than a prefix.
BEGINNINGS = {"whole": "whole_begins", "names": "names_begin", "rest": "rest_begins", "initials": "initials_begin"}
# Where misspelt words are looked for, by the last kind of label that they may stand in.
NEAR = {TAG: "near", POINT: "anywhere"}

log = structlog.get_logger(__name__)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("type", tokenizer_name="raw")
    for field in ("whole", "names", "rest", *NEAR.values(), *BEGINNINGS.values()):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


class EmbeddedEngine:
    """Each worker process has one. Searching first brings the index to the published revision."""

    def __init__(self) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._writer = self._index.writer(WRITER_HEAP_BYTES, 1)
        self._entries: dict[str, Entry] = {}
        self._catalogue_id, self._revision = "", 0
        self._lock = threading.Lock()
        self._rebuild: threading.Thread | None = None

    def search(self, text: str, *, item_type: ItemType | None, limit: int) -> Sequence[Hit]:
        self.follow(published_state())
        query = form_of(text)
        if not query.words:
            return []
        found = ranked_without_slips(query, self._candidates(query, item_type), limit=limit)
        if not query.is_initials and not are_enough(found, query, limit=limit):
            near = partial(self._candidates_with_slips, query, item_type)
            found = with_slips(found, query, near, limit=limit)
        return [hit_of(candidate, query) for candidate in found]

    def published(self) -> Mapping[str, Entry]:
        """Return what is published now, by `type/slug`; the moment of what is scheduled is noticed here, too."""
        self.follow(published_state())
        return self._entries

    def follow(self, state: Published) -> None:
        """Bring the index to what is published: a small change at once, a big one beside the searches that go on."""
        if self._is_at(state):
            return
        with self._lock:
            if self._is_at(state) or (self._rebuild and self._rebuild.is_alive()):
                return
            # In another life of the catalogue the same revision says something else.
            since = self._revision if state.catalogue_id == self._catalogue_id else 0
            changes = searchable_changes(since=since)
            if self._revision and len(changes.items) > BIG_CHANGE_ITEMS:
                work = partial(self._apply, state.catalogue_id, since, changes)
                self._rebuild = threading.Thread(target=work, daemon=True)
                self._rebuild.start()
            else:
                self._apply(state.catalogue_id, since, changes)

    def wait(self) -> None:
        """Return when a rebuild that goes on beside the searches is done."""
        if self._rebuild:
            self._rebuild.join()

    def _is_at(self, state: Published) -> bool:
        return self._revision == state.revision and self._catalogue_id == state.catalogue_id

    def _apply(self, catalogue_id: str, since: int, changes: SearchableChanges) -> None:
        started_afresh = not 0 < since <= changes.revision
        entries = {} if started_afresh else dict(self._entries)
        if started_afresh:
            self._writer.delete_all_documents()
        for item in changes.items:
            key = f"{item.type}/{item.slug}"
            self._writer.delete_documents_by_term("key", key)
            entries[key] = entry = entry_of(item)
            self._writer.add_document(_document(key, entry))
        for item_type, slug in changes.removed:
            self._writer.delete_documents_by_term("key", f"{item_type}/{slug}")
            entries.pop(f"{item_type}/{slug}", None)
        self._writer.commit()
        self._index.reload()
        self._entries, self._catalogue_id, self._revision = entries, catalogue_id, changes.revision
        log.info("search_index_follows", revision=changes.revision, items=len(entries))

    def _candidates(self, query: Form, item_type: ItemType | None) -> list[Entry]:
        """Return what may match: where every word fits somewhere, or all of them together do."""
        return self._found(self._query(query, item_type), CANDIDATES)

    def _candidates_with_slips(self, query: Form, item_type: ItemType | None, last_kind: int) -> list[Entry]:
        """Return what may match with slips, by labels up to a kind."""
        return self._found(self._query(query, item_type, near=NEAR[last_kind]), CANDIDATES_WITH_SLIPS)

    def _found(self, query: tantivy.Query, most: int) -> list[Entry]:
        entries = self._entries
        return [entries[key] for key in self._keys(query, most) if key in entries]

    def _keys(self, query: tantivy.Query, most: int) -> list[str]:
        searcher = self._index.searcher()
        hits = searcher.search(query, most, count=False).hits
        return [str(searcher.doc(address).get_first("key")) for _score, address in hits]

    def _query(self, query: Form, item_type: ItemType | None, *, near: str | None = None) -> tantivy.Query:
        """`near` names the field whose words may be misspelt."""
        if query.is_initials:
            wanted = self._beginning("initials", query.initials)
        else:
            whole = self._boosted(self._whole_query(query, slips=near is not None), 20)
            words = self._every_word_query(query, near)
            wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, whole), (tantivy.Occur.Should, words)])
        if item_type is None:
            return wanted
        of_type = tantivy.Query.term_query(self._schema, "type", item_type)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, of_type)])

    def _whole_query(self, query: Form, *, slips: bool) -> tantivy.Query:
        queries = [
            self._boosted(self._term("whole", query.joined), 8),
            self._boosted(self._term("whole", query.joined_sound), 4),
            *(self._beginning("whole", text) for text in {query.joined, query.joined_sound}),
        ]
        if slips and len(query.joined) <= LONGEST_WITH_SLIPS:
            queries += [self._fuzzy("whole", text) for text in {query.joined, query.joined_sound}]
        return self._either(*queries)

    def _every_word_query(self, query: Form, near: str | None) -> tantivy.Query:
        words = []
        for number, (word, sound) in enumerate(zip(query.words, query.sounds, strict=True)):
            queries = self._word_queries(word, sound)
            if near and number < MOST_WORDS_WITH_SLIPS:
                queries += self._fuzzy_queries(near, word, sound)
            words.append((tantivy.Occur.Must, self._either(*queries)))
        return tantivy.Query.boolean_query(words)

    def _word_queries(self, word: str, sound: str) -> list[tantivy.Query]:
        return [
            self._boosted(self._term("names", word), 16),
            self._boosted(self._term("names", sound), 12),
            self._boosted(self._beginning("names", word), 6),
            self._boosted(self._beginning("names", sound), 4),
            self._boosted(self._term("rest", word), 3),
            self._boosted(self._term("rest", sound), 2),
            self._beginning("rest", word),
            self._beginning("rest", sound),
        ]

    def _fuzzy_queries(self, field: str, word: str, sound: str) -> list[tantivy.Query]:
        """Look for a word and its sound. A word that there is may be meant, so it is looked for nearby alone: the
        farther, the dearer.
        """
        if self._index.searcher().doc_freq(field, word):
            return [self._fuzzy(field, word, most=1)] if allowed_slips(word) else []
        return [self._fuzzy(field, text) for text in {word, sound} if allowed_slips(text)]

    def _beginning(self, field: str, text: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(self._term(BEGINNINGS[field], text[:LONGEST_WORD]), 1.0)

    def _term(self, field: str, text: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, text)

    def _fuzzy(self, field: str, text: str, *, most: int = 2) -> tantivy.Query:
        slips = min(allowed_slips(text), most)
        found = tantivy.Query.fuzzy_term_query(self._schema, field, text, slips, prefix=False)
        return tantivy.Query.const_score_query(found, 1.0)

    @staticmethod
    def _boosted(query: tantivy.Query, factor: float) -> tantivy.Query:
        return tantivy.Query.boost_query(query, factor)

    @staticmethod
    def _either(*queries: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(list(queries))


def _document(key: str, entry: Entry) -> tantivy.Document:
    names = [label.form for label in entry.labels if label.kind == NAME]
    rest = [label.form for label in entry.labels if label.kind != NAME]
    joined = {text[:LONGEST_WORD] for form in names for text in (form.joined, form.joined_sound)}
    # Hangul is often written without spaces, so a name is also found from each of its syllables on.
    inside = {form.joined_sound[start:] for form in names if form.initials for start in range(len(form.joined_sound))}
    initials = {form.initials[start:] for form in names for start in range(len(form.initials))}
    words = {"names": _tokens(names), "rest": _tokens(rest)}
    near = {NEAR[last]: _tokens([label.form for label in entry.labels if label.kind <= last]) for last in NEAR}
    document = tantivy.Document()
    document.add_text("key", key)
    document.add_text("type", entry.item.type)
    for field, texts in {"whole": joined, **near, **words}.items():
        document.add_text(field, " ".join(texts))
    for field, texts in {"whole": joined | inside, "initials": initials, **words}.items():
        shortest = SHORTEST_BEGINNING_OF_REST if field == "rest" else 1
        document.add_text(BEGINNINGS[field], " ".join(_beginnings(texts, shortest=shortest)))
    return document


def _tokens(forms: Sequence[Form]) -> set[str]:
    return {word[:LONGEST_WORD] for form in forms for word in (*form.words, *form.sounds)}


def _beginnings(texts: Iterable[str], *, shortest: int) -> set[str]:
    return {text[:length] for text in texts for length in range(shortest, min(len(text), LONGEST_WORD) + 1)}


engine = EmbeddedEngine()


def warm() -> None:
    """Build the index before the first search asks for it; for a thread of its own at a worker's start."""
    try:
        engine.follow(published_state())
        gc.freeze()  # what the index holds lives as long as the process; to look through it again costs pauses
    except Exception:
        log.warning("search_index_not_warmed", exc_info=True)
    finally:
        close_old_connections()
