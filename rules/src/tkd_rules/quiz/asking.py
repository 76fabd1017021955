"""What every kind of question is made from, and how options are put together around the right one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tkd_rules.quiz.chance import Chance
from tkd_rules.quiz.items import Item, Language
from tkd_rules.quiz.material import Material
from tkd_rules.quiz.names import Side, key

WRONG_OPTIONS = 3
ENOUGH_OPTIONS = 2  # rather two likely ones than a third that nobody takes for right
PLAUSIBLE = 8  # of how many likely options the wrong ones are drawn, so that a question is not always the same


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An item, seen in a language. `language` is the learner's own."""

    material: Material
    item: Item
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question that has no place in a quiz yet; without options it is to be typed."""

    detail: str = ""
    options: tuple[str, ...] = ()
    answer_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view to be asked about, with what was asked about it before: `taken` holds the details of those questions."""

    view: View
    chance: Chance
    belt_rank: int
    taken: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question's texts: `values` for the placeholders of its message, `points` to list under it, its options.

    Placeholders: `name` is the Korean name in the letters that the learner reads first, beside it `hangul` and
    `romanization`; `own` the name in the learner's language; `tul` and `step` are names too, `number` is that of the
    step; `meaning` is a tul's, and `question` a theory question's text. `media` is the audio or the picture as the
    document holds it, None for other kinds.
    """

    values: Mapping[str, str]
    points: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    media: Any = None


def nothing(_view: View, _what: str) -> Any:
    return None


def no_points(_view: View, _detail: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """How a kind is typed: names of this side are accepted, of the item and of all others that the prompt names."""

    side: Side
    prompt: Callable[[View], str]
    is_latin: bool = False  # whether hangul is what is shown, and no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of question: when and with which options it is asked, what it shows, and which card it reviews.

    `ask` returns None when the kind does not suit the item. `values`, `points` and `media` take the detail of a
    question; `option` takes the reference of an option and returns its text, `meant` the item that it stands for.
    """

    ask: Callable[[Asked], Draft | None]
    values: Callable[[View, str], dict[str, str]]
    option: Callable[[View, str], str]
    points: Callable[[View, str], tuple[str, ...]] = no_points
    media: Callable[[View, str], Any] = nothing
    meant: Callable[[View, str], Item | None] = nothing
    facet: str = ""
    typing: Typing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """References of wrong options, the likeliest first; `spare` are for want of at least two of them."""

    likely: Sequence[str]
    spare: Sequence[str] = ()


def options_around(asked: Asked, right: str, others: Others, text: Callable[[View, str], str]) -> Draft | None:
    """Return the right option among wrong ones, which are drawn from the likeliest. All read differently.

    None when there is no wrong one.
    """
    different = _different(asked.view, right, [*others.likely, *others.spare], text)
    likely = [other for other in different if other in others.likely]
    pool = likely[:PLAUSIBLE] if len(likely) >= ENOUGH_OPTIONS else different[:WRONG_OPTIONS]
    wrong = asked.chance.some(pool, WRONG_OPTIONS)
    return placed(right, asked.chance.shuffled([right, *wrong])) if wrong else None


def placed(right: str, options: Sequence[str]) -> Draft:
    return Draft(options=tuple(options), answer_index=options.index(right))


def _different(view: View, right: str, others: Iterable[str], text: Callable[[View, str], str]) -> list[str]:
    """Return the options that read neither like the right one nor like one before them, nor like nothing."""
    by_reading = {"": right, key(text(view, right)): right}
    for other in others:
        by_reading.setdefault(key(text(view, other)), other)
    return [other for other in dict.fromkeys(by_reading.values()) if other != right]
