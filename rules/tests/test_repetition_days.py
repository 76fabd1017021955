from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.repetition.days import UnknownZone, day_begins_at, study_day, zone_named

WARSAW = zone_named("Europe/Warsaw")
SANTIAGO = zone_named("America/Santiago")  # the clocks change at midnight
APIA = zone_named("Pacific/Apia")  # 30 December 2011 did not exist


def local(text: str, zone: str = "Europe/Warsaw") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone_named(zone))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-10T03:59:59", date(2026, 7, 9)),
        ("2026-07-10T04:00:00", date(2026, 7, 10)),
        ("2026-07-10T23:59:59", date(2026, 7, 10)),
        ("2026-07-11T00:00:00", date(2026, 7, 10)),
    ],
)
def test_a_study_day_begins_at_four_in_the_morning(moment: str, day: date) -> None:
    assert study_day(local(moment), WARSAW) == day
    assert study_day(local(moment).astimezone(UTC), WARSAW) == day


@pytest.mark.parametrize(
    ("day", "begins_at", "hours"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 3, tzinfo=UTC), 23),  # the clocks go forward that night
        (date(2026, 3, 29), datetime(2026, 3, 29, 2, tzinfo=UTC), 24),
        (date(2026, 10, 24), datetime(2026, 10, 24, 2, tzinfo=UTC), 25),  # and back
        (date(2026, 10, 25), datetime(2026, 10, 25, 3, tzinfo=UTC), 24),
    ],
)
def test_a_change_of_the_clocks_makes_a_day_longer_or_shorter_and_moves_no_answer(
    day: date, begins_at: datetime, hours: int
) -> None:
    assert day_begins_at(day, WARSAW) == begins_at
    ends_at = day_begins_at(day + timedelta(days=1), WARSAW)
    assert ends_at - begins_at == timedelta(hours=hours)
    assert {study_day(begins_at + timedelta(hours=hour), WARSAW) for hour in range(hours)} == {day}
    assert study_day(ends_at, WARSAW) == day + timedelta(days=1)


def test_a_clock_that_changes_at_midnight_or_skips_a_day_is_followed() -> None:
    assert study_day(datetime(2026, 9, 6, 7, 59, tzinfo=UTC), SANTIAGO) == date(2026, 9, 6)
    assert study_day(datetime(2026, 9, 6, 6, 59, tzinfo=UTC), SANTIAGO) == date(2026, 9, 5)
    assert study_day(datetime(2011, 12, 30, 13, 59, tzinfo=UTC), APIA) == date(2011, 12, 30)
    assert study_day(datetime(2011, 12, 30, 14, 0, tzinfo=UTC), APIA) == date(2011, 12, 31)


moments = st.datetimes(datetime(1970, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.integers(0, 200_000), st.sampled_from(sorted(available_timezones())))
def test_later_moments_never_have_earlier_days(moment: datetime, later_s: int, name: str) -> None:
    zone = zone_named(name)
    day = study_day(moment, zone)
    assert study_day(moment + timedelta(seconds=later_s), zone) >= day
    assert day_begins_at(day, zone) <= moment


@pytest.mark.parametrize("name", ["", "Warsaw", "../etc/passwd", "/etc/localtime", "Europe/", "Mars/Base\0", "x" * 300])
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="is no time zone"):
        zone_named(name)
