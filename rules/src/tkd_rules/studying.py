"""What to do on which day until a grading: a plan that is worked out anew from what has been done.

Who misses a day finds its reviews on the next one and its new cards spread over those that are left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from math import ceil, floor

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 240
FARTHEST_DAYS = 730
REVIEW_S, NEW_S, TUL_S = 10, 30, 180
TULS_FROM_S = 600  # who has less time than this on a day keeps it for the cards
# How many days after it was met a card that goes well comes back, as both algorithms begin, about.
COMES_BACK_DAYS = (1, 4, 10, 25)
QUIET_SHARE, MOST_QUIET_DAYS = 4, 7  # a quarter of the time, a week at most, meets nothing new before the grading


class GoalError(ValueError):
    """A goal that no plan can be made for; `field` is grading_on, weekdays or minutes_a_day."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`weekdays` are those on which somebody studies, 0 for Monday to 6 for Sunday."""

    grading_on: date
    weekdays: frozenset[int]
    minutes_a_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What there is to do as of a day.

    `new` counts the cards of the grade that were never met, `new_a_day` the most that somebody wants of them. `due`
    are the reviews of cards that were met, by the day on which they fall due. `tuls` are in the order in which they
    matter: that of the grade first.
    """

    today: date
    new: int
    new_a_day: int
    due: Mapping[date, int]
    tuls: Sequence[str] = ()
    review_s: float = REVIEW_S
    new_s: float = NEW_S


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyDay:
    """A day on which somebody studies or rests; `left_over` reviews had no room and wait for the next one."""

    on: date
    is_study_day: bool
    reviews: int = 0
    new: int = 0
    tuls: tuple[str, ...] = ()
    minutes: int = 0
    left_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """The days from today to the eve of the grading, and how many new cards find no room in them."""

    days: tuple[StudyDay, ...]
    new: int
    new_without_room: int

    @property
    def fits(self) -> bool:
        return not self.new_without_room

    @property
    def share_that_fits(self) -> float:
        """Return 0 to 1."""
        return 1 - self.new_without_room / self.new if self.new else 1.0


def check_goal(goal: Goal, *, today: date) -> None:
    """Raises GoalError for the first field that is wrong."""
    if goal.grading_on < today:
        raise GoalError("grading_on", "The grading is over; give a day that is to come.")
    if goal.grading_on > today + timedelta(days=FARTHEST_DAYS):
        raise GoalError("grading_on", f"A plan reaches {FARTHEST_DAYS} days at most.")
    if not goal.weekdays:
        raise GoalError("weekdays", "Choose at least one day of the week.")
    if not goal.weekdays <= frozenset(range(7)):
        raise GoalError("weekdays", "The days of the week are 0 for Monday to 6 for Sunday.")
    if not SHORTEST_MINUTES <= goal.minutes_a_day <= LONGEST_MINUTES:
        raise GoalError("minutes_a_day", f"Give {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes.")


def study_plan(goal: Goal, work: Work) -> StudyPlan:
    """Return what to do until the grading. Raises GoalError."""
    check_goal(goal, today=work.today)
    ahead = [work.today + timedelta(days=days) for days in range((goal.grading_on - work.today).days)]
    learning = [day for day in ahead[: len(ahead) - _quiet_days(len(ahead))] if day.weekday() in goal.weekdays]
    planner = _Planner(goal, work, learning_days=len(learning))
    return StudyPlan(days=tuple(planner.days(ahead)), new=work.new, new_without_room=planner.new_left)


def _quiet_days(days: int) -> int:
    return min(MOST_QUIET_DAYS, days // QUIET_SHARE)


class _Planner:
    def __init__(self, goal: Goal, work: Work, *, learning_days: int) -> None:
        self._goal, self._work = goal, work
        self.new_left = work.new
        self._learning_days_left = learning_days
        self._due = dict(work.due)
        self._waiting = sum(reviews for day, reviews in work.due.items() if day < work.today)
        self._turn = count()

    def days(self, ahead: Sequence[date]) -> Iterator[StudyDay]:
        for day in ahead:
            self._waiting += self._due.get(day, 0)
            yield (
                self._study(day)
                if day.weekday() in self._goal.weekdays
                else StudyDay(on=day, is_study_day=False, left_over=self._waiting)
            )

    def _study(self, day: date) -> StudyDay:
        budget_s = self._goal.minutes_a_day * 60
        kept_s = TUL_S if self._work.tuls and budget_s >= TULS_FROM_S else 0
        reviews = min(self._waiting, floor((budget_s - kept_s) / self._work.review_s))
        self._waiting -= reviews
        new = self._new(budget_s - kept_s - reviews * self._work.review_s)
        for days in COMES_BACK_DAYS:
            back_on = day + timedelta(days=days)
            self._due[back_on] = self._due.get(back_on, 0) + new
        spent_s = reviews * self._work.review_s + new * self._work.new_s
        tuls = self._tuls(floor((budget_s - spent_s) / TUL_S) if kept_s else 0)
        return StudyDay(
            on=day,
            is_study_day=True,
            reviews=reviews,
            new=new,
            tuls=tuls,
            minutes=ceil((spent_s + len(tuls) * TUL_S) / 60),
            left_over=self._waiting,
        )

    def _new(self, room_s: float) -> int:
        """Return how many new cards a day takes: as many as every day that is left, if there is room."""
        if not self._learning_days_left:
            return 0
        even = ceil(self.new_left / self._learning_days_left)
        new = min(even, self._work.new_a_day, floor(room_s / self._work.new_s))
        self._learning_days_left -= 1
        self.new_left -= new
        return new

    def _tuls(self, most: int) -> tuple[str, ...]:
        """Return the tul of the grade, and of those before it as many as there is time for, in turn."""
        if not most:
            return ()
        first, *others = self._work.tuls
        wanted = min(len(others), most - 1)
        return (first, *(others[next(self._turn) % len(others)] for _ in range(wanted)))
