"""A log as FSRS counts it: for each card its answers, by study days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkd_rules.repetition.days import study_day
from tkd_rules.repetition.reviews import Rating, Review

HELD_OUT_SHARE = 0.2


class Asked(NamedTuple):
    on: date
    rating: Rating


History = Sequence[Asked]


class Recall(NamedTuple):
    """An answer on a later day than the one before it, `history[place]`: what a memory model has to predict."""

    history: History
    place: int

    @property
    def on(self) -> date:
        return self.history[self.place].on

    @property
    def turns(self) -> list[tuple[int, int]]:
        """Return the rating of each answer up to this one, and the days since the one before it."""
        answers = self.history[: self.place + 1]
        days = [0, *((later.on - earlier.on).days for earlier, later in pairwise(answers))]
        return [(int(asked.rating), elapsed) for asked, elapsed in zip(answers, days, strict=True)]

    @property
    def is_remembered(self) -> bool:
        return self.history[self.place].rating is not Rating.AGAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """Recalls in the order of time: earlier days to learn from, later ones, from `since` on, to be judged by."""

    histories: Sequence[History]
    training: Sequence[Recall]
    held_out: Sequence[Recall]
    since: date


def parted(log: Sequence[Review], zone: ZoneInfo) -> Parted | None:
    """Part a sorted log between two study days; None while no card was answered on a later day."""
    histories, recalls = _read(log, zone)
    if not recalls:
        return None
    since = recalls[int(len(recalls) * (1 - HELD_OUT_SHARE))].on
    return Parted(
        histories=histories,
        training=[recall for recall in recalls if recall.on < since],
        held_out=[recall for recall in recalls if recall.on >= since],
        since=since,
    )


def _read(log: Iterable[Review], zone: ZoneInfo) -> tuple[list[History], list[Recall]]:
    histories: dict[str, list[Asked]] = defaultdict(list)
    recalls = []
    for review in log:
        history = histories[review.card]
        on = study_day(review.reviewed_at, zone)
        if history and on > history[-1].on:
            recalls.append(Recall(history, len(history)))
        history.append(Asked(on, review.rating))
    return list(histories.values()), recalls
