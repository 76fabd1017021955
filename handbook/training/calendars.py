"""A schedule as a calendar that any program subscribes to; it names nobody."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from handbook.training.models import ScheduleFeed
from handbook.training.selectors.schedule import Schedule, Training
from handbook.training.zones import described
from tkd_rules.repetition.days import day_begins_at, zone_named
from tkd_rules.studying import StudyDay

CONTENT_TYPE = "text/calendar; charset=utf-8"
UIDS = UUID("6a0f6a53-2f5f-4c0b-9a39-7a2a3f6f3b0d")
ASKED_AGAIN = timedelta(hours=6)
WORDS: Mapping[str, Mapping[str, str]] = {
    "pl": {
        "title": "Taekwon-Do: nauka",
        "training": "Taekwon-Do: trening",
        "reviews": "Powtórki",
        "new": "Nowe karty",
        "tuls": "Układy",
    },
    "en": {
        "title": "Taekwon-Do: study",
        "training": "Taekwon-Do: training",
        "reviews": "Reviews",
        "new": "New cards",
        "tuls": "Tuls",
    },
    "ko": {"title": "태권도 공부", "training": "태권도 수련", "reviews": "복습", "new": "새 카드", "tuls": "틀"},
}


def calendar_of(feed: ScheduleFeed, schedule: Schedule, *, tuls: Mapping[str, str]) -> bytes:
    """Return an event for each day on which there is something to learn, and one after it for a training.

    `tuls` are names by slug.

    It changes only when the schedule does, or a study day begins.
    """
    zone, words = zone_named(feed.time_zone), WORDS[feed.language]
    days = [day for day in schedule.plan.days if day.is_study_day] if schedule.plan else []
    calendar = Calendar()
    calendar.add("prodid", "-//ITF Taekwon-Do Handbook//Schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words["title"])
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    if days:
        calendar.add_component(described(zone, first=days[0].on, last=days[-1].on))
    stamp = day_begins_at(schedule.on, schedule.zone)
    for day in days:
        for event in _events(day, schedule.trainings.get(day.on), feed, words, tuls):
            event.add("dtstamp", stamp)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(
    day: StudyDay, training: Training | None, feed: ScheduleFeed, words: Mapping[str, str], tuls: Mapping[str, str]
) -> Iterator[Event]:
    zone = zone_named(feed.time_zone)
    begins, learned = moment_of(day.on, feed.begins_at, zone), timedelta(minutes=day.minutes)
    if day.minutes:
        event = _event(f"{feed.learner_id}/{day.on}", begins.astimezone(zone), learned, summary=words["title"])
        event.add("description", _text(day, words, tuls))
        yield event
    if training:
        starts, lasts = (begins + learned).astimezone(zone), timedelta(seconds=training.about_s)
        event = _event(f"{feed.learner_id}/{day.on}/training", starts, lasts, summary=words["training"])
        event.add("description", training.names.get(feed.language, training.plan))
        yield event


def _event(name: str, starts: datetime, lasts: timedelta, *, summary: str) -> Event:
    event = Event()
    event.add("uid", str(uuid5(UIDS, name)))
    event.add("dtstart", starts)
    event.add("duration", lasts)  # a local end may be a time that comes twice
    event.add("summary", summary)
    return event


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which clocks show a time: the first of two, or as long after a gap as it lasts."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _text(day: StudyDay, words: Mapping[str, str], tuls: Mapping[str, str]) -> str:
    named = ", ".join(tuls.get(slug, slug) for slug in day.tuls)
    lines = (("reviews", day.reviews), ("new", day.new), ("tuls", named))
    return "\n".join(f"{words[name]}: {value}" for name, value in lines if value)
