"""The way to the next grading: what was set for it, and what to do on which day, worked out from what is left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from tkd_client.offline.catalogue import Catalogue, Wanted
from tkd_client.state.held import Deck
from tkd_client.state.learning import Learning
from tkd_client.state.preferences import Preferences
from tkd_rules.operations import (
    GRADING_ON,
    NEW_PER_DAY,
    STUDY_MINUTES,
    STUDY_WEEKDAYS,
    day_of_number,
    number_of_day,
)
from tkd_rules.repetition.statistics import seconds_an_answer
from tkd_rules.studying import REVIEW_S, Goal, StudyDay, StudyPlan, Work, check_goal, study_plan

EVERY_DAY, MINUTES = frozenset(range(7)), 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Up to seven days from a Monday on; those before today and after the grading are not planned."""

    days: tuple[StudyDay, ...]

    @property
    def begins_on(self) -> date:
        return self.days[0].on


class Schedule:
    """Reads and changes what the learner has set; every plan is worked out when it is asked for."""

    def __init__(self, *, learning: Learning, catalogue: Catalogue, preferences: Preferences) -> None:
        self._learning, self._catalogue, self._preferences = learning, catalogue, preferences
        self._plan: tuple[tuple[Any, ...], StudyPlan] | None = None

    @property
    def grading_on(self) -> date | None:
        """Return the day of the grading, also of one that is over; None while none is set."""
        number = self._learning.held.chosen.get(GRADING_ON)
        return day_of_number(int(number)) if number else None

    @property
    def weekdays(self) -> frozenset[int]:
        bits = self._learning.held.chosen.get(STUDY_WEEKDAYS)
        return EVERY_DAY if bits is None else frozenset(day for day in EVERY_DAY if int(bits) >> day & 1)

    @property
    def minutes_a_day(self) -> int:
        return int(self._learning.held.chosen.get(STUDY_MINUTES, MINUTES))

    @property
    def days_left(self) -> int | None:
        """Return how many days there are until the grading, 0 on its day, less when it is over."""
        return (self.grading_on - self._learning.on).days if self.grading_on else None

    def set_grading(self, on: date | None) -> None:
        """Raises GoalError for a day that no plan reaches."""
        if on is not None:
            goal = Goal(grading_on=on, weekdays=self.weekdays, minutes_a_day=self.minutes_a_day)
            check_goal(goal, today=self._learning.on)
        self._learning.choose(GRADING_ON, number_of_day(on) if on else None)

    def toggle_weekday(self, day: int) -> None:
        """Study on a day of the week, or no longer; the last one stays."""
        weekdays = self.weekdays ^ {day}
        if weekdays:
            self._learning.choose(STUDY_WEEKDAYS, sum(1 << day for day in weekdays))

    def set_minutes(self, minutes: int) -> None:
        self._learning.choose(STUDY_MINUTES, minutes)

    def plan(self) -> StudyPlan | None:
        """Return what to do from today on; None without a grading that is to come."""
        goal, learning, deck = self._goal(), self._learning, self._learning.deck
        if goal is None:
            return None
        key = (goal, learning.on, learning.new_per_day, len(learning.held.log), id(deck))
        if self._plan is None or self._plan[0] != key:
            self._plan = key, study_plan(goal, self._work(deck))
        return self._plan[1]

    def weeks(self) -> list[Week]:
        """Return the days of the plan by weeks, which begin on Mondays."""
        plan = self.plan()
        weeks: dict[tuple[int, int], list[StudyDay]] = {}
        for day in plan.days if plan else ():
            weeks.setdefault(day.on.isocalendar()[:2], []).append(day)
        return [Week(days=tuple(days)) for days in weeks.values()]

    def pace_that_fits(self) -> int | None:
        """Return the least new cards a day with which everything has room; None where no pace is enough."""
        plan, goal = self.plan(), self._goal()
        if plan is None or goal is None or plan.fits or not plan.days:
            return None
        unbounded = study_plan(goal, self._work(self._learning.deck, new_a_day=plan.new))
        return max(day.new for day in unbounded.days) if unbounded.fits else None

    def keep_pace(self, new_a_day: int) -> None:
        self._learning.choose(NEW_PER_DAY, new_a_day)

    def _goal(self) -> Goal | None:
        on = self.grading_on
        if on is None or on < self._learning.on:
            return None
        return Goal(grading_on=on, weekdays=self.weekdays, minutes_a_day=self.minutes_a_day)

    def _work(self, deck: Deck, new_a_day: int | None = None) -> Work:
        learning = self._learning
        states = learning.held.states
        tuls = self._catalogue.items(Wanted(kind="tul", belt_rank=self._preferences.belt.rank))
        return Work(
            today=learning.on,
            new=sum(card not in states for card in deck.cards),
            new_a_day=learning.new_per_day if new_a_day is None else new_a_day,
            due=Counter(state.due_on for state in states.values() if deck.has(state.card)),
            tuls=[tul.slug for tul in reversed(tuls)],
            review_s=seconds_an_answer(learning.held.log) or REVIEW_S,
        )
