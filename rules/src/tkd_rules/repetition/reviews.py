"""Answers to cards: a set that only grows, and the one order in which it is read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Rating(IntEnum):
    """How well a card was remembered, by the learner's own judgement."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One answer. `id` is a UUIDv7 from the device, `reviewed_at` is aware and in UTC, `card` is `kind/slug/facet`."""

    id: str
    card: str
    rating: Rating
    reviewed_at: datetime
    elapsed_ms: int
    device: str


def log_of(reviews: Iterable[Review], *, retracted: Collection[str] = ()) -> tuple[Review, ...]:
    """Return each answer once, the oldest first, without those whose ids were taken back.

    The order depends on nothing but the answers. Of two that share an id the one that sorts first counts.
    """
    by_id: dict[str, Review] = {}
    for review in sorted(reviews, key=_place):
        if review.id not in retracted:
            by_id.setdefault(review.id, review)
    return tuple(by_id.values())


def _place(review: Review) -> tuple[datetime, str, str, int, int, str]:
    return review.reviewed_at, review.id, review.card, review.rating, review.elapsed_ms, review.device
