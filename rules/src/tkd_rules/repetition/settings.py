"""By which rules cards are scheduled, and since when: a history that only grows, so that a change moves no due date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from tkd_rules.repetition.days import zone_named
from tkd_rules.repetition.fsrs6 import (
    DEFAULT_PARAMETERS,
    DEFAULT_RETENTION,
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    are_parameters,
)

Algorithm = Literal["sm2", "fsrs"]
ALGORITHMS: Final[tuple[Algorithm, ...]] = ("sm2", "fsrs")
BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is in force from `since` on; `device` tells apart what two devices set at the same moment.

    `parameters` are FSRS-6's 21 numbers, the published ones unless they were fitted to the learner.
    """

    since: datetime = BEFORE_ALL
    device: str = ""
    algorithm: Algorithm = "sm2"
    desired_retention: float = DEFAULT_RETENTION
    time_zone: str = "UTC"
    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    def __post_init__(self) -> None:
        """Raises ValueError that names the field."""
        if self.algorithm not in ALGORITHMS:
            raise ValueError(f"algorithm: {str(self.algorithm)[:20]!r} is unknown; known: {', '.join(ALGORITHMS)}.")
        if not LOWEST_RETENTION <= self.desired_retention <= HIGHEST_RETENTION:
            raise ValueError(f"desired_retention: give {LOWEST_RETENTION} to {HIGHEST_RETENTION}.")
        if not are_parameters(self.parameters):
            raise ValueError("parameters: give the 21 numbers of FSRS-6, each within its bounds.")
        zone_named(self.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All rules that a learner ever had, the oldest first."""

    history: tuple[Rules, ...] = field(default=(Rules(),))

    @property
    def current(self) -> Rules:
        return self.history[-1]

    def rules_at(self, moment: datetime) -> Rules:
        """Return what was in force at a moment; what came first holds before it as well."""
        in_force = self.history[0]
        for rules in self.history[1:]:
            if rules.since > moment:
                break
            in_force = rules
        return in_force


def settings_of(history: Iterable[Rules]) -> Settings:
    """Return the settings that rules in any order amount to. Everybody begins with SM-2, by the clock of UTC."""
    ordered = sorted(set(history), key=lambda rules: (rules.since, rules.device, rules.algorithm, rules.time_zone))
    return Settings(history=(Rules(), *ordered))
