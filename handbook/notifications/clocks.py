"""From a profile to the clock on its owner's wall."""

from zoneinfo import ZoneInfo

from handbook.accounts.models import Profile
from handbook.notifications.quiet import Clock
from tkd_rules.repetition.days import UnknownZone, zone_named


def zone_or_utc(name: str) -> ZoneInfo:
    """Return a zone; UTC for one that this machine's database has dropped since it was chosen."""
    try:
        return zone_named(name)
    except UnknownZone:
        return zone_named("UTC")


def clock_of(profile: Profile) -> Clock:
    return Clock(zone=zone_or_utc(profile.time_zone), quiet_from=profile.quiet_from, quiet_until=profile.quiet_until)
