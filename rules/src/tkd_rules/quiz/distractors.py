"""Wrong answers that a learner might take for right: alike, learned at about the same belt, and never right too."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product

from tkd_rules.quiz.asking import Others, View
from tkd_rules.quiz.chance import Chance
from tkd_rules.quiz.items import Item
from tkd_rules.quiz.names import SAME_INFLECTED, form, key

PER_BELT = 8
FARTHEST_BELT = 8
NEAR_NUMBER = 8
ALIKE = Fraction(3, 5)
TELLING_WORDS = 4  # feet together begins many descriptions
_BOTH = {"doo": "sang"}  # two words for two, which translations do not keep apart
_OUTWARD = {"yop": "bakuro", "kaunde": "bakuro"}  # a side block, and one at the middle, go outward too


def likeliest(view: View, candidates: Iterable[Item], text: Callable[[View, str], str]) -> Others:
    """Return which items may stand beside the right one, the most confusing first: of its category if possible."""
    wrong = [item for item in candidates if not is_called_alike(view, item)]
    reads = text(view, view.item.slug)
    scores = {
        item.slug: alike(reads, text(view, item.slug)) - PER_BELT * belts_between(view.item, item) for item in wrong
    }
    ordered = sorted(wrong, key=lambda item: (-scores[item.slug], item.slug))
    return Others(
        likely=[item.slug for item in ordered if item.category == view.item.category],
        spare=[item.slug for item in ordered if item.category != view.item.category],
    )


def belts_between(one: Item, other: Item) -> int:
    """Return how many belts apart two items are learned; beyond some it makes no difference."""
    return min(abs(one.belt_rank - other.belt_rank), FARTHEST_BELT)


def is_called_alike(view: View, other: Item) -> bool:
    """Whether one name may mean both items, in any language or spelling; an item is called like itself."""
    names, item = view.material.names, view.item
    if not names.names(item).keys.isdisjoint(names.names(other).keys):
        return True
    return _senses(item.romanization) == _senses(other.romanization)


def is_wider_or_narrower(view: View, other: Item) -> bool:
    """Whether one is a kind of the other, so that a name fits both: each front snap kick is a front kick."""
    if other.slug == view.item.base or other.base == view.item.slug:
        return True
    way, other_way = _ways(view.item.romanization), _ways(other.romanization)
    if way <= other_way or other_way <= way:
        return True
    mine, others = view.material.names.names(view.item), view.material.names.names(other)
    pairs = [*product(mine.korean, others.korean), *product(mine.own, others.own)]
    return any(says_more_or_less(*pair) for pair in pairs)


def is_described_alike(one: Item, other: Item) -> bool:
    """Whether the first key points, which say what a technique is, have most words in common in some language."""
    firsts = [(one.points[language][:1], other.points.get(language, ())[:1]) for language in one.points]
    return any(_common_share(*mine, *others) >= ALIKE for mine, others in firsts if mine and others)


def says_more_or_less(one: str, other: str) -> bool:
    """Whether all words of one text stand in the other."""
    mine, others = set(form(one).sounds), set(form(other).sounds)
    return mine <= others or others <= mine


def alike(one: str, other: str) -> int:
    """Return how much alike two texts sound: 0 for nothing in common, 100 for the same."""
    mine, others = _pairs(one), _pairs(other)
    return 200 * len(mine & others) // (len(mine) + len(others) or 1)


def numbers_near(value: int, likely: Iterable[int], chance: Chance, count: int) -> list[int]:
    """Return whole numbers near a value and other than it, also from `likely`, in order; none is below 1."""
    near = {value + step for step in range(-4, 5)} | {number for number in likely if abs(number - value) <= NEAR_NUMBER}
    return sorted(chance.some(sorted(number for number in near - {value} if number > 0), count))


def _common_share(one: str, other: str) -> Fraction:
    """Return how much of the one text that says less stands in the other; nothing of what hardly says a thing."""
    mine, others = _stems(one), _stems(other)
    if min(len(mine), len(others)) < TELLING_WORDS:
        return Fraction(0)
    return Fraction(len(mine & others), min(len(mine), len(others)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:SAME_INFLECTED] for word in form(text).words)


@lru_cache(maxsize=50_000)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(f" {key(text)} "))


@lru_cache(maxsize=50_000)
def _senses(romanization: str) -> Sequence[str]:
    return [_BOTH.get(word, word) for word in form(romanization).words]


@lru_cache(maxsize=50_000)
def _ways(romanization: str) -> frozenset[str]:
    return frozenset(_OUTWARD.get(word, word) for word in form(romanization).words)
