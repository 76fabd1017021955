"""How likely a learner is to know, on the day of a grading, what its syllabus asks for. Formulas: docs, readiness.md.

The unit is an item. The examiner asks one of its cards, each as likely as another, so an item's chance is the mean of
its cards' chances; a card that was never asked counts 0. A section is passed when at least PASS_PERCENT of its items
are known, which for independent items of unequal chances is the tail of a Poisson binomial distribution.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from tkd_rules.repetition import fsrs6
from tkd_rules.repetition.cards import cards_of
from tkd_rules.repetition.fsrs6 import FsrsMemory
from tkd_rules.repetition.replay import CardState

PASS_PERCENT: Final = 70
# What is less likely than this to be known by then should be repeated before.
REPEAT_BELOW: Final = 0.7
KEPT_DECIMALS: Final = 6
UNUSED_DIFFICULTY: Final = 5.0
# The sections that cards can tell of, and the parts of a syllabus that each takes its items from.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "tuls": ("tuls", "revision_tuls"),
    "techniques": ("stances", "hand_techniques", "kicks"),
    "terminology": ("terminology",),
    "theory": ("theory",),
    "sparring": ("sparring",),
}
What = Literal["learn", "repeat"]


class GradingInThePast(ValueError):  # noqa: N818 - it names what is wrong
    """The grading was before today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChance:
    """An item and the probability that it is known on the day; `is_seen` says that one of its cards was asked."""

    kind: str
    slug: str
    chance: float
    is_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`passing` is the probability that enough of the items are known; 1 where nothing is asked."""

    name: str
    items: tuple[ItemChance, ...]
    needed: int
    passing: float

    @property
    def coverage(self) -> float:
        """Return the share of items that were seen, 0 to 1."""
        return sum(item.is_seen for item in self.items) / len(self.items) if self.items else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do about one item before the day."""

    what: What
    section: str
    item: ItemChance


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """`steps` come in the order in which they help: what was never seen, then what will be forgotten soonest."""

    on: date
    sections: tuple[Section, ...]
    steps: tuple[NextStep, ...]


def readiness(syllabus: Mapping[str, Any], states: Mapping[str, CardState], *, on: date, today: date) -> Readiness:
    """Return how ready a learner is for the grading of a syllabus on a day. Raises GradingInThePast.

    `syllabus` is a document as `tkd_rules.syllabus.with_variant` returns it; `states` are the learner's cards by key.
    """
    if on < today:
        raise GradingInThePast(f"{on} is over; today is {today}.")
    sections = tuple(
        _section(name, _items_of(syllabus["sections"], parts), states, on=on) for name, parts in PARTS.items()
    )
    return Readiness(on=on, sections=sections, steps=tuple(_steps(sections)))


def chance_of(state: CardState, *, on: date) -> float:
    """Return the probability, 0 to 1, that a card is known on a day.

    FSRS says it by itself. SM-2 keeps no memory of strength: its interval stands in for the stability of FSRS, so that
    a card is known with 90 % when it falls due, and on the curve of the published parameters before and after.
    """
    if isinstance(state.memory, FsrsMemory):
        return fsrs6.retrievability(state.memory, on=on, parameters=state.rules.parameters)
    seen_on = state.due_on - timedelta(days=state.interval_days)
    memory = FsrsMemory(stability_days=state.interval_days, difficulty=UNUSED_DIFFICULTY, seen_on=seen_on)
    return fsrs6.retrievability(memory, on=on)


def at_least(needed: int, chances: Iterable[float]) -> float:
    """Return the probability that at least `needed` of independent events with these chances happen.

    Exact: `counts[k]` is the probability that k of the events so far have happened.
    """
    counts = [1.0]
    for chance in chances:
        happened = [0.0, *(held * chance for held in counts)]
        counts = [held * (1 - chance) + more for held, more in zip([*counts, 0.0], happened, strict=True)]
    return round(min(1.0, sum(counts[needed:])), KEPT_DECIMALS)


def needed_of(count: int) -> int:
    """Return how many of `count` items pass a section."""
    return -(-count * PASS_PERCENT // 100)


def _items_of(sections: Mapping[str, Any], parts: Sequence[str]) -> list[tuple[str, str]]:
    """Return kind and slug of each item once; a technique may be asked at several heights."""
    return list(dict.fromkeys((entry["type"], entry["slug"]) for part in parts for entry in sections[part]))


def _section(name: str, items: Sequence[tuple[str, str]], states: Mapping[str, CardState], *, on: date) -> Section:
    chances = tuple(_item_chance(kind, slug, states, on=on) for kind, slug in items)
    needed = needed_of(len(chances))
    passing = at_least(needed, (item.chance for item in chances))
    return Section(name=name, items=chances, needed=needed, passing=passing)


def _item_chance(kind: str, slug: str, states: Mapping[str, CardState], *, on: date) -> ItemChance:
    cards = cards_of(kind, slug)
    seen = [states[card] for card in cards if card in states]
    chance = sum(chance_of(state, on=on) for state in seen) / len(cards)
    return ItemChance(kind=kind, slug=slug, chance=round(chance, KEPT_DECIMALS), is_seen=bool(seen))


def _steps(sections: Sequence[Section]) -> list[NextStep]:
    unseen = [
        NextStep(what="learn", section=section.name, item=item)
        for section in sections
        for item in section.items
        if not item.is_seen
    ]
    fading = [
        NextStep(what="repeat", section=section.name, item=item)
        for section in sections
        for item in section.items
        if item.is_seen and item.chance < REPEAT_BELOW
    ]
    return unseen + sorted(fading, key=lambda step: step.item.chance)


EXPLANATION: Final[Mapping[str, str]] = {
    "pl": (
        "Z Twoich odpowiedzi wynika, jak prawdopodobne jest, że w dniu egzaminu pamiętasz dane hasło. Dział jest "
        f"zdany, gdy pamiętasz co najmniej {PASS_PERCENT} % jego haseł. To rachunek pamięci, nie ocena techniki."
    ),
    "en": (
        "Your answers tell how likely you are to remember each item on the day of the grading. A section is passed "
        f"when you remember at least {PASS_PERCENT} % of its items. This measures memory, not how well you perform."
    ),
    "ko": (
        "지금까지의 답으로 심사 날에 각 항목을 기억할 확률을 계산한다. 한 부분의 항목 가운데 "
        f"{PASS_PERCENT} % 이상을 기억하면 그 부분에 합격한 것으로 본다. 기억만 재며 동작의 솜씨는 재지 않는다."
    ),
}
