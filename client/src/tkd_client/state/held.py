"""What is known of a learner: their answers, what these amount to, and what there is to do today."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from tkd_rules.merge import Choice
from tkd_rules.repetition import session
from tkd_rules.repetition.cards import belt_deck, chosen_cards, parse_card
from tkd_rules.repetition.days import study_day, zone_named
from tkd_rules.repetition.replay import CardState, answered, continues, replay, replay_all
from tkd_rules.repetition.reviews import Review
from tkd_rules.repetition.settings import Settings


@dataclass(kw_only=True)
class Held:
    """The answers of a learner in their order, and how each card stands, kept up with every answer."""

    log: list[Review]
    settings: Settings
    choices: dict[str, Choice]
    states: dict[str, CardState]

    @classmethod
    def of(cls, log: Iterable[Review], settings: Settings, choices: dict[str, Choice]) -> "Held":
        """`log` is sorted, as `log_of` returns it."""
        answers = list(log)
        return cls(log=answers, settings=settings, choices=choices, states=replay_all(answers, settings))

    @property
    def zone(self) -> ZoneInfo:
        return zone_named(self.settings.current.time_zone)

    @property
    def chosen(self) -> dict[str, bool | int]:
        """Return what is chosen, by its name."""
        return {name: choice.value for name, choice in self.choices.items() if choice.value is not None}

    @cached_property
    def days(self) -> set[date]:
        """Return the study days with an answer, as they were when this was first asked."""
        return {study_day(review.reviewed_at, self.zone) for review in self.log}

    def answers(self) -> set[tuple[str, str]]:
        """Return id and moment of each answer."""
        return {(review.id, review.reviewed_at.isoformat()) for review in self.log}

    def answers_on(self, on: date) -> list[Review]:
        latest = takewhile(lambda review: study_day(review.reviewed_at, self.zone) >= on, reversed(self.log))
        return [review for review in latest if study_day(review.reviewed_at, self.zone) == on][::-1]

    def take(self, review: Review) -> None:
        """Take an answer in; a clock that was set back may put it before others."""
        self.log.append(review)
        if len(self.log) > 1 and _place(review) < _place(self.log[-2]):
            self.log.sort(key=_place)
        before = self.states.get(review.card)
        if before is None or continues(before, review, self.settings):
            self.states[review.card] = answered(before, review, self.settings.rules_at(review.reviewed_at))
        else:
            self._replay(review.card)

    def take_back(self, review: Review) -> None:
        """Let the card of an answer stand as if it had not been given."""
        self.log.remove(review)
        self._replay(review.card)

    def _replay(self, card: str) -> None:
        self.states.pop(card, None)
        answers = [review for review in self.log if review.card == card]
        if answers:
            self.states[card] = replay(answers, self.settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What the catalogue offers a grade: the cards in the order of learning, and which items there are at all."""

    cards: list[str]
    items: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, outline: Mapping[str, list[dict[str, Any]]], *, belt_rank: int) -> "Deck":
        items = frozenset((kind, item["slug"]) for kind, found in outline.items() for item in found)
        return cls(cards=belt_deck(outline, belt_rank=belt_rank), items=items)

    def has(self, card: str) -> bool:
        parsed = parse_card(card)
        return (parsed.kind, parsed.slug) in self.items


@dataclass(frozen=True, kw_only=True)
class Today:
    """What there is to do on a study day, and how many answers were given on it."""

    on: date
    due: list[str]
    new: list[str]
    again: Mapping[str, int]
    answered: int

    @cached_property
    def left(self) -> list[str]:
        """Return the cards still to be asked, the next one first."""
        return session.queue(due=self.due, new=self.new, again=self.again)


def today_of(held: Held, deck: Deck, *, on: date, new_per_day: int) -> Today:
    """Return what there is to do; cards whose item the catalogue has lost are left out."""
    answers = held.answers_on(on)
    counts = Counter(review.card for review in answers)
    again = session.asked_again(answers, held.settings)
    return Today(
        on=on,
        due=[state.card for state in session.due_cards(held.states.values(), on=on) if deck.has(state.card)],
        new=session.new_cards(
            [*filter(deck.has, chosen_cards(held.chosen)), *deck.cards],
            known=held.states,
            introduced_today=sum(held.states[card].reviews == count for card, count in counts.items()),
            new_per_day=new_per_day,
        ),
        again={card: since for card, since in again.items() if deck.has(card)},
        answered=len(answers),
    )


def _place(review: Review) -> tuple[datetime, str]:
    return review.reviewed_at, review.id
