"""The schedule as a calendar: parsed again, it says the same moments as the zone itself, also when clocks change."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar
from rest_framework.test import APIClient

from handbook.accounts.models import User, known_time_zones
from handbook.accounts.tests import make as accounts
from handbook.training.models import ScheduleFeed
from handbook.training.tests import make
from handbook.training.tests.make import got, sent
from handbook.training.zones import described

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> None:
    make.content(tmp_path)


@pytest.fixture
def mina() -> User:
    return accounts.user("mina.kowalska@example.org", display_name="Mina Kowalska", belt="9kup")


def opened(client: APIClient, **body: Any) -> str:
    answer = sent(client, "POST", "schedule/feed", body)
    assert answer.status == 201, answer
    parts = urlsplit(answer.body["url"])
    return f"{parts.path}?{parts.query}"


def planned(client: APIClient, *, on: date, days: int) -> None:
    body = {"grading_on": str(on + timedelta(days=days)), "weekdays": EVERY_DAY, "minutes_a_day": 30}
    assert sent(client, "PUT", "schedule", body).status == 200


def calendar(path: str) -> Any:
    answer = accounts.stranger().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content)


def offset_by_rfc(zone: Any, local: datetime) -> timedelta:
    """Return the offset of a local time as RFC 5545 has it: that of the last change before, by the clocks before it."""
    begun = [part for part in zone.subcomponents if part["dtstart"].dt <= local]
    offset: timedelta = max(begun, key=lambda part: part["dtstart"].dt)["tzoffsetto"].td
    return offset


def starts(parsed: Any) -> list[datetime]:
    """Return the moments at which events start, by nothing but what the calendar says."""
    [zone] = parsed.timezones
    found = []
    for event in parsed.events:
        assert event["dtstart"].params["TZID"] == zone["tzid"]
        local = datetime.strptime(event["dtstart"].to_ical().decode(), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - as written
        found.append((local - offset_by_rfc(zone, local)).replace(tzinfo=UTC))
    return found


@pytest.mark.parametrize(
    ("zone", "eve"),
    [
        ("Europe/Warsaw", date(2026, 3, 28)),
        ("Europe/Warsaw", date(2026, 10, 24)),
        ("Pacific/Auckland", date(2026, 4, 4)),
        ("Pacific/Auckland", date(2026, 9, 26)),
    ],
)
@pytest.mark.parametrize("clock", ["18:00", "02:30", "00:00", "03:30"])
def test_events_keep_their_local_time_when_clocks_change(mina: User, zone: str, eve: date, clock: str) -> None:
    today = eve - timedelta(days=3)
    with time_machine.travel(datetime(today.year, today.month, today.day, 12, tzinfo=ZoneInfo(zone)), tick=False):
        client = accounts.client_of(mina)
        told = {"since": "2026-01-01T00:00:00Z", "algorithm": "fsrs", "desired_retention": 0.9, "time_zone": zone}
        operation = {"id": "01932c5e-7b1a-7c3d-9f00-5a1b2c3d4e5f", "kind": "rules", "payload": told}
        client.post("/api/v1/sync/push", {"device": "phone", "operations": [operation]}, format="json")
        planned(client, on=today, days=7)
        parsed = calendar(opened(client, time_zone=zone, begins_at=clock))
    hour, minute = map(int, clock.split(":"))
    days = [today + timedelta(days=ahead) for ahead in range(7)]
    shown = [datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)) for day in days]
    assert starts(parsed) == [moment.astimezone(UTC) for moment in shown]
    assert [event.start.astimezone(UTC) for event in parsed.events] == starts(parsed)
    gaps = {(after - before) // timedelta(hours=1) for before, after in pairwise(starts(parsed))}
    assert len(gaps) == 2  # one day of the week has 23 or 25 hours


def test_every_zone_is_described_as_it_is() -> None:
    seed = random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311
    first = date(2026, 1, 1)
    for name in [*dice.sample(sorted(known_time_zones()), k=40), "Africa/Casablanca", "Australia/Lord_Howe"]:
        zone = ZoneInfo(name)
        component = described(zone, first=first, last=first + timedelta(days=730))
        for _ in range(50):
            moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(730 * 24 * 60))
            local = moment.astimezone(zone)
            if not local.fold:
                assert offset_by_rfc(component, local.replace(tzinfo=None)) == local.utcoffset(), (name, moment)


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_an_event_says_what_to_do_and_nobodys_name(mina: User) -> None:
    client = accounts.client_of(mina)
    planned(client, on=date(2026, 3, 2), days=30)
    path = opened(client, language="en")
    parsed = calendar(path)
    first = parsed.events[0]
    day = got(client, "schedule").body["days"][0]
    assert (first["summary"], first.duration) == ("Taekwon-Do: study", timedelta(minutes=day["minutes"]))
    assert first["description"] == f"New cards: {day['new']}\nTuls: Chon-Ji"
    text = accounts.stranger().get(path).content.decode()
    for secret in ("mina", "kowalska", "example.org", str(mina.pk)):
        assert secret not in text.lower()
    assert accounts.stranger().get(path).content.decode() == text


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_an_event_keeps_its_uid_when_the_address_and_the_plan_change(mina: User) -> None:
    client = accounts.client_of(mina)
    planned(client, on=date(2026, 3, 2), days=10)
    before = {event.start.date(): event.uid for event in calendar(opened(client)).events}
    planned(client, on=date(2026, 3, 2), days=20)
    after = {event.start.date(): event.uid for event in calendar(opened(client, begins_at="07:00")).events}
    assert before.items() <= after.items()
    assert len(set(after.values())) == 20
    other = accounts.client_of(accounts.user(belt="9kup"))
    planned(other, on=date(2026, 3, 2), days=10)
    assert not {event.uid for event in calendar(opened(other)).events} & set(after.values())


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_without_a_grading_the_calendar_is_empty(mina: User) -> None:
    assert calendar(opened(accounts.client_of(mina))).events == []


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_a_calendar_program_asks_whether_it_changed(mina: User) -> None:
    client = accounts.client_of(mina)
    path = opened(client)
    held = accounts.stranger().get(path, headers={"Accept": "text/calendar"})
    again = {"If-None-Match": held["ETag"], "Accept": "text/calendar"}
    assert accounts.stranger().get(path, headers=again).status_code == 304
    planned(client, on=date(2026, 3, 2), days=10)
    assert accounts.stranger().get(path, headers=again).status_code == 200


def test_an_address_works_until_it_is_replaced_revoked_or_its_learner_leaves(mina: User) -> None:
    client = accounts.client_of(mina)
    first = opened(client)
    second = opened(client)
    assert ScheduleFeed.objects.count() == 1
    assert not ScheduleFeed.objects.filter(digest=second.partition("token=")[2]).exists()
    gone = accounts.Answer.of(accounts.stranger().get(first))
    assert (gone.status, gone.problem) == (404, "link-unknown")
    calendar(second)
    assert sent(client, "DELETE", "schedule/feed").status == 204
    assert sent(client, "DELETE", "schedule/feed").status == 204
    assert accounts.stranger().get(second).status_code == 404
    third = opened(client)
    mina.is_active = False
    mina.save(update_fields=["is_active"])
    assert accounts.stranger().get(third).status_code == 404


@pytest.mark.parametrize("query", ["", "?token=", "?token=short", f"?token={'x' * 44}", "?token=%00", "?key=x"])
def test_a_malformed_token_is_refused(query: str) -> None:
    refused = got(accounts.stranger(), f"schedule.ics{query}")
    assert (refused.status, refused.problem) == (400, "invalid")
    assert set(refused.body["errors"]) <= {"token", "key"}


def test_an_unknown_token_leads_nowhere() -> None:
    assert got(accounts.stranger(), f"schedule.ics?token={'x' * 43}").problem == "link-unknown"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"time_zone": "Europe/Wroclaw"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": 7}, "time_zone"),
        ({"begins_at": "24:00"}, "begins_at"),
        ({"begins_at": "18:00:00"}, "begins_at"),
        ({"begins_at": 18}, "begins_at"),
        ({"language": "de"}, "language"),
        ({"token": "x"}, "token"),
    ],
)
def test_a_wrong_field_is_refused_by_name_and_makes_no_address(mina: User, body: dict[str, Any], field: str) -> None:
    refused = sent(accounts.client_of(mina), "POST", "schedule/feed", body)
    assert (refused.status, list(refused.body["errors"])) == (400, [field])
    assert not ScheduleFeed.objects.exists()


def test_a_stranger_makes_no_address() -> None:
    assert sent(accounts.stranger(), "POST", "schedule/feed").status == 401


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_a_training_follows_what_is_learned_on_its_day(mina: User) -> None:
    client = accounts.client_of(mina)
    body = {"grading_on": "2026-03-09", "weekdays": [0, 3], "minutes_a_day": 30, "trainings_a_week": 1}
    assert sent(client, "PUT", "schedule", body).status == 200
    _other_day, learned, trained = calendar(opened(client, language="pl")).events
    assert trained.start == learned.start + learned.duration
    assert (trained["summary"], trained["description"]) == ("Taekwon-Do: trening", "pierwsze kroki")
    assert trained.duration == timedelta(minutes=39, seconds=15)
    assert trained.uid != learned.uid
