"""Finding words that people spell in many ways: one normalization for the server's index and the phone's.

Every text has three forms. *Words* are lower case without diacritics. *Sounds* are words with the spellings of
romanized Korean folded together (dollyo, dolryo and dolyo sound alike). *Initials* are the first letters of
hangul syllables. A query matches exactly, by prefix or with a few slips, in that order, each as typed or by sound.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, pairwise

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
SHORTEST_PART = 3
SHORTEST_PART_BY_SOUND = 5  # poeun sounds pon, and so does a part of nopunde
NOWHERE = -1
TOO_MANY = 99
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


def match_exactly(query: Form, label: Form) -> Match | None:
    """Return what `match` does when that is an exact match, None otherwise; it costs less."""
    quality = None if query.is_initials or not query.words else _exact_quality(query, label)
    return None if quality is None else Match(quality, 0, _surplus(query, label))


@lru_cache(maxsize=100_000)
def letters_of(text: str) -> int:
    """Return a set of letters as bits; some rare ones share a bit, which makes two texts look nearer, never farther."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 31)
    return bits


class SlipsOf(dict[str, int]):
    """The slips between one word and each that it is compared with, worked out once; TOO_MANY for what is another."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word, self.most, self.letters = word, allowed_slips(word), letters_of(word)

    def __missing__(self, other: str) -> int:
        self[other] = slips = self._slips(other)
        return slips

    def nearest(self, words: Sequence[str]) -> int:
        return min(map(self.__getitem__, words), default=TOO_MANY)

    def _slips(self, other: str) -> int:
        """Compare with a word, or with the beginning of a longer one."""
        if other.startswith(self.word):
            return 0
        text = other if len(other) <= len(self.word) + self.most else other[: len(self.word)]
        slips = _slips_of_text(self.word, text)
        return TOO_MANY if slips is None else slips


slips_of = lru_cache(maxsize=32)(SlipsOf)  # while someone types, all words but the last are those of the key before


class Forgiving:
    """A query that may be misspelt, to be compared with many labels; for those that `match` refused."""

    def __init__(self, query: Form) -> None:
        self.query = query
        # By word and by sound: a slip may turn one sound into two others, as in chai for chagi.
        pairs = zip(query.words, query.sounds, strict=True)
        self._words = [(slips_of(word), slips_of(sound)) for word, sound in pairs]

    def match(self, label: Form) -> Match | None:
        """Return how well a label fits with slips, None when it does not."""
        if self.query.is_initials or not self._words:
            return None
        slips = self._slips(label)
        return None if slips is None else Match(Quality.FUZZY, slips, _surplus(self.query, label))

    def slips_of_words(self, label: Form) -> list[int]:
        """Return for each word of the query the slips to its nearest word of the label."""
        return [min(word.nearest(label.words), sound.nearest(label.sounds)) for word, sound in self._words]

    def _slips(self, label: Form) -> int | None:
        total = 0
        for word, sound in self._words:  # not slips_of_words: most labels are refused by the first word
            nearest = min(word.nearest(label.words), sound.nearest(label.sounds))
            if nearest == TOO_MANY:
                return self.slips_of_whole(label)
            total += nearest
        return total

    def slips_of_whole(self, label: Form) -> int | None:
        """Spaces in other places are no slip: compare what is left without them."""
        query = self.query
        as_typed = _slips_of_text(query.joined, label.joined)
        by_sound = _slips_of_text(query.joined_sound, label.joined_sound)
        return min((slips for slips in (as_typed, by_sound) if slips is not None), default=None)


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


def _initial(character: str) -> str:
    if _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
        return _INITIALS[(ord(character) - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL]
    return character


def _sound_of_letters(letters: re.Match[str]) -> str:
    sound = letters.group()
    for pattern, replacement in _SOUND_RULES:
        sound = pattern.sub(replacement, sound)
    return _SAME_WORD.get(sound, sound)


def _surplus(query: Form, label: Form) -> int:
    return abs(len(label.joined_sound) - len(query.joined_sound))


def _quality(query: Form, label: Form) -> Quality | None:
    """Return the best quality without slips; each is tried as typed and by sound, since neither implies the other."""
    exact = _exact_quality(query, label)
    if exact is not None:
        return exact
    for word, sound in zip(query.words, query.sounds, strict=True):
        # Half a word may sound otherwise: kic is no beginning of kik, which is how kick sounds.
        if not _begins_any(sound, label.sounds) and not _begins_any(word, label.words):
            return _quality_of_joined(query, label)
    as_typed = all(_begins_any(word, label.words) for word in query.words)
    return Quality.PREFIX if as_typed else Quality.PREFIX_SOUND


def _exact_quality(query: Form, label: Form) -> Quality | None:
    if query.joined == label.joined:
        return Quality.WHOLE
    if query.joined_sound == label.joined_sound or query.sounds == label.sounds:
        return Quality.WHOLE_SOUND
    for sound in query.sounds:
        if sound not in label.sounds:
            return None
    return Quality.WORDS if all(word in label.words for word in query.words) else Quality.SOUNDS


def _quality_of_joined(query: Form, label: Form) -> Quality | None:
    """Compare without spaces: apch begins Ap Chagi, and 돌려차기 stands inside 반대 돌려 차기."""
    as_typed = label.joined.find(query.joined) if len(query.joined) >= SHORTEST_PART else NOWHERE
    by_sound = NOWHERE
    if len(query.joined_sound) >= SHORTEST_PART_BY_SOUND:
        by_sound = label.joined_sound.find(query.joined_sound)
    if as_typed == by_sound == NOWHERE:
        return None
    if 0 not in {as_typed, by_sound}:
        return Quality.INSIDE
    return Quality.PREFIX_SOUND if as_typed else Quality.PREFIX


def _match_initials(asked: str, initials: str) -> Match | None:
    if asked not in initials:
        return None
    surplus = len(initials) - len(asked)
    if not surplus:
        return Match(Quality.WHOLE_SOUND, 0, surplus)
    return Match(Quality.PREFIX if initials.startswith(asked) else Quality.PREFIX_SOUND, 0, surplus)


def _begins_any(beginning: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator takes twice as long, and this decides how fast search is
        if word.startswith(beginning):
            return True
    return False


def _slips_of_text(asked: str, text: str) -> int | None:
    most = allowed_slips(asked)
    if abs(len(asked) - len(text)) > most:
        return None
    mine, others = letters_of(asked), letters_of(text)
    # Each letter that one of them lacks is a slip: most texts are told apart by that, and quickly.
    if (mine & ~others).bit_count() > most or (others & ~mine).bit_count() > most:
        return None
    return slips_between(asked, text, most=most)


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
        lambda word: _begins_any(asked, word.words),
        lambda word: _begins_any(sound, word.sounds),
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
