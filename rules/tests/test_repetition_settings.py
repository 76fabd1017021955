from datetime import UTC, datetime
from typing import Any

import pytest

from tkd_rules.repetition.settings import Rules, Settings, settings_of

MARCH, APRIL, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 4, 5))
SM2 = Rules(since=MARCH, algorithm="sm2")
FSRS = Rules(since=APRIL, algorithm="fsrs")


def test_rules_are_in_force_from_their_moment_on() -> None:
    settings = settings_of([FSRS, SM2, FSRS])
    assert settings.history == (Rules(), SM2, FSRS)
    assert settings.current == FSRS
    assert settings.rules_at(datetime(2026, 3, 31, 23, tzinfo=UTC)) == SM2
    assert settings.rules_at(APRIL) == FSRS
    assert settings.rules_at(datetime(2020, 1, 1, tzinfo=UTC)) == Rules()


def test_everybody_begins_with_sm2() -> None:
    assert settings_of([]) == Settings()
    assert Settings().current == Rules(algorithm="sm2", desired_retention=0.9, time_zone="UTC")
    assert Settings(history=(FSRS,)).rules_at(MARCH) == FSRS


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"algorithm": "sm5"}, "algorithm"),
        ({"desired_retention": 0.69}, "desired_retention"),
        ({"desired_retention": float("nan")}, "desired_retention"),
        ({"parameters": (1.0,)}, "parameters"),
        ({"time_zone": "Mars"}, "'Mars' is no time zone"),
    ],
)
def test_rules_that_nobody_can_follow_are_refused_by_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        Rules(since=MAY, **wrong)
