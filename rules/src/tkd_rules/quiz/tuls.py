"""Questions about tuls: the next step, where it faces, how long it is, what it means, and what it has."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from tkd_rules.quiz.asking import WRONG_OPTIONS, Asked, Draft, Others, Rule, Typing, View, options_around, placed
from tkd_rules.quiz.distractors import alike, likeliest, numbers_near, says_more_or_less
from tkd_rules.quiz.items import Item, Step, in_language
from tkd_rules.quiz.names import form, korean_name, own_name
from tkd_rules.quiz.naming import as_referred, choosing, korean, korean_shown, meant, of_the_same_kind
from tkd_rules.quiz.question import Kind
from tkd_rules.quiz.techniques import step_at
from tkd_rules.tul.notation import heading_deg

LEFT_OUT = "…"
FOUR_SIDES = ("D", "A", "C", "B")


def step_name(view: View, reference: str) -> str:
    """Return the Korean name of the step that `chon-ji:3` stands for, in the letters of the learner's language."""
    return _name_of(step_at(view, reference)[1], view)


def step_and_number_shown(view: View, detail: str) -> dict[str, str]:
    _, step = step_at(view, detail)
    return korean_shown(view, "") | {"step": _name_of(step, view), "number": str(step.number)}


def meaning(view: View, slug: str) -> str:
    """Return what a tul's name means, with the name itself left out."""
    tul = view.material.item("tul", slug)
    text = in_language(tul.meanings, view.language, "")
    for name in view.material.names.names(tul).korean:
        text = _pattern(name).sub(LEFT_OUT, text)
    return text


def meaning_shown(view: View, _detail: str) -> dict[str, str]:
    return {"meaning": meaning(view, view.item.slug)}


def technique_shown(view: View, slug: str) -> dict[str, str]:
    technique = view.material.item("technique", slug)
    return {
        "own": own_name(technique, view.language),
        "name": korean_name(technique, view.language),
        "hangul": technique.hangul,
    }


def contains(view: View, tul: Item, technique: Item) -> bool:
    """Whether a tul may be said to contain a technique: as a stance, in general, or as a variant at any level."""
    general = {technique.slug, technique.base}
    return technique.slug in _stances(tul) or any(
        performed.slug == technique.slug
        or (performed.slug in general and performed.tool == technique.tool)
        or view.material.technique_of(performed) == technique.slug
        for step in tul.steps
        for performed in step.performed
    )


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name in a sentence: Dan Gun, Dan-Guna and Kwang-Gae-Toh-Wang, but hangul without more."""
    words = r"[-\s]?".join(map(re.escape, re.split(r"[-\s]+", name)))
    return re.compile(rf"(?<![^\W\d_]){words}[a-ząćęłńóśźż]*(?:-\w+)*" if name.isascii() else words, re.IGNORECASE)


def _name_of(step: Step, view: View) -> str:
    return step.hangul if view.language == "ko" or not step.romanization else step.romanization


def _ask_next_step(asked: Asked) -> Draft | None:
    view, tul = asked.view, asked.view.item
    pairs = [
        (step, following)
        for step, following in pairwise(_references(tul.steps, tul))
        if step not in asked.taken and step_name(view, step) and step_name(view, following)
    ]
    if not pairs:
        return None
    detail, right = asked.chance.one(pairs)
    others = _other_steps(view, right)
    draft = options_around(asked, right, others, step_name) if others.likely else None
    return draft and replace(draft, detail=detail)


def _other_steps(view: View, right: str) -> Others:
    """Return the steps that are neither said by the right one nor say it: of the tul, and of others near it."""
    mine, *others = [_steps_unlike(view, right, tul) for tul in (view.item, *_neighbours(view))]
    return Others(likely=mine, spare=[step for steps in others for step in steps])


def _steps_unlike(view: View, right: str, tul: Item) -> list[str]:
    reads = step_name(view, right)
    named = {reference: step_name(view, reference) for reference in _references(tul.steps, tul)}
    unlike = [reference for reference, name in named.items() if name and not says_more_or_less(reads, name)]
    return sorted(unlike, key=lambda reference: -alike(reads, named[reference]))


def _references(steps: Iterable[Step], tul: Item) -> list[str]:
    return [f"{tul.slug}:{step.number}" for step in steps]


def _neighbours(view: View) -> list[Item]:
    others = [tul for tul in view.material.all("tul") if tul is not view.item]
    return sorted(others, key=lambda tul: abs(tul.belt_rank - view.item.belt_rank))


def _ask_step_facing(asked: Asked) -> Draft | None:
    tul = asked.view.item
    steps = [
        step for step in tul.steps if _name_of(step, asked.view) and f"{tul.slug}:{step.number}" not in asked.taken
    ]
    if not steps:
        return None
    step = asked.chance.one(steps)
    wrong = asked.chance.some(_other_ways(tul, step.facing), WRONG_OPTIONS)
    draft = placed(step.facing, asked.chance.shuffled([step.facing, *wrong]))
    return replace(draft, detail=f"{tul.slug}:{step.number}")


def _other_ways(tul: Item, facing: str) -> list[str]:
    """Return the directions that a tul faces, and the four sides, none twice: E lies where A lies."""
    ways = {heading_deg(letters): letters for letters in (*(step.facing for step in tul.steps), *FOUR_SIDES)}
    return sorted(letters for deg, letters in ways.items() if deg != heading_deg(facing))


def direction(_view: View, letters: str) -> str:
    return letters


def _ask_movements(asked: Asked) -> Draft | None:
    tul = asked.view.item
    if not tul.movements:
        return None
    counts = [other.movements for other in asked.view.material.all("tul")]
    wrong = numbers_near(tul.movements, counts, asked.chance, WRONG_OPTIONS)
    return placed(str(tul.movements), [str(count) for count in sorted([tul.movements, *wrong])])


def _has_meaning(view: View) -> bool:
    """Whether a meaning is there, and no word of a Korean name stands in it."""
    text = meaning(view, view.item.slug)
    return bool(text) and not any(len(word) > 1 and word in text for word in form(view.item.hangul).words)


def _stances(tul: Item) -> set[str]:
    return {tul.ready_stance, *(step.stance for step in tul.steps)}


def _techniques_of(view: View) -> Iterator[Item]:
    """Yield the techniques and stances of a tul, each as it is performed there, in the order of their slugs."""
    performed = {view.material.technique_of(technique) for step in view.item.steps for technique in step.performed}
    for slug in sorted(performed | _stances(view.item)):
        if view.material.has("technique", slug):
            yield view.material.item("technique", slug)


def _without(view: View, technique: Item) -> list[Item]:
    """Return the tuls that do not contain a technique, of those whose steps are known."""
    return [tul for tul in view.material.all("tul") if tul.steps and not contains(view, tul, technique)]


def _ask_tul_with(asked: Asked) -> Draft | None:
    view = asked.view
    others = {
        technique.slug: _without(view, technique)
        for technique in _techniques_of(view)
        if technique.slug not in asked.taken
    }
    telling = [slug for slug in others if len(others[slug]) >= WRONG_OPTIONS] or [
        slug for slug in others if others[slug]
    ]
    if not view.item.steps or not telling:
        return None
    detail = asked.chance.one(telling)
    tuls = likeliest(view, others[detail], korean)
    draft = options_around(asked, view.item.slug, Others(likely=[*tuls.likely, *tuls.spare]), korean)
    return draft and replace(draft, detail=detail)


RULES: dict[Kind, Rule] = {
    "next_step": Rule(ask=_ask_next_step, values=step_and_number_shown, option=step_name),
    "step_facing": Rule(ask=_ask_step_facing, values=step_and_number_shown, option=direction),
    "movements": Rule(ask=_ask_movements, values=korean_shown, option=as_referred, facet="movements"),
    "tul_meaning": Rule(
        ask=choosing(meaning, _has_meaning, of_the_same_kind),
        values=korean_shown,
        option=meaning,
        meant=meant,
        facet="meaning",
    ),
    "tul_named": Rule(
        ask=choosing(korean, _has_meaning, of_the_same_kind),
        values=meaning_shown,
        option=korean,
        meant=meant,
        typing=Typing(side="korean", prompt=lambda view: view.item.hangul),
    ),
    "tul_with": Rule(ask=_ask_tul_with, values=technique_shown, option=korean, meant=meant),
}
