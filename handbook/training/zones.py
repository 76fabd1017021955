"""Time zones as calendars describe them: every change of the clocks, by the time that they showed before it.

icalendar's own description puts the changes forward an hour late: it writes the time that the clocks showed after them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


def described(zone: ZoneInfo, *, first: date, last: date) -> Timezone:
    """Return a VTIMEZONE that is right from one day to another, both included."""
    begins_at = datetime.combine(first - ONE_DAY, time(), tzinfo=UTC)
    ends_at = datetime.combine(last + 2 * ONE_DAY, time(), tzinfo=UTC)
    component = Timezone()
    component.add("tzid", zone.key)
    component.add_component(_observance(zone, begins_at, before=begins_at))
    for change in _changes(zone, begins_at, ends_at):
        component.add_component(_observance(zone, change, before=change - ONE_SECOND))
    return component


def _observance(zone: ZoneInfo, since: datetime, *, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    local, offset_before = since.astimezone(zone), _offset(zone, before)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", since.replace(tzinfo=None) + offset_before)
    observance.add("tzoffsetfrom", offset_before)
    observance.add("tzoffsetto", _offset(zone, since))
    observance.add("tzname", local.tzname() or zone.key)
    return observance


def _changes(zone: ZoneInfo, begins_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """Yield the moments at which the offset is another than a second before."""
    day = begins_at
    while day < ends_at:
        if _offset(zone, day) != _offset(zone, day + ONE_DAY):
            yield _change_between(zone, day, day + ONE_DAY)
        day += ONE_DAY


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > ONE_SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
