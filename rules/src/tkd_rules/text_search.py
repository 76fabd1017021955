"""Finding words that people spell in many ways: one normalization for the server's index and the phone's.

Every text has three forms. *Words* are lower case without diacritics. *Sounds* are words with the spellings of
romanized Korean folded together (dollyo, dolryo and dolyo sound alike). *Initials* are the first letters of
hangul syllables. A query matches exactly, by prefix or with a few slips, in that order.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_SYLLABLES_PER_INITIAL = 21 * 28
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "’": "'"})
_MARKS = dict.fromkeys(point for point in range(0x10000) if unicodedata.combining(chr(point)))
_HANGUL = re.compile(f"[가-힣{_INITIALS}]")
_ONLY_INITIALS = re.compile(rf"\s*[{_INITIALS}][\s{_INITIALS}]*")
_WORD = re.compile(r"[^\W_]+")
_WORD_IN_TEXT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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
SHORTEST_INSIDE = 3
_SAME_WORD = {"hyonk": "tol", "pomse": "tol"}  # hyung and poomse are other words for a tul


class Quality(IntEnum):
    """How well a label fits a query; lower is better."""

    WHOLE = 0  # the label is the query
    WHOLE_SOUND = 1
    WORDS = 2  # every word of the query stands in the label
    SOUNDS = 3
    PREFIX = 4
    PREFIX_SOUND = 5
    INSIDE = 6  # the query stands somewhere in the label, spaces aside
    FUZZY = 7


@dataclass(frozen=True, slots=True)
class Form:
    """A text prepared for comparison."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    joined: str
    joined_sound: str
    initials: str
    is_initials: bool


@dataclass(frozen=True, slots=True)
class Match:
    """How a label fits a query: first by quality, then by slips, then by how much else the label says."""

    quality: Quality
    slips: int
    surplus: int

    @property
    def step(self) -> int:
        """0 exact, 1 prefix, 2 fuzzy."""
        if self.quality < Quality.PREFIX:
            return 0
        return 1 if self.quality < Quality.FUZZY else 2


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
    """Return how a plain word sounds, written one way; only words in Latin letters change."""
    if not _LATIN.fullmatch(word):
        return word
    sound = word
    for pattern, replacement in _SOUND_RULES:
        sound = pattern.sub(replacement, sound)
    return _SAME_WORD.get(sound, sound)


def initials_of(text: str) -> str:
    """Return the first letter of each hangul syllable: 앞차기 gives ㅇㅊㄱ. Single letters stand for themselves."""
    return "".join(_initial(letter) for letter in _HANGUL.findall(unicodedata.normalize("NFC", text)))


def form_of(text: str) -> Form:
    words = words_of(text)
    sounds = tuple(sound_of(word) for word in words)
    return Form(
        words=words,
        sounds=sounds,
        joined="".join(words),
        joined_sound="".join(sounds),
        initials=initials_of(text),
        is_initials=is_initials(text),
    )


@lru_cache(maxsize=50_000)
def _form_of_word(word: str) -> Form:
    return form_of(word)


def is_initials(text: str) -> bool:
    """Whether a query consists of hangul initials alone, such as ㅇㅊㄱ."""
    return _ONLY_INITIALS.fullmatch(text) is not None


def allowed_slips(word: str) -> int:
    """No slip in one or two letters, one in short words, two in long ones."""
    if len(word) <= 2:  # noqa: PLR2004 - the rule itself
        return 0
    return 1 if len(word) <= 5 else 2  # noqa: PLR2004 - the rule itself


def slips_between(one: str, other: str, *, most: int) -> int | None:
    """Return the letters that were added, left out, changed or swapped; None when they are more than `most`.

    Only cells within `most` of the diagonal are computed: what is farther off has more slips already.
    """
    if abs(len(one) - len(other)) > most:
        return None
    far, width = most + 1, len(other)
    before: list[int] = []
    last = [column if column <= most else far for column in range(width + 1)]
    for row, letter in enumerate(one, start=1):
        current = [far] * (width + 1)
        current[0] = min(row, far)
        least = current[0]
        for column in range(max(1, row - most), min(width, row + most) + 1):
            wanted = other[column - 1]
            cost = last[column - 1] if letter == wanted else last[column - 1] + 1
            if last[column] < cost - 1:
                cost = last[column] + 1
            if current[column - 1] < cost - 1:
                cost = current[column - 1] + 1
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current[column] = cost
            least = min(least, cost)
        if least > most:
            return None
        before, last = last, current
    return last[-1] if last[-1] <= most else None


def match(query: Form, label: Form) -> Match | None:
    """Return how well a label fits a query without slips, None when it does not.

    Words of the query may come in any order.
    """
    if query.is_initials:
        return _match_initials(query.initials, label.initials)
    quality = _quality(query, label) if query.words else None
    return None if quality is None else Match(quality, 0, _surplus(query, label))


def match_with_slips(query: Form, label: Form) -> Match | None:
    """Return how well a label fits a query that is misspelt; for labels that `match` refused, as it costs more."""
    slips = None if query.is_initials or not query.words else _slips(query, label)
    return None if slips is None else Match(Quality.FUZZY, slips, _surplus(query, label))


def highlighted(text: str, query: Form) -> str:
    """Return the text as HTML with the matching words in `<mark>`; everything else is escaped."""
    pieces, position = [], 0
    for found in _WORD_IN_TEXT.finditer(text):
        pieces.append(html.escape(text[position : found.start()]))
        word = html.escape(found.group())
        pieces.append(f"<mark>{word}</mark>" if _word_matches(_form_of_word(found.group()), query) else word)
        position = found.end()
    pieces.append(html.escape(text[position:]))
    return "".join(pieces)


def _initial(character: str) -> str:
    if _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
        return _INITIALS[(ord(character) - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL]
    return character


def _surplus(query: Form, label: Form) -> int:
    return abs(len(label.joined_sound) - len(query.joined_sound))


def _quality(query: Form, label: Form) -> Quality | None:
    """Return the best quality without slips. Each test implies the next one by sound, so one may end the rest."""
    if not _all_begin(query.sounds, label.sounds):
        return _quality_of_joined(query, label)
    if query.joined_sound == label.joined_sound:
        return Quality.WHOLE if query.joined == label.joined else Quality.WHOLE_SOUND
    if all(sound in label.sounds for sound in query.sounds):
        return Quality.WORDS if all(word in label.words for word in query.words) else Quality.SOUNDS
    return Quality.PREFIX if _all_begin(query.words, label.words) else Quality.PREFIX_SOUND


def _quality_of_joined(query: Form, label: Form) -> Quality | None:
    """Compare without spaces: apchagi is Ap Chagi, and 돌려차기 stands inside 반대 돌려 차기."""
    if query.joined_sound not in label.joined_sound:
        return None
    if query.joined_sound == label.joined_sound:
        return Quality.WHOLE if query.joined == label.joined else Quality.WHOLE_SOUND
    if label.joined_sound.startswith(query.joined_sound):
        return Quality.PREFIX if label.joined.startswith(query.joined) else Quality.PREFIX_SOUND
    return Quality.INSIDE if len(query.joined_sound) >= SHORTEST_INSIDE else None


def _match_initials(asked: str, initials: str) -> Match | None:
    if asked not in initials:
        return None
    surplus = len(initials) - len(asked)
    if not surplus:
        return Match(Quality.WHOLE_SOUND, 0, surplus)
    return Match(Quality.PREFIX if initials.startswith(asked) else Quality.PREFIX_SOUND, 0, surplus)


def _all_begin(beginnings: Sequence[str], words: Sequence[str]) -> bool:
    for beginning in beginnings:
        for word in words:
            if word.startswith(beginning):
                break
        else:
            return False
    return True


def _slips(query: Form, label: Form) -> int | None:
    """Return the slips over all words of the query, each against its nearest word of the label."""
    total = 0
    for word in query.sounds:
        nearest = _nearest(word, label.sounds)
        if nearest is None:
            return _slips_of_whole(query, label)
        total += nearest
    return total


def _slips_of_whole(query: Form, label: Form) -> int | None:
    """Spaces in other places are no slip: compare what is left without them."""
    asked, text = query.joined_sound, label.joined_sound
    most = allowed_slips(asked)
    if abs(len(asked) - len(text)) > most or len(set(asked).difference(text)) > most:
        return None
    return slips_between(asked, text, most=most)


def _nearest(word: str, others: Sequence[str]) -> int | None:
    return min((slips for other in others if (slips := slips_of_word(word, other)) is not None), default=None)


@lru_cache(maxsize=100_000)
def slips_of_word(word: str, other: str) -> int | None:
    """Return the slips between a word of the query and a word, or the beginning of a longer one."""
    most = allowed_slips(word)
    if not most:
        return 0 if other.startswith(word) else None
    if len(set(word).difference(other)) > most:  # each letter that is missing is a slip
        return None
    slips = slips_between(word, other, most=most)
    if slips is None and len(other) > len(word) + most:
        slips = slips_between(word, other[: len(word)], most=most)
    return slips


def _word_matches(word: Form, query: Form) -> bool:
    if query.is_initials:
        return query.initials in word.initials or bool(word.initials and word.initials in query.initials)
    if query.joined.startswith(word.joined) or query.joined_sound.startswith(word.joined_sound):
        return True
    return any(
        mine.startswith(asked) or _nearest(asked, [mine]) is not None for mine in word.sounds for asked in query.sounds
    )
