"""What the learner's answers amount to: the figures and the charts of one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tkd_client.state.learning import Learning
from tkd_rules.repetition.days import ONE_DAY
from tkd_rules.repetition.session import FORECAST_DAYS, forecast
from tkd_rules.repetition.statistics import Day, Retention, days_before, days_of, retention, streak_days

CHART_DAYS = 30
CHART_WEEKS = 12
ONE_WEEK = timedelta(weeks=1)
ROUND_HALVES = (1, 2, 3, 4, 5, 6, 8, 10, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven study days up to `until`."""

    until: date
    retention: Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How learning stands on a study day.

    `due` begins on that day, with what is overdue; `days` and `weeks` end on it and have no gaps.
    """

    on: date
    streak_days: int
    cards: int
    answers: int
    last_week: Retention
    last_month: Retention
    ever: Retention
    due: Sequence[int]
    days: Sequence[Day]
    weeks: Sequence[Week]

    @property
    def due_on(self) -> list[date]:
        return [self.on + ahead * ONE_DAY for ahead in range(len(self.due))]


def statistics_of(learning: Learning) -> Statistics:
    """Return how learning stands now; cards of which the catalogue has lost the item are due no more."""
    held, on = learning.held, learning.on
    days = days_of(held.log, held.zone)
    by_date = {day.on: day for day in days}
    weeks = [_week(days, on - back * ONE_WEEK) for back in range(CHART_WEEKS - 1, -1, -1)]
    offered = [state for state in held.states.values() if learning.deck.has(state.card)]
    return Statistics(
        on=on,
        streak_days=streak_days(by_date, today=on),
        cards=len(held.states),
        answers=len(held.log),
        last_week=weeks[-1].retention,
        last_month=retention(days, since=on - (CHART_DAYS - 1) * ONE_DAY, until=on),
        ever=retention(days),
        due=forecast(offered, on=on, days=FORECAST_DAYS),
        days=[by_date.get(day, Day(on=day)) for day in days_before(on, CHART_DAYS)],
        weeks=weeks,
    )


def top_of(values: Sequence[float | None]) -> int:
    """Return the upper end of a scale, at least 2, that is round and whose half is too: 12, 16, 20, 30, 40 and on."""
    largest = max((value for value in values if value), default=0)
    power = 1
    while largest > 2 * ROUND_HALVES[-1] * power:
        power *= 10
    return next(2 * half * power for half in ROUND_HALVES if largest <= 2 * half * power)


def _week(days: Sequence[Day], until: date) -> Week:
    return Week(until=until, retention=retention(days, since=until - ONE_WEEK + ONE_DAY, until=until))
