"""Words that know their own form: Polish ones their cases, Korean ones their particles, English ones their article.

A template asks for the form where the word stands: `{stance:accusative}`, `{foot:을}`, `{stance:a}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_NO_FINAL, _FINAL_R = 0, 8
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_PARTICLES: Final = {"을": ("을", "를"), "로": ("으로", "로"), "이": ("이", "가"), "과": ("과", "와")}
_TAKES_AN = re.compile(r"(?!U-|uni|one\b)[aeiou]|[FHLMNRSX]-", re.IGNORECASE)
_NAMED_BY_LETTER = re.compile(r" [A-Z]$")


@dataclass(frozen=True, slots=True)
class Inflected:
    """A word of a language with cases: a form for each that a template may ask for."""

    forms: Mapping[str, str]

    def __format__(self, case: str) -> str:
        return self.forms[case]


class Korean(str):
    """Text after which a particle may follow, chosen by its last sound: `{:을}` adds 을 or 를."""

    __slots__ = ()

    def __format__(self, particle: str) -> str:
        return f"{self!s}{particle_after(self, particle)}" if particle else str(self)


class English(str):
    """Text before which an article may stand: `{:a}` adds a or an."""

    __slots__ = ()

    def __format__(self, article: str) -> str:
        return f"{article_before(self)}{self!s}" if article else str(self)


Word = str | Inflected


def particle_after(text: str, particle: str) -> str:
    """Return 을 or 를, 으로 or 로, 이 or 가, 과 or 와, as the last syllable of the text ends."""
    after_consonant, after_vowel = _PARTICLES[particle]
    final = _final_consonant(text)
    if final == _NO_FINAL or (particle == "로" and final == _FINAL_R):
        return after_vowel
    return after_consonant


def article_before(text: str) -> str:
    """Return the article and its space; nothing before what a letter names, as `closed ready stance A`."""
    if _NAMED_BY_LETTER.search(text):
        return ""
    return "an " if _TAKES_AN.match(text) else "a "


def _final_consonant(text: str) -> int:
    """Return the number of the final consonant among the 28 of a syllable; 0 for none and for other letters."""
    last = ord(text[-1]) if text else 0
    return (last - _FIRST_SYLLABLE) % _FINALS if _FIRST_SYLLABLE <= last <= _LAST_SYLLABLE else _NO_FINAL
