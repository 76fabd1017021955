"""What the learner knows: their answers, what is due today, and what the next answer changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.ids import new_id
from tkd_client.offline.learner import LearnerStore
from tkd_client.state.held import Deck, Held, Today, today_of
from tkd_client.state.observed import Observed
from tkd_rules.merge import Choice
from tkd_rules.operations import EARLIEST, LARGEST_NUMBER, NEW_PER_DAY
from tkd_rules.repetition import session
from tkd_rules.repetition.days import ONE_DAY, study_day
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.replay import intervals_days
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Rules, settings_of
from tkd_rules.repetition.statistics import streak_days

COARSEST_CLOCK = timedelta(seconds=1)  # browsers that hide who one is round to tenths of it


class Keep(Protocol):
    """How what the learner did is kept; tells whether there was room."""

    def __call__(self, kind: str, payload: Mapping[str, Any], *, id_: str) -> bool: ...


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
        self._has_begun = False
        self._mark = store.mark()
        self._given: list[Review] = []
        self._more_new: tuple[date, int] | None = None
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
            settings = self._store.settings()
            self._has_begun = len(settings.history) > 1
            if not self._has_begun and self._may_begin():
                settings = settings_of([self._first_rules()])
            self._held = Held.of(self._store.log(), settings, self._store.choices())
        return self._held

    def warm(self) -> None:
        """Read the store after the first screen is drawn, rather than before."""
        if not self.is_read:
            _ = self.held
            self._moved()

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
            self._deck = key, Deck.of(self._catalogue.outline(), belt_rank=self._belt_rank())
        return self._deck[1]

    @property
    def today(self) -> Today:
        """Return what there is to do now; cards of which the catalogue has lost the item are left out."""
        key = (self.on, self._version, id(self.deck))
        if self._today is None or self._today[0] != key:
            new_per_day = self.new_per_day + self._extra_new(self.on)
            self._today = key, today_of(self.held, self.deck, on=self.on, new_per_day=new_per_day)
        return self._today[1]

    def streak_days(self) -> int:
        """Return the study days in a row with an answer, up to today."""
        today = {self.on} if self.today.answered else set()
        return streak_days((self.held.days - {self.on}) | today, today=self.on)

    def due_tomorrow(self) -> int:
        """Return how many cards will be due tomorrow, if nothing else is answered today."""
        tomorrow = self.on + ONE_DAY
        return sum(state.due_on <= tomorrow and self.deck.has(state.card) for state in self.held.states.values())

    def has_more_new(self) -> bool:
        return any(card not in self.held.states for card in self.deck.cards)

    def want_more_new(self, count: int) -> None:
        """Ask for more new cards, for today alone."""
        self._more_new = self.on, self._extra_new(self.on) + count
        self._moved()

    def _extra_new(self, on: date) -> int:
        return self._more_new[1] if self._more_new and self._more_new[0] == on else 0

    def follow(self) -> None:
        """Read the store again where it holds something else than what is known here."""
        mark = self._store.mark()
        if self._held and mark != self._mark:
            self._mark = mark
            self._held = self._renewed(self._held)
        self._moved()

    def _renewed(self, held: Held) -> Held | None:
        """Return what is known with the choices of others; None when there are other answers or rules too.

        Reading and replaying thousands of answers again, each time one's own were told back, would be felt.
        """
        if held.answers() != self._store.answers() or held.settings != self._store.settings():
            return None
        held.choices = self._store.choices()
        return held

    def answer(self, card: str, rating: Rating, *, elapsed_ms: int) -> bool:
        """Keep an answer; tells whether there was room for it."""
        self._begin()
        at = self._next_moment()
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
        self.held.take(review)
        self._moved()
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
        self.held.take_back(review)
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
        since = _after(self.rules.since, self._next_moment())
        return self._set_rules(replace(self.rules, since=since, device=self._store.device, **changes))

    def choose(self, name: str, value: int | None) -> bool:
        """Choose a number such as `new_per_day`, or with true and None what `deck/kind/slug` and the like name."""
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

    def _first_rules(self) -> Rules:
        """Return what a learner begins with: days by the clock of this device.

        It holds since as early as can be, so that rules which another device has set on purpose come after it.
        """
        return Rules(since=EARLIEST, device=self._store.device, time_zone=self.time_zone)

    def _begin(self) -> None:
        """Store what the learner began with, unless rules are known or may be known elsewhere."""
        _ = self.held  # reading it tells whether the learner has begun
        if not self._has_begun and self._may_begin() and self.time_zone != Rules().time_zone:
            self._set_rules(self._first_rules())

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
        settings = settings_of([*held.settings.history[1:], rules])
        self._held, self._has_begun = Held.of(held.log, settings, held.choices), True
        self._moved()
        return True

    def _kept(self, kind: str, payload: Mapping[str, Any], *, id_: str) -> bool:
        """Keep it with what is known here unchanged, so that one's own doing is not read again."""
        was_kept = self._keep(kind, payload, id_=id_)
        self._mark = self._store.mark()
        return was_kept

    def _moved(self) -> None:
        self._version += 1
        self.changed()

    def _next_moment(self) -> datetime:
        """Return now, or what is just after the last answer where the clock has not moved on since."""
        now, log = self._moment(), self.held.log
        is_same = bool(log) and now <= log[-1].reviewed_at < now + COARSEST_CLOCK
        return _after(log[-1].reviewed_at, now) if is_same else now

    def _moment(self) -> datetime:
        """Return now, by a clock that was never set at least a moment that can be stored."""
        return max(EARLIEST, self._now())


def _after(known: datetime, now: datetime) -> datetime:
    """Return a moment that is later than the one known: what is done now holds, whatever the clocks say."""
    return max(now, known + timedelta(microseconds=1))
