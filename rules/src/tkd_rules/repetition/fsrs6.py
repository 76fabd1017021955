"""FSRS-6 by the `fsrs` package, with the clock and the spreading of due dates given from outside.

The package counts elapsed time in blocks of 24 hours from a UTC clock. It is given study days instead: a card answered
late one evening and early the next morning was a day apart. Its learning steps of minutes are left out; a session asks
again by itself. Its fuzz draws from the global random generator and stays off; `spread_days` does the same by a hash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Final, cast

from fsrs import Card, Scheduler, State
from fsrs import Rating as FsrsRating
from fsrs.scheduler import DEFAULT_PARAMETERS as PUBLISHED_PARAMETERS

from tkd_rules.repetition.reviews import Rating

DEFAULT_PARAMETERS: Final[tuple[float, ...]] = tuple(PUBLISHED_PARAMETERS)
DEFAULT_RETENTION = 0.9
LOWEST_RETENTION, HIGHEST_RETENTION = 0.7, 0.97
LONGEST_INTERVAL_DAYS = 36_500
# The last bit of a power differs between the libraries of a browser and a server; a millionth is far above it.
KEPT_DECIMALS = 6
# (from day, to day, share): how far an interval may be moved, as FSRS and Anki publish it.
SPREAD: Final = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
SHORTEST_SPREAD_DAYS = 2
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_BEGINNING_ORDINAL = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class FsrsMemory:
    """What FSRS keeps of a card: the days after which it is known with 90 %, the difficulty (1 to 10), the last day."""

    stability_days: float
    difficulty: float
    seen_on: date


@lru_cache(maxsize=64)
def scheduler_of(parameters: tuple[float, ...], desired_retention: float) -> Scheduler:
    """Raises ValueError for parameters that are not 21 numbers within the bounds of FSRS-6."""
    return Scheduler(
        parameters=parameters,
        desired_retention=desired_retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_INTERVAL_DAYS,
        enable_fuzzing=False,
    )


def are_parameters(numbers: Sequence[float]) -> bool:
    """Tell whether FSRS-6 can work with these."""
    try:
        scheduler_of(tuple(numbers), DEFAULT_RETENTION)
    except ValueError:
        return False
    return True


def remembered(memory: FsrsMemory | None, rating: Rating, *, on: date, scheduler: Scheduler) -> tuple[FsrsMemory, int]:
    """Return the memory after an answer on a study day, and the days until the next."""
    card, _log = scheduler.review_card(_card(memory), FsrsRating(int(rating)), review_datetime=_noon_of(on))
    after = FsrsMemory(
        stability_days=round(cast("float", card.stability), KEPT_DECIMALS),
        difficulty=round(cast("float", card.difficulty), KEPT_DECIMALS),
        seen_on=on,
    )
    return after, (card.due - _noon_of(on)).days


def retrievability(memory: FsrsMemory, *, on: date, parameters: tuple[float, ...] = DEFAULT_PARAMETERS) -> float:
    """Return the probability, 0 to 1, that the card is known on a study day."""
    known = scheduler_of(parameters, DEFAULT_RETENTION).get_card_retrievability(_card(memory), _noon_of(on))
    return round(float(known), KEPT_DECIMALS)


def spread_days(interval_days: int, *, seed: str) -> int:
    """Return the interval moved a little, alike for one seed, so that cards learned together drift apart."""
    if interval_days < SPREAD[0][0]:
        return interval_days
    reach = 1.0 + sum(share * max(0.0, min(interval_days, end) - start) for start, end, share in SPREAD)
    earliest = max(SHORTEST_SPREAD_DAYS, round(interval_days - reach))
    latest = min(LONGEST_INTERVAL_DAYS, round(interval_days + reach))
    draw = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")
    return earliest + draw % (latest - earliest + 1)


def _card(memory: FsrsMemory | None) -> Card:
    """A number is given because `fsrs` would wait a millisecond for one of its own."""
    if memory is None:
        return Card(card_id=1, due=_BEGINNING)
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability_days,
        difficulty=memory.difficulty,
        due=_BEGINNING,
        last_review=_noon_of(memory.seen_on),
    )


def _noon_of(day: date) -> datetime:
    """A moment that stands for a study day to `fsrs`; it asks for UTC and looks at whole days alone."""
    return _BEGINNING + timedelta(days=day.toordinal() - _BEGINNING_ORDINAL)
