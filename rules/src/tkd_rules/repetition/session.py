"""What to ask today, what comes back before the day is over, and how much waits on the days to come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from tkd_rules.repetition.replay import CardState
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Algorithm, Settings

NEW_PER_DAY = 10
MOST_NEW_PER_DAY = 100
FORECAST_DAYS = 30
ASKED_AGAIN_AFTER = 4  # answers to other cards, so that the memory is asked and not the echo


def due_cards(states: Iterable[CardState], *, on: date) -> list[CardState]:
    """Return what is due on a study day. Those that wait longest come first, those of one day in an order of that day.

    Cards of one lesson would else always be asked in the same order, and remembered by it.
    """
    due = [state for state in states if state.due_on <= on]
    return sorted(due, key=lambda state: (state.due_on, _shuffled(state.card, on)))


def new_cards(deck: Sequence[str], *, known: Collection[str], introduced_today: int, new_per_day: int) -> list[str]:
    """Return the cards to learn today in the order of the deck: never answered, and as many as are left."""
    left = max(0, new_per_day - introduced_today)
    return [card for card in dict.fromkeys(deck) if card not in known][:left]


def comes_back_today(rating: Rating, algorithm: Algorithm) -> bool:
    """Tell whether a card is asked once more before the session ends.

    SM-2's step 7 repeats whatever scored below four, "until all of these items score at least four"; FSRS what was
    forgotten.
    """
    return rating < (Rating.GOOD if algorithm == "sm2" else Rating.HARD)


def asked_again(today: Sequence[Review], settings: Settings) -> dict[str, int]:
    """Return the cards that come back before the day is over, with how many answers followed the last one to each.

    `today` are the answers of one study day as `log_of` sorts them. The card that waits longest comes first.
    """
    last = {review.card: place for place, review in enumerate(today)}
    return {
        card: len(today) - 1 - place
        for card, place in sorted(last.items(), key=lambda item: item[1])
        if comes_back_today(today[place].rating, settings.rules_at(today[place].reviewed_at).algorithm)
    }


def queue(*, due: Sequence[str], new: Sequence[str], again: Mapping[str, int]) -> list[str]:
    """Return what is left to ask today, the next card first.

    It follows from the answers alone, so a session that was broken off goes on where it was, on any device.
    """
    ready = [card for card, since in again.items() if since >= ASKED_AGAIN_AFTER]
    others = [card for card in (*due, *new) if card not in again]
    return [*ready, *others, *(card for card in again if card not in ready)]


def forecast(states: Iterable[CardState], *, on: date, days: int = FORECAST_DAYS) -> list[int]:
    """Return how many cards fall due on each of the next days, the first being `on` with all that is overdue."""
    counts = [0] * days
    for state in states:
        ahead = max(0, (state.due_on - on).days)
        if ahead < days:
            counts[ahead] += 1
    return counts


def _shuffled(card: str, on: date) -> bytes:
    return sha256(f"{on.isoformat()} {card}".encode()).digest()
