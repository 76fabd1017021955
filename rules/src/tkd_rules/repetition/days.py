"""Study days: a day of learning begins at four in the morning on the learner's clock, not at midnight."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROLL_OVER = time(4)
ONE_DAY = timedelta(days=1)


class UnknownZone(ValueError):  # noqa: N818 - it names what is wrong
    """No time zone has this name."""


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """Return a zone by its name in the IANA database, such as `Europe/Warsaw`. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(f"{name[:60]!r} is no time zone; give one such as Europe/Warsaw.") from error


@lru_cache(maxsize=4096)
def day_begins_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which a study day begins.

    Where the clocks skip four o'clock it is the moment of the jump; where they show it twice, the first.
    """
    return datetime.combine(day, ROLL_OVER, tzinfo=zone).astimezone(UTC)


def study_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the study day of a moment, which must be aware. Later moments never have earlier days."""
    day = moment.astimezone(zone).date()
    return day if moment >= day_begins_at(day, zone) else day - ONE_DAY
