"""People who are reminded through a year, and what they must have been shown by its end."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handbook.notifications.kinds import Context, Kind
from handbook.notifications.quiet import Clock
from handbook.notifications.registry import Planner

HOUR = timedelta(hours=1)
MOMENT = "simulated_moment"  # the header that tells a worker when its task runs
QUEUED, DONE = "tasks-queued", "tasks-done"  # counters in the queue's database
WANTED = 0.8  # of the days
# Half past two is skipped on one day of the year and shown twice on another.
ASKED_FROM = {Kind.TRAINING_TODAY: time(2, 30), Kind.GRADING_NEAR: time(13), Kind.REVIEWS_DUE: time(18)}

Told = tuple[str, Kind, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    zone: str
    quiet_from: str
    quiet_until: str

    @property
    def clock(self) -> Clock:
        return Clock(
            zone=ZoneInfo(self.zone),
            quiet_from=time.fromisoformat(self.quiet_from),
            quiet_until=time.fromisoformat(self.quiet_until),
        )


# Mina's message of half past two waits until seven; Tui's does not.
MINA = Person(name="mina", zone="Europe/Warsaw", quiet_from="22:00", quiet_until="07:00")
TUI = Person(name="tui", zone="Pacific/Auckland", quiet_from="23:00", quiet_until="01:30")
PEOPLE = (MINA, TUI)


def is_wanted(seed: int, person: Person, kind: Kind, day: date) -> bool:
    """Return whether this is due to a person on their day: by chance, and always the same."""
    return random.Random(f"{seed} {person.name} {kind.value} {day}").random() < WANTED  # noqa: S311 - no secret


def wanted(seed: int, days: Iterable[date]) -> list[Told]:
    """Return all that people must be shown, in order."""
    return sorted(
        (person.name, kind, day)
        for day in days
        for person in PEOPLE
        for kind in ASKED_FROM
        if is_wanted(seed, person, kind, day)
    )


def context_on(kind: Kind, day: date) -> Context:
    number = day.timetuple().tm_yday
    contexts: dict[Kind, Context] = {
        Kind.TRAINING_TODAY: {"session": f"{day}"},
        Kind.GRADING_NEAR: {"belt": "9kup", "days": number},
        Kind.REVIEWS_DUE: {"cards": number},
    }
    return contexts[kind]


def planners(seed: int, person_of: Callable[[UUID], Person | None]) -> list[Planner]:
    """Return a planner of each kind."""

    def planner(kind: Kind) -> Planner:
        def due(user_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, Context]:
            people = ((user_id, person_of(user_id)) for user_id in user_ids)
            days = {user_id: (person, person.clock.day(at)) for user_id, person in people if person}
            return {
                user_id: context_on(kind, day)
                for user_id, (person, day) in days.items()
                if is_wanted(seed, person, kind, day)
            }

        return Planner(kind=kind, asked_from=ASKED_FROM[kind], due=due)

    return [planner(kind) for kind in ASKED_FROM]


def hours(first: date, last: date) -> list[datetime]:
    """Return the hours of these days, both of which count, by UTC."""
    begin = datetime.combine(first, time(0), tzinfo=UTC)
    return [begin + number * HOUR for number in range(((last - first).days + 1) * 24)]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
