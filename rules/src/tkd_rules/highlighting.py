"""Marking in a text what made it fit a query: the words by which `matching` took it, and no others."""

import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from tkd_rules.matching import NOWHERE, SHORTEST_PART, SHORTEST_PART_BY_SOUND, Forgiving, begins_any
from tkd_rules.slips import TOO_MANY
from tkd_rules.text_search import Form, form_of, sound_of

_WORD_IN_TEXT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def highlighted(text: str, query: Form) -> str:
    """Return the text as HTML with the words that match in `<mark>`; everything else is escaped."""
    found = list(_WORD_IN_TEXT.finditer(text))
    marked = _marked([_form_of_word(word.group()) for word in found], query)
    pieces, position = [], 0
    for at, word in enumerate(found):
        pieces.append(html.escape(text[position : word.start()]))
        escaped = html.escape(word.group())
        pieces.append(f"<mark>{escaped}</mark>" if at in marked else escaped)
        position = word.end()
    pieces.append(html.escape(text[position:]))
    return "".join(pieces)


@lru_cache(maxsize=50_000)
def _form_of_word(word: str) -> Form:
    return form_of(word)


def _marked(words: Sequence[Form], query: Form) -> set[int]:
    """Return which words of a text to mark: those by which `match`, or else `Forgiving`, takes it."""
    if not words:
        return set()
    if query.is_initials:
        return _covered(list(accumulate(word.initials for word in words)), query.initials, shortest=1)
    fitting = [_fitting(word, sound, words) for word, sound in zip(query.words, query.sounds, strict=True)]
    if all(fitting):
        return set().union(*fitting)
    joined = list(accumulate(word.joined for word in words))
    return (
        _covered(joined, query.joined, shortest=SHORTEST_PART)
        or _covered([sound_of(text) for text in joined], query.joined_sound, shortest=SHORTEST_PART_BY_SOUND)
        or _marked_with_slips(words, query, fitting)
    )


def _fitting(asked: str, sound: str, words: Sequence[Form]) -> set[int]:
    """Return which words are the word that is asked for; when none is, which sound like it or begin with it."""
    tests: tuple[Callable[[Form], bool], ...] = (
        lambda word: asked in word.words,
        lambda word: sound in word.sounds,
        lambda word: begins_any(asked, word.words),
        lambda word: begins_any(sound, word.sounds),
    )
    found = ({at for at, word in enumerate(words) if fits(word)} for fits in tests)
    return next(filter(None, found), set())


def _covered(grown: Sequence[str], asked: str, *, shortest: int) -> set[int]:
    """Return which words the text that is asked for covers; `grown` is the text, without spaces, up to each word."""
    if asked == grown[-1]:
        return set(range(len(grown)))  # also a word whose sound went into that of the word before
    start = grown[-1].find(asked)
    if start == NOWHERE or len(asked) < shortest:
        return set()
    parts = pairwise([0, *map(len, grown)])
    return {at for at, (begin, end) in enumerate(parts) if begin < start + len(asked) and end > start}


def _marked_with_slips(words: Sequence[Form], query: Form, fitting: Sequence[set[int]]) -> set[int]:
    misspelt = Forgiving(query)
    slips = [misspelt.slips_of_words(word) for word in words]
    near = [found or _least(column) for found, column in zip(fitting, zip(*slips, strict=True), strict=True)]
    if all(near):
        return set().union(*near)
    whole = form_of(" ".join(word.joined for word in words))
    return set(range(len(words))) if misspelt.slips_of_whole(whole) is not None else set().union(*fitting)


def _least(slips: Sequence[int]) -> set[int]:
    least = min(slips)
    return {at for at, found in enumerate(slips) if found == least < TOO_MANY}
