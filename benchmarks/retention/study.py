"""A simulated learner's days, scheduled by the rules package as a device does it."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean

from benchmarks.retention.days import ANSWER_S, date_of, moment_of
from benchmarks.retention.memories import DAY_S, Learner, Trace
from tkd_rules.repetition.replay import CardState, answered, replay
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.session import comes_back_today, due_cards
from tkd_rules.repetition.settings import Rules, Settings

MOST_REPETITIONS_A_DAY = 5
WEIGHED_EVERY_DAYS = 10


@dataclass(kw_only=True)
class Course:
    """One learner under one set of rules. `due` are the cards that waited each day, `answers` all that were given."""

    learner: Learner
    rules: Rules
    dice: random.Random
    day: int = 0
    states: dict[str, CardState] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    logs: dict[str, list[Review]] = field(default_factory=lambda: defaultdict(list))
    due: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    known: dict[int, float] = field(default_factory=dict)

    def live(self, days: int, *, new_a_day: int) -> "Course":
        """Answer what is due and meet new cards, day after day; every tenth morning weigh what is known."""
        for _ in range(days):
            if self.day % WEIGHED_EVERY_DAYS == 0 and self.traces:
                self.known[self.day] = self.knowledge()
            self._live_a_day(new_a_day)
            self.day += 1
        return self

    def knowledge(self) -> float:
        """Return the share of all cards met that would be known this morning: the mean true probability."""
        return fmean(trace.chance(self.day) for trace in self.traces.values())

    def under(self, rules: Rules, *, seed: str) -> "Course":
        """Return the same learner, to go on from here by other rules."""
        return Course(
            learner=self.learner,
            rules=rules,
            dice=random.Random(seed),  # noqa: S311 - a simulation
            day=self.day,
            states=dict(self.states),
            traces=dict(self.traces),
            known=dict(self.known),
            logs=defaultdict(list, {card: list(log) for card, log in self.logs.items()}),
        )

    @property
    def log(self) -> list[Review]:
        """Return all answers in their order; ids grow with time."""
        return sorted((review for log in self.logs.values() for review in log), key=lambda review: review.id)

    def _live_a_day(self, new_a_day: int) -> None:
        due = [state.card for state in due_cards(self.states.values(), on=date_of(self.day))]
        new = [f"term/word-{len(self.states) + place}/meaning" for place in range(new_a_day)]
        waiting, turn = [*due, *new], 0
        self.due.append(len(due))
        for _ in range(1 + MOST_REPETITIONS_A_DAY):
            again = []
            for card in waiting:
                turn += 1
                rating = self._answer(card, self.day + turn * ANSWER_S / DAY_S, turn)
                if comes_back_today(rating, self.rules.algorithm):
                    again.append(card)
            waiting = again
        self.answers.append(turn)

    def _answer(self, card: str, at_day: float, turn: int) -> Rating:
        trace = self.traces.get(card)
        if trace is None:
            self.traces[card], rating = self.learner.meet(self.dice, at_day)
        else:
            rating = self.learner.rate(trace, at_day, self.dice)
            self.traces[card] = trace.after(rating, at_day)
        review = Review(
            id=f"{self.day:05}-{turn:05}",
            card=card,
            rating=rating,
            reviewed_at=moment_of(at_day),
            elapsed_ms=ANSWER_S * 1_000,
            device="phone",
        )
        self.logs[card].append(review)
        self.states[card] = self._after(card, review)
        return rating

    def _after(self, card: str, review: Review) -> CardState:
        """As a device does it: go on from the state, or replay the card's log when the rules are others now."""
        state = self.states.get(card)
        if state is None or state.rules == self.rules:
            return answered(state, review, self.rules)
        return replay(self.logs[card], Settings(history=(self.rules,)))


def begun(learner: Learner, rules: Rules, *, seed: str) -> Course:
    return Course(learner=learner, rules=rules, dice=random.Random(seed))  # noqa: S311 - a simulation
