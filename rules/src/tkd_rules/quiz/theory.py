"""Theory: a question of the catalogue, and its answer among answers to other questions that look like it."""

import re

from tkd_rules.quiz.asking import WRONG_OPTIONS, Asked, Draft, Others, Rule, View, options_around, placed
from tkd_rules.quiz.distractors import PER_BELT, alike, belts_between, numbers_near, says_more_or_less
from tkd_rules.quiz.items import Item, in_language
from tkd_rules.quiz.naming import meant
from tkd_rules.quiz.question import Kind

NUMBER = "="  # begins an option that is a number instead of another question's slug
_WHOLE_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def answer(view: View, reference: str) -> str:
    """Return the answer to the theory question that a slug stands for, or the number after `=`."""
    if reference.startswith(NUMBER):
        return reference.removeprefix(NUMBER)
    return _answer(meant(view, reference), view)


def question_shown(view: View, _detail: str) -> dict[str, str]:
    return {"question": in_language(view.item.names, view.language, "")}


def _answer(item: Item, view: View) -> str:
    return in_language(item.answers, view.language, "")


def _ask(asked: Asked) -> Draft | None:
    view = asked.view
    right = _answer(view.item, view)
    if not right:
        return None
    if _WHOLE_NUMBER.fullmatch(right):
        return _among_numbers(asked, int(right))
    return options_around(asked, view.item.slug, _others(view, right), answer)


def _among_numbers(asked: Asked, right: int) -> Draft:
    wrong = numbers_near(right, (), asked.chance, WRONG_OPTIONS)
    return placed(f"{NUMBER}{right}", [f"{NUMBER}{number}" for number in sorted([right, *wrong])])


def _others(view: View, right: str) -> Others:
    """Return the questions whose answers may stand beside the right one, the most confusing first."""
    given = {other.slug: _answer(other, view) for other in view.material.all("theory")}
    scores = {
        slug: _likeness(view.item, view.material.item("theory", slug), right, text)
        for slug, text in given.items()
        if text and not says_more_or_less(right, text)
    }
    ordered = sorted(scores, key=lambda slug: (-scores[slug], slug))
    return Others(
        likely=[slug for slug in ordered if _has_digits(given[slug]) == _has_digits(right)],
        spare=[slug for slug in ordered if _has_digits(given[slug]) != _has_digits(right)],
    )


def _likeness(item: Item, other: Item, right: str, given: str) -> int:
    length = min(len(right), len(given)) * 100 // max(len(right), len(given))
    return alike(right, given) + length - PER_BELT * belts_between(item, other)


def _has_digits(text: str) -> bool:
    return any(map(str.isdigit, text))


RULES: dict[Kind, Rule] = {"theory": Rule(ask=_ask, values=question_shown, option=answer, facet="answer")}
