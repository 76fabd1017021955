"""Slips of the finger: letters added, left out, changed or swapped, counted fast enough for each key typed."""

from collections.abc import Sequence
from functools import lru_cache

TOO_MANY = 99


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
        slips = slips_of_text(self.word, text)
        return TOO_MANY if slips is None else slips


slips_of = lru_cache(maxsize=32)(SlipsOf)  # while someone types, all words but the last are those of the key before


def slips_of_text(asked: str, text: str) -> int | None:
    most = allowed_slips(asked)
    if abs(len(asked) - len(text)) > most:
        return None
    mine, others = letters_of(asked), letters_of(text)
    # Each letter that one of them lacks is a slip: most texts are told apart by that, and quickly.
    if (mine & ~others).bit_count() > most or (others & ~mine).bit_count() > most:
        return None
    return slips_between(asked, text, most=most)
