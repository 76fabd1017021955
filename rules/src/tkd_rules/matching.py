"""How well a label fits a query: exactly, by its beginning, or with a few slips; as typed or by sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from tkd_rules.slips import TOO_MANY, slips_of, slips_of_text
from tkd_rules.text_search import Form

SHORTEST_PART = 3
SHORTEST_PART_BY_SOUND = 5  # poeun sounds pon, and so does a part of nopunde
NOWHERE = -1


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
        as_typed = slips_of_text(query.joined, label.joined)
        by_sound = slips_of_text(query.joined_sound, label.joined_sound)
        return min((slips for slips in (as_typed, by_sound) if slips is not None), default=None)


def _surplus(query: Form, label: Form) -> int:
    return abs(len(label.joined_sound) - len(query.joined_sound))


def _quality(query: Form, label: Form) -> Quality | None:
    """Return the best quality without slips; each is tried as typed and by sound, since neither implies the other."""
    exact = _exact_quality(query, label)
    if exact is not None:
        return exact
    for word, sound in zip(query.words, query.sounds, strict=True):
        # Half a word may sound otherwise: kic is no beginning of kik, which is how kick sounds.
        if not begins_any(sound, label.sounds) and not begins_any(word, label.words):
            return _quality_of_joined(query, label)
    as_typed = all(begins_any(word, label.words) for word in query.words)
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


def begins_any(beginning: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator takes twice as long, and this decides how fast search is
        if word.startswith(beginning):
            return True
    return False
