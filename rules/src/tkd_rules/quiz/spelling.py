"""Whether a typed name is a wanted one but for its spelling, and which letters differ."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from tkd_rules.content import is_hangul
from tkd_rules.quiz.names import NameBook, Side, form, key
from tkd_rules.slips import slips_between, slips_of_text
from tkd_rules.text_search import Form, sound_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Letters that were typed instead of those that are right; `at` is their place in the right spelling."""

    at: int
    typed: str
    right: str


def differences(typed: str, right: str) -> tuple[Difference, ...]:
    """Return which letters differ between two spellings, from left to right; case, spaces and hyphens do not count."""
    changes = SequenceMatcher(None, typed.lower(), right.lower(), autojunk=False).get_opcodes()
    return tuple(
        Difference(at=start, typed=typed[begin:end], right=right[start:stop])
        for change, begin, end, start, stop in changes
        if change != "equal" and (form(typed[begin:end]).joined or form(right[start:stop]).joined)
    )


def nearest(typed: str, wanted: Iterable[str], names: NameBook, side: Side) -> str | None:
    """Return the wanted name that was probably meant: the first that sounds so, or else that is near by letters."""
    by_sound: dict[str, str] = {}
    for name in wanted:
        by_sound.setdefault(key(name), name)
    near = (name for name in by_sound.values() if _is_misspelt(form(typed), form(name), names, side))
    return by_sound.get(key(typed)) or next(near, None)


def _is_misspelt(typed: Form, wanted: Form, names: NameBook, side: Side) -> bool:
    """Whether each word is the wanted one or a misspelling of it; the words may be run together or in another order."""
    if sorted(typed.words) == sorted(wanted.words):
        return True
    words = typed.words if len(typed.words) == len(wanted.words) else _parted(typed.joined, wanted)
    pairs = zip(words, wanted.words, strict=True)
    return all(_is_misspelt_word(word, right, names, side) for word, right in pairs)


def _is_misspelt_word(word: str, wanted: str, names: NameBook, side: Side) -> bool:
    if sound_of(word) == sound_of(wanted):
        return True
    if names.is_other_word(word, wanted, side) or _digits(word) != _digits(wanted):
        return False
    if any(map(is_hangul, wanted)):
        return _is_misspelt_hangul(word, wanted, names)
    by_letters, by_sound = slips_of_text(wanted, word), slips_of_text(sound_of(wanted), sound_of(word))
    return by_letters is not None or by_sound is not None


def _is_misspelt_hangul(word: str, wanted: str, names: NameBook) -> bool:
    """Whether one letter of a syllable differs; 안차기 for 앞차기 is no misspelling, because 안 is a word."""
    letters, right = (unicodedata.normalize("NFD", text) for text in (word, wanted))
    others = [syllable for syllable in word if syllable not in wanted]
    return slips_between(letters, right, most=1) is not None and not any(
        names.is_other_word(syllable, wanted, "korean") for syllable in others
    )


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _parted(joined: str, wanted: Form) -> list[str]:
    """Return the typed letters parted where the wanted words are: anmakgi for ap makgi into an and makgi."""
    blocks = SequenceMatcher(None, joined, wanted.joined, autojunk=False).get_matching_blocks()
    cuts, end = [0], 0
    for word in wanted.words[:-1]:
        end += len(word)
        block = next(block for block in blocks if block.b + block.size >= end)
        cuts.append(max(cuts[-1], block.a + end - block.b))
    return [joined[start:stop] for start, stop in zip(cuts, [*cuts[1:], len(joined)], strict=True)]
