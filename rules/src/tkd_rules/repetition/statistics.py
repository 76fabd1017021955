"""What a log says about the learner: days in a row, share remembered, time spent."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tkd_rules.repetition.days import ONE_DAY, study_day
from tkd_rules.repetition.reviews import Rating, Review

LONGEST_THOUGHT_MS = 60_000  # who is called away in the middle of a card is not learning
ANSWERS_TO_KNOW_PACE, ANSWERS_LOOKED_AT = 50, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One study day: answers given, cards met for the first time, and the time spent on them.

    `came_back` are the cards that were met on an earlier day, `remembered` those of them whose first answer was right.
    """

    on: date
    reviews: int = 0
    introduced: int = 0
    spent_ms: int = 0
    came_back: int = 0
    remembered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many of the cards that came back were remembered."""

    asked: int
    remembered: int

    @property
    def percent(self) -> int | None:
        """Return 0 to 100, the latter only when nothing was forgotten; None while nothing has come back."""
        return self.remembered * 100 // self.asked if self.asked else None


def days_of(log: Iterable[Review], zone: ZoneInfo) -> list[Day]:
    """Return the days with answers of a sorted log, the oldest first."""
    reviews: Counter[date] = Counter()
    introduced: Counter[date] = Counter()
    spent_ms: Counter[date] = Counter()
    came_back: Counter[date] = Counter()
    remembered: Counter[date] = Counter()
    last_seen: dict[str, date] = {}
    for review in log:
        on = study_day(review.reviewed_at, zone)
        before = last_seen.get(review.card)
        reviews[on] += 1
        spent_ms[on] += min(review.elapsed_ms, LONGEST_THOUGHT_MS)
        if before is None:
            introduced[on] += 1
        elif before < on:
            came_back[on] += 1
            remembered[on] += review.rating is not Rating.AGAIN
        last_seen[review.card] = on
    return [
        Day(
            on=on,
            reviews=reviews[on],
            introduced=introduced[on],
            spent_ms=spent_ms[on],
            came_back=came_back[on],
            remembered=remembered[on],
        )
        for on in sorted(reviews)
    ]


def seconds_an_answer(log: Sequence[Review]) -> float | None:
    """Return how long the latest answers of a sorted log took, at least 1; None while they are too few to tell."""
    latest = log[-ANSWERS_LOOKED_AT:]
    if len(latest) < ANSWERS_TO_KNOW_PACE:
        return None
    spent_ms = sum(min(review.elapsed_ms, LONGEST_THOUGHT_MS) for review in latest)
    return max(1.0, spent_ms / len(latest) / 1000)


def streak_days(days: Collection[date], *, today: date) -> int:
    """Return the days in a row up to today; a day that is not over yet breaks nothing."""
    day = today if today in days else today - ONE_DAY
    length = 0
    while day in days:
        length += 1
        day -= ONE_DAY
    return length


def retention(days: Iterable[Day], *, since: date = date.min, until: date = date.max) -> Retention:
    """Return what was remembered from one study day to another, both of which count."""
    within = [day for day in days if since <= day.on <= until]
    return Retention(asked=sum(day.came_back for day in within), remembered=sum(day.remembered for day in within))


def days_before(today: date, count: int) -> list[date]:
    """Return `count` days up to today, the oldest first, for charts without gaps."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
