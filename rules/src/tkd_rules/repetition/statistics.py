"""What a log says about the learner: days in a row, share remembered, time spent."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tkd_rules.repetition.days import ONE_DAY, study_day
from tkd_rules.repetition.reviews import Rating, Review

LONGEST_THOUGHT_MS = 60_000  # who is called away in the middle of a card is not learning


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One study day: answers given, cards met for the first time, and the time spent on them."""

    on: date
    reviews: int
    introduced: int
    spent_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many of the cards that came back were remembered."""

    asked: int
    remembered: int

    @property
    def share(self) -> float | None:
        """Return 0 to 1, None while nothing has come back."""
        return self.remembered / self.asked if self.asked else None


def days_of(log: Sequence[Review], zone: ZoneInfo) -> list[Day]:
    """Return the days with answers of a sorted log, the oldest first."""
    reviews: Counter[date] = Counter()
    introduced: Counter[date] = Counter()
    spent_ms: Counter[date] = Counter()
    met: set[str] = set()
    for review in log:
        on = study_day(review.reviewed_at, zone)
        reviews[on] += 1
        spent_ms[on] += min(review.elapsed_ms, LONGEST_THOUGHT_MS)
        introduced[on] += review.card not in met
        met.add(review.card)
    return [Day(on=on, reviews=reviews[on], introduced=introduced[on], spent_ms=spent_ms[on]) for on in sorted(reviews)]


def streak_days(days: Collection[date], *, today: date) -> int:
    """Return the days in a row up to today; a day that is not over yet breaks nothing."""
    day = today if today in days else today - ONE_DAY
    length = 0
    while day in days:
        length += 1
        day -= ONE_DAY
    return length


def retention(log: Iterable[Review], zone: ZoneInfo, *, since: date) -> Retention:
    """Return what was remembered from a study day on: first answers of a day to cards met on an earlier one."""
    last_seen: dict[str, date] = {}
    asked = remembered = 0
    for review in log:
        on = study_day(review.reviewed_at, zone)
        before = last_seen.get(review.card)
        if before is not None and before < on and on >= since:
            asked += 1
            remembered += review.rating is not Rating.AGAIN
        last_seen[review.card] = on
    return Retention(asked=asked, remembered=remembered)


def days_before(today: date, count: int) -> list[date]:
    """Return `count` days up to today, the oldest first, for charts without gaps."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
