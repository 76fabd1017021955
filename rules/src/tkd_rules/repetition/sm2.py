"""SM-2 as P. A. Woźniak published it: "Optimization of learning", 1990, section 3.2, the algorithm's seven steps.

Steps 2 to 6 are here; step 7, asking again on the same day, belongs to the session (`session.py`). Ease factors are
kept in hundredths: each change of the published formula is a whole number of them, so that no device rounds otherwise.
"""

from dataclasses import dataclass, replace
from typing import Final

from tkd_rules.repetition.reviews import Rating

FIRST_EASE_PERCENT = 250
LOWEST_EASE_PERCENT = 130
FIRST_INTERVAL_DAYS = 1
SECOND_INTERVAL_DAYS = 6
LONGEST_INTERVAL_DAYS = 36_500
PASSED_FROM_QUALITY = 3
# Our four ratings among the six qualities of the publication.
QUALITY: Final = {Rating.AGAIN: 1, Rating.HARD: 3, Rating.GOOD: 4, Rating.EASY: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2Memory:
    """What SM-2 keeps of a card: its ease, how often in a row it was known, and the last interval."""

    ease_percent: int = FIRST_EASE_PERCENT
    repetitions: int = 0
    interval_days: int = 0

    @property
    def ease_factor(self) -> float:
        return self.ease_percent / 100


def repeated(memory: Sm2Memory, rating: Rating) -> Sm2Memory:
    """Return the memory after a repetition that was due; the next is `interval_days` later.

    A failed card begins again without a change of its ease. The interval grows by the ease as this answer leaves it,
    and a fraction of a day is rounded up.
    """
    quality = QUALITY[rating]
    if quality < PASSED_FROM_QUALITY:
        return replace(memory, repetitions=0, interval_days=FIRST_INTERVAL_DAYS)
    ease_percent = max(LOWEST_EASE_PERCENT, memory.ease_percent + _ease_change_percent(quality))
    return Sm2Memory(
        ease_percent=ease_percent,
        repetitions=memory.repetitions + 1,
        interval_days=_interval_days(memory, ease_percent),
    )


def _ease_change_percent(quality: int) -> int:
    """EF' = EF + (0.1 - (5 - q) * (0.08 + (5 - q) * 0.02)), in hundredths."""
    missing = 5 - quality
    return 10 - missing * (8 + missing * 2)


def _interval_days(memory: Sm2Memory, ease_percent: int) -> int:
    if memory.repetitions == 0:
        return FIRST_INTERVAL_DAYS
    if memory.repetitions == 1:
        return SECOND_INTERVAL_DAYS
    return min(LONGEST_INTERVAL_DAYS, -(-memory.interval_days * ease_percent // 100))
