"""Quiet hours by the clock on the wall, around the days on which it is changed too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.notifications.quiet import Clock

ZONES = ["Europe/Warsaw", "Pacific/Auckland", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia"]


def clock(zone: str = "Europe/Warsaw", quiet_from: str = "22:00", quiet_until: str = "07:00") -> Clock:
    return Clock(
        zone=ZoneInfo(zone), quiet_from=time.fromisoformat(quiet_from), quiet_until=time.fromisoformat(quiet_until)
    )


def at(text: str, zone: str = "Europe/Warsaw") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "moved"),
    [
        ("2026-01-10T21:59", "2026-01-10T21:59"),
        ("2026-01-10T22:00", None),
        ("2026-01-10T23:59", None),
        ("2026-01-11T00:00", "2026-01-11T07:00"),
        ("2026-01-11T06:59", "2026-01-11T07:00"),
        ("2026-01-11T07:00", "2026-01-11T07:00"),
    ],
)
def test_a_message_waits_for_the_end_of_quiet_hours_on_the_same_day(moment: str, moved: str | None) -> None:
    assert clock().first_disturbable(at(moment)) == (moved and at(moved))


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    siesta = clock(quiet_from="13:00", quiet_until="15:00")
    assert siesta.first_disturbable(at("2026-01-10T13:30")) == at("2026-01-10T15:00")
    assert siesta.first_disturbable(at("2026-01-10T15:00")) == at("2026-01-10T15:00")
    never = clock(quiet_from="13:00", quiet_until="13:00")
    assert never.first_disturbable(at("2026-01-10T13:00")) == at("2026-01-10T13:00")


def test_an_end_that_the_clocks_skip_comes_with_the_next_hour() -> None:
    skipped = clock(quiet_until="02:30")
    assert skipped.first_disturbable(at("2026-03-29T01:00")) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_end_that_the_clocks_show_twice_counts_both_times() -> None:
    twice = clock(quiet_until="02:30")
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert twice.first_disturbable(at("2026-10-25T01:00")) == first
    assert twice.first_disturbable(datetime(2026, 10, 25, 1, 10, tzinfo=UTC)) == second


@pytest.mark.parametrize(("zone", "hours"), [("Europe/Warsaw", 23), ("Pacific/Auckland", 24)])
def test_the_day_of_the_change_is_as_long_as_it_is(zone: str, hours: int) -> None:
    begin = at("2026-03-29T00:00", zone)
    assert clock(zone).day_ends(begin) - begin == timedelta(hours=hours)


times = st.times().map(lambda one: one.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(ZONES), times, times, moments)
def test_what_is_moved_stays_on_its_day_and_out_of_quiet_hours(
    zone: str, quiet_from: time, quiet_until: time, moment: datetime
) -> None:
    one = Clock(zone=ZoneInfo(zone), quiet_from=quiet_from, quiet_until=quiet_until)
    moved = one.first_disturbable(moment)
    assert one.day_ends(moment) > moment
    if not one.is_quiet(moment):
        assert moved == moment
    elif moved:
        assert moved > moment
        assert not one.is_quiet(moved)
        assert one.day(moved) == one.day(moment)
