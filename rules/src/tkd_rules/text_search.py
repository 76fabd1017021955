"""Finding words that people spell in many ways: one normalization for the server's index and the phone's.

Every text has three forms. *Words* are lower case without diacritics. *Sounds* are words with the spellings of
romanized Korean folded together (dollyo, dolryo and dolyo sound alike). *Initials* are the first letters of
hangul syllables. What fits a query is decided in `matching`, what to mark in `highlighting`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_SYLLABLES_PER_INITIAL = 21 * 28
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "’": "'"})
_MARKS = dict.fromkeys(point for point in range(0x10000) if unicodedata.combining(chr(point)))
_HANGUL = re.compile(f"[가-힣{_INITIALS}]")
_ONLY_INITIALS = re.compile(rf"\s*[{_INITIALS}][\s{_INITIALS}]*")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]+")

# Applied in this order to a word without diacritics. Left: how clubs and standards write; right: one spelling.
_SOUND_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"t?ch|jj|dj", "j"),
        (r"sh", "s"),
        (r"th", "t"),
        (r"ph", "p"),
        (r"kh|ck|q", "k"),
        (r"lr|rl", "l"),
        (r"ae|ai", "e"),
        (r"eo|eu|oo|ou|u", "o"),
        (r"i(?=[aeo])", "y"),
        (r"g", "k"),
        (r"d", "t"),
        (r"b", "p"),
        (r"h(?=[^aeioy]|$)", ""),
        (r"(.)\1+", r"\1"),
    )
)
_SAME_WORD = {"hyonk": "tol", "pomse": "tol"}  # hyung and poomse are other words for a tul


@dataclass(frozen=True, slots=True)
class Form:
    """A text prepared for comparison."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    joined: str
    joined_sound: str
    initials: str
    is_initials: bool


def plain(text: str) -> str:
    """Return the text in lower case without diacritics; hangul stays whole."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_NOT_DECOMPOSED)
    if lowered.isascii():
        return lowered
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", lowered).translate(_MARKS))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text; hyphens, apostrophes and punctuation part them."""
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """Return how a plain word sounds, written one way; only Latin letters change."""
    return _LATIN.sub(_sound_of_letters, word)


def initials_of(text: str) -> str:
    """Return the first letter of each hangul syllable: 앞차기 gives ㅇㅊㄱ. Single letters stand for themselves."""
    return "".join(_initial(letter) for letter in _HANGUL.findall(unicodedata.normalize("NFC", text)))


def form_of(text: str) -> Form:
    words = words_of(text)
    return Form(
        words=words,
        sounds=tuple(sound_of(word) for word in words),
        joined="".join(words),
        joined_sound=_joined_sound(words),
        initials=initials_of(text),
        is_initials=is_initials(text),
    )


def _joined_sound(words: Sequence[str]) -> str:
    """Return how words sound without spaces, where they make new double letters: ap palkup is apalkop.

    A single letter stands for itself: in turning k it begins a word that is still to come.
    """
    parts = "".join(word if len(word) > 1 else f" {word} " for word in words).split()
    return "".join(sound_of(part) for part in parts)


def is_initials(text: str) -> bool:
    """Whether a query consists of hangul initials alone, such as ㅇㅊㄱ."""
    return _ONLY_INITIALS.fullmatch(text) is not None


def _initial(character: str) -> str:
    if _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
        return _INITIALS[(ord(character) - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL]
    return character


def _sound_of_letters(letters: re.Match[str]) -> str:
    sound = letters.group()
    for pattern, replacement in _SOUND_RULES:
        sound = pattern.sub(replacement, sound)
    return _SAME_WORD.get(sound, sound)
