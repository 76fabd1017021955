"""The simulation's calendar: days are counted from 0, a session begins at noon."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

BEGINNING: Final = datetime(2025, 1, 1, 12, tzinfo=UTC)
ANSWER_S = 12


@lru_cache(maxsize=2048)
def _date(day: int) -> date:
    return (BEGINNING + timedelta(days=day)).date()


def date_of(at_day: float) -> date:
    return _date(int(at_day))


def moment_of(at_day: float) -> datetime:
    return BEGINNING + timedelta(days=at_day)
