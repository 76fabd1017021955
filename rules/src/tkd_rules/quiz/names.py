"""What items are called: the names that are shown, those that are accepted, and who else is called so.

A name is of one of two sides, *Korean* or *own*, the learner's. The catalogue keeps other romanizations and synonyms
in one list of aliases, so the side of an alias is told by its words; one that gives no hint is of both sides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from tkd_rules.content import is_hangul
from tkd_rules.quiz.items import Item, ItemKind, Language, in_language
from tkd_rules.slips import slips_of_text
from tkd_rules.text_search import Form, form_of, sound_of

Side = Literal["korean", "own"]
Reference = tuple[ItemKind, str]

SAME_INFLECTED = 5  # przedramienia and przedramieniem are one word
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_BETWEEN_NAMES = re.compile(r"\s*,\s+|\s+[–—]\s+")
_OWN_LANGUAGES = ("pl", "en")
_ARTICLES = frozenset({"a", "an", "the"})


@lru_cache(maxsize=50_000)
def form(text: str) -> Form:
    return form_of(text)


def key(text: str) -> str:
    """Return what texts have in common that say the same: how they sound, without spaces, case and diacritics."""
    return form(text).joined_sound


def named_in(language: Language) -> Language:
    """Return the language that Korean is asked against: one's own, and for Koreans English."""
    return "en" if language == "ko" else language


def own_name(item: Item, language: Language) -> str:
    return in_language(item.names, named_in(language), "")


def korean_name(item: Item, language: Language) -> str:
    """Return the Korean name in the letters that a learner of the language reads first."""
    return item.hangul if language == "ko" or not item.romanization else item.romanization


def reference(item: Item) -> Reference:
    return item.kind, item.slug


def without_articles(form: Form) -> str:
    """Return a name of the own side without spaces and English articles, unless they are all there is."""
    return "".join(word for word in form.words if word not in _ARTICLES) or form.joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All names of one item by side, each first as the catalogue shows it, and their keys."""

    korean: tuple[str, ...]
    own: tuple[str, ...]
    keys: frozenset[str]

    def of(self, side: Side) -> tuple[str, ...]:
        return self.korean if side == "korean" else self.own


class NameBook:
    """Every name in a catalogue, to be looked up by item and by text."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._words = _words_by_side(items)
        self._names = {reference(item): self._names_of(item) for item in items}
        self._called: dict[str, list[Reference]] = {}
        for found, names in self._names.items():
            for text in dict.fromkeys(form(name).joined for name in (*names.korean, *names.own)):
                self._called.setdefault(text, []).append(found)
        self._sounding = self._by_sound()

    def names(self, item: Item) -> Names:
        return self._names[reference(item)]

    def called(self, text: str) -> Sequence[Reference]:
        """Return the items that have exactly this name; spaces, case and diacritics aside."""
        return self._called.get(form(text).joined, [])

    def sounding(self, text: str) -> Sequence[Reference]:
        """Return the items one of whose Korean names sounds like the text."""
        return self._sounding.get(key(text), [])

    def is_other_word(self, word: str, wanted: str, side: Side) -> bool:
        """Whether a word is no misspelling of the wanted one, because names have it as a word of their own."""
        if side == "own":
            stem = word[:SAME_INFLECTED]
            return stem != wanted[:SAME_INFLECTED] and stem in self._words["own"]
        return word in self._words["korean"]

    def _names_of(self, item: Item) -> Names:
        korean = [*_variants(item.romanization), *_variants(item.hangul)]
        # A tul is called the same in every language.
        own = korean if item.kind == "tul" else [*chain.from_iterable(map(_variants, _own_texts(item)))]
        for alias in item.aliases:
            side = self._side_of(alias, item)
            korean += [alias] if side != "own" else []
            own += [alias] if side != "korean" else []
        keys = frozenset(key(name) for name in (*korean, *own))
        return Names(korean=_different(korean), own=_different(own), keys=keys)

    def _side_of(self, alias: str, item: Item) -> Side | None:
        words = form(alias).words
        if any(map(is_hangul, alias)) or slips_of_text(key(item.romanization), key(alias)) is not None:
            return "korean"
        if any(word[:SAME_INFLECTED] in self._words["own"] for word in words):
            return "own"
        if any(key(alias) == key(name) for name in _own_texts(item)):
            return "own"
        return "korean" if any(sound_of(word) in self._words["korean"] for word in words) else None

    def _by_sound(self) -> dict[str, list[Reference]]:
        sounding: dict[str, list[Reference]] = {}
        for found, names in self._names.items():
            for sound in dict.fromkeys(map(key, names.korean)):
                sounding.setdefault(sound, []).append(found)
        return sounding


def _words_by_side(items: Iterable[Item]) -> Mapping[Side, frozenset[str]]:
    """Return the words of Korean names, as written and by sound, and the stems of words that only own names have."""
    korean: set[str] = set()
    own: set[str] = set()
    for item in items:
        romanized = form(item.romanization)
        korean.update(romanized.words, romanized.sounds, form(item.hangul).words)
        if item.kind != "tul":
            own.update(chain.from_iterable(form(name).words for name in _own_texts(item)))
    return {"korean": frozenset(korean), "own": frozenset(word[:SAME_INFLECTED] for word in own - korean)}


def _different(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without those that are an earlier one run together or parted: Apchagi is Ap Chagi."""
    by_letters: dict[str, str] = {}
    for name in names:
        by_letters.setdefault(form(name).joined, name)
    return tuple(by_letters.values())


def _own_texts(item: Item) -> list[str]:
    return [item.names[language] for language in _OWN_LANGUAGES if language in item.names]


def _variants(name: str) -> Iterator[str]:
    """Yield a name, then what of it is a name too: `back, rear` is back, and rear; `punch (class)` is punch."""
    bare = _IN_BRACKETS.sub("", name).strip()
    yield from filter(None, dict.fromkeys([name, bare, *_BETWEEN_NAMES.split(bare)]))
