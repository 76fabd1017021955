"""On which days to train: as often a week as somebody wants to, and with rest between as far as the days allow."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

MOST_A_WEEK = 7


def training_days(days: Iterable[date], *, a_week: int, trained_on: Collection[date]) -> Iterator[date]:
    """Yield those of the days, which are to come and in order, on which to train; once a day at most.

    What was trained in a week counts for it, and what was missed is made up on its other days, never in the next week.
    """
    weeks: dict[date, list[date]] = {}
    for day in days:
        if day not in trained_on:
            weeks.setdefault(monday_of(day), []).append(day)
    for monday, free in weeks.items():
        done = sum(monday_of(day) == monday for day in trained_on)
        wanted = min(len(free), max(0, a_week - done))
        for place in range(wanted):
            yield free[(2 * place + 1) * len(free) // (2 * wanted)]


def monday_of(day: date) -> date:
    """Return the first day of its week."""
    return day - timedelta(days=day.weekday())
