"""What the learner knows: their answers, what is due today, and what the next answer changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import takewhile
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.ids import new_id
from tkd_client.offline.learner import LearnerStore
from tkd_client.state.observed import Observed
from tkd_rules.merge import Choice
from tkd_rules.operations import EARLIEST, LARGEST_NUMBER
from tkd_rules.repetition import session
from tkd_rules.repetition.cards import belt_deck, chosen_cards, parse_card
from tkd_rules.repetition.days import study_day, zone_named
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.replay import CardState, answered, continues, intervals_days, replay, replay_all
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Rules, Settings, settings_of

NEW_PER_DAY = "new_per_day"


class Keep(Protocol):
    """How what the learner did is kept; tells whether there was room."""

    def __call__(self, kind: str, payload: Mapping[str, Any], *, id_: str) -> bool: ...


@dataclass(slots=True, kw_only=True)
class Held:
    """All that the store holds of the learner, read once and kept up with each answer."""

    log: list[Review]
    settings: Settings
    choices: dict[str, Choice]
    states: dict[str, CardState]

    @property
    def zone(self) -> ZoneInfo:
        return zone_named(self.settings.current.time_zone)

    @property
    def chosen(self) -> dict[str, bool | int]:
        """Return what is chosen by its name."""
        return {name: choice.value for name, choice in self.choices.items() if choice.value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What the catalogue offers a grade: the cards in the order of learning, and which items there are at all."""

    cards: list[str]
    items: frozenset[tuple[str, str]]

    def has(self, card: str) -> bool:
        parsed = parse_card(card)
        return (parsed.kind, parsed.slug) in self.items


@dataclass(frozen=True, kw_only=True)
class Today:
    """What there is to do on a study day."""

    on: date
    due: list[str]
    new: list[str]
    again: Mapping[str, int]
    answered: int

    @cached_property
    def left(self) -> list[str]:
        """Return the cards still to be asked, the next one first."""
        return session.queue(due=self.due, new=self.new, again=self.again)


class Learning(Observed):
    """Read from the store when it is first asked for, and again when others have written there."""

    def __init__(
        self,
        *,
        store: LearnerStore,
        catalogue: Catalogue,
        belt_rank: Callable[[], int],
        may_begin: Callable[[], bool],
        keep: Keep,
        now: Callable[[], datetime],
        time_zone: str,
    ) -> None:
        """`time_zone` is the device's. `may_begin` tells whether rules may be set that no other device knows of."""
        super().__init__()
        self._store, self._catalogue, self._belt_rank = store, catalogue, belt_rank
        self._may_begin, self._keep, self._now = may_begin, keep, now
        self.time_zone = time_zone
        self._held: Held | None = None
        self._mark = store.mark()
        self._given: list[Review] = []
        self._deck: tuple[tuple[int, int], Deck] | None = None
        self._today: tuple[tuple[date, int, int], Today] | None = None
        self._version = 0

    @property
    def is_read(self) -> bool:
        return self._held is not None

    @property
    def held(self) -> Held:
        if self._held is None:
            self._mark = self._store.mark()
            log, settings = self._store.log(), self._store.settings()
            self._held = Held(
                log=list(log), settings=settings, choices=self._store.choices(), states=replay_all(log, settings)
            )
        return self._held

    @property
    def rules(self) -> Rules:
        return self.held.settings.current

    @property
    def new_per_day(self) -> int:
        return int(self.held.chosen.get(NEW_PER_DAY, session.NEW_PER_DAY))

    @property
    def on(self) -> date:
        """Return the study day that it is now."""
        return study_day(self._moment(), self.held.zone)

    @property
    def deck(self) -> Deck:
        key = (self._catalogue.cursor, self._belt_rank())
        if self._deck is None or self._deck[0] != key:
            outline = self._catalogue.outline()
            items = frozenset((kind, item["slug"]) for kind, found in outline.items() for item in found)
            self._deck = key, Deck(cards=belt_deck(outline, belt_rank=self._belt_rank()), items=items)
        return self._deck[1]

    @property
    def today(self) -> Today:
        """Return what there is to do now; cards of which the catalogue has lost the item are left out."""
        key = (self.on, self._version, id(self.deck))
        if self._today is None or self._today[0] != key:
            self._today = key, self._look(self.on)
        return self._today[1]

    def follow(self) -> None:
        """Read the store again where it holds something else than what is known here."""
        mark = self._store.mark()
        if self._held and mark != self._mark:
            self._mark = mark
            self._held = self._renewed(self._held)
        self._moved()

    def _renewed(self, held: Held) -> Held | None:
        """Return what is known with the choices of others; None when there are other answers or rules too."""
        known = {(review.id, review.reviewed_at.isoformat()) for review in held.log}
        if known != self._store.answers() or held.settings != self._store.settings():
            return None
        return replace(held, choices=self._store.choices())

    def answer(self, card: str, rating: Rating, *, elapsed_ms: int) -> bool:
        """Keep an answer; tells whether there was room for it."""
        self._begin()
        at = self._moment()
        review = Review(
            id=new_id(at),
            card=card,
            rating=rating,
            reviewed_at=at,
            elapsed_ms=max(0, min(elapsed_ms, LARGEST_NUMBER)),
            device=self._store.device,
        )
        payload = {
            "card": card,
            "rating": int(rating),
            "reviewed_at": at.isoformat(),
            "elapsed_ms": review.elapsed_ms,
        }
        if not self._kept("review", payload, id_=review.id):
            return False
        self._given.append(review)
        self._took(review)
        return True

    def can_undo(self) -> bool:
        return bool(self._given)

    def undo(self) -> str | None:
        """Take the last answer that was given here back; returns its card, None when there is none or no room."""
        if not self._given:
            return None
        review = self._given[-1]
        if not self._kept("retraction", {"review": review.id}, id_=new_id(self._moment())):
            return None
        self._given.pop()
        held = self.held
        held.log[:] = [answer for answer in held.log if answer.id != review.id]
        answers = [answer for answer in held.log if answer.card == review.card]
        held.states.pop(review.card, None)
        if answers:
            held.states[review.card] = replay(answers, held.settings)
        self._moved()
        return review.card

    def intervals(self, card: str) -> dict[Rating, int]:
        """Return in how many days the card would come back, by the answer."""
        asked = Review(id="", card=card, rating=Rating.GOOD, reviewed_at=self._moment(), elapsed_ms=0, device="")
        return intervals_days(self.held.states.get(card), asked, self.rules)

    def comes_back_today(self, rating: Rating) -> bool:
        return session.comes_back_today(rating, self.rules.algorithm)

    def change_rules(self, **changes: Any) -> bool:
        """Schedule by other rules from now on; no due date moves. `changes` are fields of `Rules`."""
        self._begin()
        since = _after(self.rules.since, self._moment())
        return self._set_rules(replace(self.rules, since=since, device=self._store.device, **changes))

    def choose(self, name: str, value: int | None) -> bool:
        """Choose `new_per_day`, or with true and None what `deck/kind/slug` and `favourite/kind/slug` name."""
        known = self.held.choices.get(name)
        at = _after(known.occurred_at, self._moment()) if known else self._moment()
        choice = Choice(name=name, value=value, occurred_at=at, device=self._store.device)
        if not self._kept("choice", {"name": name, "value": value, "occurred_at": at.isoformat()}, id_=new_id(at)):
            return False
        self.held.choices[name] = choice
        self._moved()
        return True

    def is_chosen(self, name: str) -> bool:
        return name in self.held.chosen

    def _look(self, on: date) -> Today:
        held, deck = self.held, self.deck
        answers = self._answers_on(on)
        counts: dict[str, int] = {}
        for review in answers:
            counts[review.card] = counts.get(review.card, 0) + 1
        introduced = sum(held.states[card].reviews == count for card, count in counts.items())
        due = [state.card for state in session.due_cards(held.states.values(), on=on) if deck.has(state.card)]
        chosen = [card for card in chosen_cards(held.chosen) if deck.has(card)]
        new = session.new_cards(
            [*chosen, *deck.cards], known=held.states, introduced_today=introduced, new_per_day=self.new_per_day
        )
        again = session.asked_again(answers, held.settings)
        again = {card: since for card, since in again.items() if deck.has(card)}
        return Today(on=on, due=due, new=new, again=again, answered=len(answers))

    def _answers_on(self, on: date) -> list[Review]:
        zone = self.held.zone
        latest = takewhile(lambda review: study_day(review.reviewed_at, zone) >= on, reversed(self.held.log))
        return [review for review in latest if study_day(review.reviewed_at, zone) == on][::-1]

    def _took(self, review: Review) -> None:
        held = self.held
        before = held.states.get(review.card)
        held.log.append(review)
        is_in_order = len(held.log) == 1 or (review.reviewed_at, review.id) > _place(held.log[-2])
        if not is_in_order:
            held.log.sort(key=_place)
        if before is None or continues(before, review, held.settings):
            held.states[review.card] = answered(before, review, held.settings.rules_at(review.reviewed_at))
        else:
            answers = [answer for answer in held.log if answer.card == review.card]
            held.states[review.card] = replay(answers, held.settings)
        self._moved()

    def _begin(self) -> None:
        """Let the learner's days begin by the clock of this device, unless rules are known or may be known elsewhere.

        As early as can be: rules that another device has set on purpose then hold.
        """
        is_set = len(self.held.settings.history) > 1
        if not is_set and self._may_begin() and self.time_zone != self.rules.time_zone:
            self._set_rules(replace(self.rules, since=EARLIEST, device=self._store.device, time_zone=self.time_zone))

    def _set_rules(self, rules: Rules) -> bool:
        payload = {
            "since": rules.since.isoformat(),
            "algorithm": rules.algorithm,
            "desired_retention": rules.desired_retention,
            "time_zone": rules.time_zone,
            "parameters": None if rules.parameters == DEFAULT_PARAMETERS else list(rules.parameters),
        }
        if not self._kept("rules", payload, id_=new_id(self._moment())):
            return False
        held = self.held
        held.settings = settings_of([*held.settings.history[1:], rules])
        held.states = replay_all(held.log, held.settings)
        self._moved()
        return True

    def _kept(self, kind: str, payload: Mapping[str, Any], *, id_: str) -> bool:
        """Keep it with what is known here unchanged, so that one's own doing is not read again."""
        _ = self.held
        was_kept = self._keep(kind, payload, id_=id_)
        self._mark = self._store.mark()
        return was_kept

    def _moved(self) -> None:
        self._version += 1
        self.changed()

    def _moment(self) -> datetime:
        """Return now, by a clock that was never set at least a moment that can be stored."""
        return max(EARLIEST, self._now())


def _place(review: Review) -> tuple[datetime, str]:
    return review.reviewed_at, review.id


def _after(known: datetime, now: datetime) -> datetime:
    """Return a moment that is later than the one known: what is done now holds, whatever the clocks say."""
    return max(now, known + timedelta(microseconds=1))
