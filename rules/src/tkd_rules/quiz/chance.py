"""Drawing lots: the same seed draws the same on every platform and in every Python."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws made of `Random.random` alone, which Python keeps as it is; the rest of `random` it may improve."""

    def __init__(self, *seeds: object) -> None:
        self._random = Random("/".join(map(str, seeds))).random  # noqa: S311 - a quiz keeps no secret

    def below(self, limit: int) -> int:
        return int(self._random() * limit)

    def one(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, things: Sequence[T], count: int) -> list[T]:
        return self.shuffled(things)[:count]

    def drawn(self, things: Sequence[T], weight: Callable[[T], int]) -> Iterator[T]:
        """Yield all of the things, as a rule the heavier ones sooner. A weight is at least 1."""
        left = list(things)
        while left:
            marks = list(accumulate(map(weight, left)))
            yield left.pop(bisect_right(marks, self.below(marks[-1])))
