"""The diary: trainings that were done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_SESSION = timedelta(days=1)
EFFORTS = (1, 10)  # how hard it felt: very light to as hard as can be


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One training; only ever added. `plan` is the slug of a ready plan, or the id of somebody's own."""

    id: str
    plan: str
    started_at: datetime
    ended_at: datetime
    effort: int | None
    note: str
