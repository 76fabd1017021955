"""What an answer is worth: right, nearly right or wrong, and what to tell the learner about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tkd_rules.content import is_hangul
from tkd_rules.quiz.asking import Typing, View
from tkd_rules.quiz.items import Item
from tkd_rules.quiz.kinds import RULES
from tkd_rules.quiz.material import Material
from tkd_rules.quiz.names import Reference, form, key, korean_name, own_name, reference, without_articles
from tkd_rules.quiz.question import Question
from tkd_rules.quiz.showing import view_of
from tkd_rules.quiz.spelling import Difference, differences, nearest

Outcome = Literal["right", "nearly", "wrong"]

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LONGEST_ANSWER = 200
QUICK_MS, QUICK_MS_PER_LETTER = 2_000, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The worth of an answer. `right_answer` is the right one, for `nearly` spelt as the learner meant it.

    `differences` says for `nearly` which letters are off. `meant` is, for `wrong`, the other item that the answer
    names; None when it names none.
    """

    outcome: Outcome
    is_typed: bool
    right_answer: str
    differences: tuple[Difference, ...] = ()
    meant: Reference | None = None


def grade(material: Material, question: Question, answer: int | str | None) -> Verdict:
    """Return the verdict on an answer: the place of the chosen option from 0, or what was typed; None for no answer.

    Spelling is forgiven as in search, but the exact name of another item is wrong, however near it is. Raises
    ValueError when the question takes another kind of answer or has no such option, LookupError when the catalogue no
    longer holds what the question refers to.
    """
    view = view_of(material, question, question.language)
    if not question.is_typed:
        return _graded_choice(view, question, answer)
    typing = RULES[question.kind].typing
    if typing is None or isinstance(answer, int):
        raise ValueError("This question takes a typed answer, not the place of an option.")
    return _graded_typing(view, typing, answer or "")


def rating_of(verdict: Verdict, elapsed_ms: int) -> int:
    """Return 1 (again) for a wrong answer, 2 (hard) for nearly, 3 (good) for right, 4 (easy) for right at once.

    Only what is typed can be easy, since options help: within 2 s and 0.3 s a letter. A time that is not above 0 comes
    from a clock that was set, and is not believed.
    """
    if verdict.outcome == "wrong":
        return AGAIN
    if verdict.outcome == "nearly":
        return HARD
    quick = QUICK_MS + QUICK_MS_PER_LETTER * len(verdict.right_answer)
    return EASY if verdict.is_typed and 0 < elapsed_ms <= quick else GOOD


def card_of(question: Question) -> str | None:
    """Return the key `kind/slug/facet` of the card that an answer reviews; None when it tests something else.

    Facets: `meaning` (Korean given), `korean` (to be given), `movements` of a tul, `answer` of a theory question.
    """
    facet = RULES[question.kind].facet
    return f"{question.item_kind}/{question.item_slug}/{facet}" if facet else None


def _graded_choice(view: View, question: Question, answer: int | str | None) -> Verdict:
    rule = RULES[question.kind]
    wrong = Verdict(outcome="wrong", is_typed=False, right_answer=rule.option(view, question.right_option))
    if answer is None or answer == "":
        return wrong
    if isinstance(answer, str) or not 0 <= answer < len(question.options):
        raise ValueError(f"The answer is the place of an option, from 0 to {len(question.options) - 1}.")
    if answer == question.answer_index:
        return replace(wrong, outcome="right")
    meant = rule.meant(view, question.options[answer])
    return replace(wrong, meant=reference(meant) if meant else None)


def _graded_typing(view: View, typing: Typing, answer: str) -> Verdict:
    meant = _accepted_items(view, typing)
    accepted = [name for item in meant for name in _accepted_names(view, typing, item)]
    wrong = Verdict(outcome="wrong", is_typed=True, right_answer=_right_answer(view, typing, accepted))
    if len(answer) > LONGEST_ANSWER or not form(answer).joined:
        return wrong
    if any(_is_exactly(answer, name, typing) for name in accepted):
        return replace(wrong, outcome="right")
    if other := _other(view.material.called(answer), meant):
        return replace(wrong, meant=reference(other))
    near = nearest(answer, accepted, view.material.names, typing.side)
    other = _other(view.material.sounding(answer), meant)
    if near is None or (other and key(near) != key(answer)):
        return replace(wrong, meant=reference(other) if other else None)
    return Verdict(outcome="nearly", is_typed=True, right_answer=near, differences=differences(answer, near))


def _accepted_items(view: View, typing: Typing) -> list[Item]:
    """Return the asked item, then all others that what is shown may mean as well."""
    others = view.material.called(typing.prompt(view))
    return [view.item, *(other for other in others if other is not view.item)]


def _accepted_names(view: View, typing: Typing, item: Item) -> Iterator[str]:
    for name in view.material.names.names(item).of(typing.side):
        if not (typing.is_latin and any(map(is_hangul, name))):
            yield name


def _right_answer(view: View, typing: Typing, accepted: Sequence[str]) -> str:
    shown = korean_name(view.item, view.language) if typing.side == "korean" else own_name(view.item, view.language)
    return shown if shown in accepted else accepted[0]


def _is_exactly(answer: str, name: str, typing: Typing) -> bool:
    """Whether an answer is a name; in one's own language words may come in any order, and articles may go."""
    given, wanted = form(answer), form(name)
    if given.joined == wanted.joined or typing.side == "korean":
        return given.joined == wanted.joined
    return sorted(given.words) == sorted(wanted.words) or without_articles(given) == without_articles(wanted)


def _other(found: Iterable[Item], meant: Sequence[Item]) -> Item | None:
    return next((item for item in found if item not in meant), None)
