"""When somebody may be disturbed, by the clock on their wall. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Somebody's zone and quiet hours; `quiet_from` equal to `quiet_until` means none."""

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_quiet(self, moment: datetime) -> bool:
        shown = moment.astimezone(self.zone).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= shown < self.quiet_until
        return shown >= self.quiet_from or shown < self.quiet_until

    def first_disturbable(self, moment: datetime) -> datetime | None:
        """Return `moment` or when its quiet hours end, in UTC; None when that is on a later local day."""
        if not self.is_quiet(moment):
            return moment
        day = self.day(moment)
        ends = next(end for end in self._ends_near(day) if end > moment and not self.is_quiet(end))
        return ends if self.day(ends) == day else None

    def day_ends(self, moment: datetime) -> datetime:
        """Return when the local day of a moment is over, in UTC."""
        midnight = datetime.combine(self.day(moment) + ONE_DAY, time(0), tzinfo=self.zone)
        return midnight.astimezone(UTC)

    def _ends_near(self, day: date) -> list[datetime]:
        """Return the ends of quiet hours; where the clocks go back there are two that show the same."""
        shown = [self.quiet_until.replace(fold=fold, tzinfo=self.zone) for fold in (0, 1)]
        days = [day + later * ONE_DAY for later in (0, 1, 2)]
        return sorted(datetime.combine(on, end).astimezone(UTC) for on in days for end in shown)
