"""The state of a card: a fold over its answers, the same on every device that knows the same answers.

A card is scheduled by the rules that were in force at its last answer, applied to all its answers. Who switches from
SM-2 to FSRS, or gets other parameters, therefore keeps every due date until the card is answered next.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tkd_rules.repetition import fsrs6, sm2
from tkd_rules.repetition.days import study_day, zone_named
from tkd_rules.repetition.fsrs6 import FsrsMemory
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Rules, Settings
from tkd_rules.repetition.sm2 import Sm2Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """How a card stands: due from four in the morning of `due_on`, `interval_days` after the study day it counts from.

    `lapses` are the days on which a known card was not remembered. `last` is the last answer of the log.
    """

    card: str
    rules: Rules
    memory: Sm2Memory | FsrsMemory
    interval_days: int
    due_on: date
    reviews: int
    lapses: int
    seen_on: date
    last: Review


def replay(log: Sequence[Review], settings: Settings) -> CardState:
    """Fold the answers to one card, sorted and each once as `log_of` returns them. Raises ValueError for none."""
    if not log:
        raise ValueError("a card without an answer has no state")
    rules = settings.rules_at(log[-1].reviewed_at)
    state = answered(None, log[0], rules)
    for review in log[1:]:
        state = answered(state, review, rules)
    return state


def replay_all(log: Iterable[Review], settings: Settings) -> dict[str, CardState]:
    """Fold a sorted log of many cards; returns the states by card."""
    logs: dict[str, list[Review]] = defaultdict(list)
    for review in log:
        logs[review.card].append(review)
    return {card: replay(reviews, settings) for card, reviews in logs.items()}


def continues(state: CardState, review: Review, settings: Settings) -> bool:
    """Tell whether `answered` may go on from a state, which else has to be replayed from the whole log."""
    is_later = (review.reviewed_at, review.id) > (state.last.reviewed_at, state.last.id)
    return is_later and settings.rules_at(review.reviewed_at) == state.rules


def answered(state: CardState | None, review: Review, rules: Rules) -> CardState:
    """Return the state after one more answer, None being a card that was never asked."""
    day = study_day(review.reviewed_at, zone_named(rules.time_zone))
    scheduled = _by_sm2(state, review, day) if rules.algorithm == "sm2" else _by_fsrs(state, review, rules, day)
    memory, interval_days, due_on = scheduled
    return CardState(
        card=review.card,
        rules=rules,
        memory=memory,
        interval_days=interval_days,
        due_on=due_on,
        reviews=state.reviews + 1 if state else 1,
        lapses=_lapses(state, review.rating, day),
        seen_on=day,
        last=review,
    )


def intervals_days(state: CardState | None, asked: Review, rules: Rules) -> dict[Rating, int]:
    """Return in how many days the card would come back for each rating of the answer `asked`."""
    day = study_day(asked.reviewed_at, zone_named(rules.time_zone))
    return {rating: (answered(state, replace(asked, rating=rating), rules).due_on - day).days for rating in Rating}


Scheduled = tuple[Sm2Memory | FsrsMemory, int, date]


def _by_sm2(state: CardState | None, review: Review, day: date) -> Scheduled:
    """An answer before the card is due is no repetition: known, it changes nothing; not known, the card begins again.

    That covers asking again on the same day too, which in the publication belongs to the repetition it follows.
    """
    memory = state.memory if state and isinstance(state.memory, Sm2Memory) else Sm2Memory()
    is_early = state is not None and day < state.due_on
    if state and is_early and review.rating is not Rating.AGAIN:
        return memory, state.interval_days, state.due_on
    after = sm2.repeated(memory, review.rating)
    return after, after.interval_days, day + timedelta(days=after.interval_days)


def _by_fsrs(state: CardState | None, review: Review, rules: Rules, day: date) -> Scheduled:
    memory = state.memory if state and isinstance(state.memory, FsrsMemory) else None
    scheduler = fsrs6.scheduler_of(rules.parameters, rules.desired_retention)
    after, days = fsrs6.remembered(memory, review.rating, on=day, scheduler=scheduler)
    number = state.reviews + 1 if state else 1
    interval_days = fsrs6.spread_days(days, seed=f"{review.card} {number}")
    return after, interval_days, day + timedelta(days=interval_days)


def _lapses(state: CardState | None, rating: Rating, day: date) -> int:
    if state is None:
        return 0
    return state.lapses + (rating is Rating.AGAIN and day > state.seen_on)
