"""Two published models of memory, which decide what a simulated learner really knows. The schedules never see them.

FSRS-6: open-spaced-repetition/fsrs4anki, wiki, "The Algorithm". Who is simulated by it flatters FSRS.
ACT-R: P. I. Pavlik, J. R. Anderson, "Practice and Forgetting Effects on Vocabulary Memory: An Activation-Based Model
of the Spacing Effect", Cognitive Science 29 (2005), 559-586; constants as in open-spaced-repetition/srs-benchmark.
It knows no stability, no difficulty and no ratings, only when a card was seen.
"""

import math
import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Protocol, Self

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from benchmarks.retention.days import date_of
from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS, FsrsMemory
from tkd_rules.repetition.reviews import Rating

# How often Anki's users choose each: fsrs-rs 6.6, `SimulatorConfig::default`.
FIRST_RATINGS: Final = (0.24, 0.094, 0.495, 0.171)
PASSING_RATINGS: Final = (0.224, 0.631, 0.145)
DAY_S = 86_400


class Trace(Protocol):
    """What is left of a card in a head. `at_day` counts days, with their fraction."""

    def chance(self, at_day: float) -> float:
        """Return the probability, 0 to 1, of knowing it."""

    def after(self, rating: Rating, at_day: float) -> Self: ...


class Learner(Protocol):
    def meet(self, dice: random.Random, at_day: float) -> tuple[Trace, Rating]:
        """Return what the first sight of a card leaves, and how it is rated."""

    def rate(self, trace: Trace, at_day: float, dice: random.Random) -> Rating: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FsrsTrace:
    """`pace` is the card's own: how much faster it is forgotten than FSRS could know."""

    memory: FsrsMemory
    parameters: tuple[float, ...]
    pace: float

    def chance(self, at_day: float) -> float:
        decay = -self.parameters[20]
        elapsed = (date_of(at_day) - self.memory.seen_on).days * self.pace
        return float((1 + (0.9 ** (1 / decay) - 1) * elapsed / self.memory.stability_days) ** decay)

    def after(self, rating: Rating, at_day: float) -> "FsrsTrace":
        scheduler = fsrs6.scheduler_of(self.parameters, fsrs6.DEFAULT_RETENTION)
        memory, _days = fsrs6.remembered(self.memory, rating, on=date_of(at_day), scheduler=scheduler)
        return FsrsTrace(memory=memory, parameters=self.parameters, pace=self.pace)


@dataclass(frozen=True, slots=True)
class FsrsLearner:
    parameters: tuple[float, ...]

    @classmethod
    def drawn(cls, dice: random.Random) -> Self:
        """Draw one around the published parameters; the first four, how well a new card sticks, spread most."""
        memory_of_all = dice.gauss(0, 0.5)
        drawn = []
        for place, number in enumerate(DEFAULT_PARAMETERS):
            spread = memory_of_all + dice.gauss(0, 0.2) if place < 4 else dice.gauss(0, 0.15)
            lowest, highest = LOWER_BOUNDS_PARAMETERS[place], UPPER_BOUNDS_PARAMETERS[place]
            drawn.append(min(max(number * math.exp(spread), lowest), highest))
        return cls(tuple(drawn))

    def meet(self, dice: random.Random, at_day: float) -> tuple[Trace, Rating]:
        rating = dice.choices(list(Rating), FIRST_RATINGS)[0]
        scheduler = fsrs6.scheduler_of(self.parameters, fsrs6.DEFAULT_RETENTION)
        memory, _days = fsrs6.remembered(None, rating, on=date_of(at_day), scheduler=scheduler)
        return FsrsTrace(memory=memory, parameters=self.parameters, pace=math.exp(dice.gauss(0, 0.3))), rating

    def rate(self, trace: Trace, at_day: float, dice: random.Random) -> Rating:
        if dice.random() >= trace.chance(at_day):
            return Rating.AGAIN
        return dice.choices([Rating.HARD, Rating.GOOD, Rating.EASY], PASSING_RATINGS)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """Pavlik and Anderson's constants. `threshold` is lower than their -0.704.

    Their learners practised a word several times on its first day. Here a card that was seen once is known the next
    day by four in five; the rest follows from the model.
    """

    decay: float = 0.1768
    decay_scale: float = 0.217
    noise: float = 0.2549
    threshold: float = -1.7
    time_scale: float = 0.025  # time between sessions disturbs less than time within one


@dataclass(frozen=True, slots=True, kw_only=True)
class ActrTrace:
    """Each practice as (day, decay); `ease` is the card's own and adds to the activation."""

    practices: tuple[tuple[float, float], ...]
    model: Activation
    ease: float

    def chance(self, at_day: float) -> float:
        excess = self.activation(at_day) - self.model.threshold
        return 1 / (1 + math.exp(-excess / self.model.noise))

    def activation(self, at_day: float) -> float:
        scale = DAY_S * self.model.time_scale
        return self.ease + math.log(sum(max(1.0, (at_day - day) * scale) ** -decay for day, decay in self.practices))

    def after(self, rating: Rating, at_day: float) -> "ActrTrace":
        """The more active a card is when it is practised, the sooner this practice is forgotten: the spacing effect."""
        decay = self.model.decay_scale * math.exp(self.activation(at_day)) + self.model.decay
        return ActrTrace(practices=(*self.practices, (at_day, decay)), model=self.model, ease=self.ease)


@dataclass(frozen=True, slots=True)
class ActrLearner:
    model: Activation

    EASE_SPREAD = 0.2
    # By how much the activation of the moment must exceed the threshold to feel like good, and like easy: set so that
    # good is the usual answer.
    GOOD_FROM, EASY_FROM = 0.4, 1.3

    @classmethod
    def drawn(cls, dice: random.Random) -> Self:
        return cls(
            Activation(
                decay=0.1768 * math.exp(dice.gauss(0, 0.1)),
                decay_scale=0.217 * math.exp(dice.gauss(0, 0.1)),
                noise=0.2549 * math.exp(dice.gauss(0, 0.1)),
                threshold=-1.7 + dice.gauss(0, 0.15),
            )
        )

    def meet(self, dice: random.Random, at_day: float) -> tuple[Trace, Rating]:
        """An easy card is oftener rated so at first sight, by half what it is and by half by chance."""
        lot, chance = dice.gauss(0, 1), dice.gauss(0, 1)
        rank = NormalDist().cdf((lot + chance) / math.sqrt(2))
        rating = Rating(1 + sum(rank > sum(FIRST_RATINGS[: place + 1]) for place in range(3)))
        ease = lot * self.EASE_SPREAD
        return ActrTrace(practices=((at_day, self.model.decay),), model=self.model, ease=ease), rating

    def rate(self, trace: Trace, at_day: float, dice: random.Random) -> Rating:
        """Draw the activation of the moment; its noise is logistic, which makes `chance` what it is."""
        draw, chance = min(max(dice.random(), 1e-9), 1 - 1e-9), trace.chance(at_day)
        excess = self.model.noise * (math.log(chance / (1 - chance)) + math.log(draw / (1 - draw)))
        if excess < 0:
            return Rating.AGAIN
        return Rating.HARD if excess < self.GOOD_FROM else Rating.GOOD if excess < self.EASY_FROM else Rating.EASY


LEARNERS: Final[dict[str, type[FsrsLearner] | type[ActrLearner]]] = {"fsrs": FsrsLearner, "actr": ActrLearner}
