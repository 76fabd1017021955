"""Questions about techniques: which one is described, in which stance, from which belt on, and what is wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tkd_rules.grading import ALL_BELTS
from tkd_rules.quiz.asking import WRONG_OPTIONS, Asked, Draft, Others, Rule, View, options_around, placed
from tkd_rules.quiz.distractors import is_described_alike, is_wider_or_narrower, likeliest
from tkd_rules.quiz.items import Item, Step, in_language
from tkd_rules.quiz.material import step_of
from tkd_rules.quiz.names import key, korean_name
from tkd_rules.quiz.naming import as_referred, choosing, korean, meant, names_shown, no_values
from tkd_rules.quiz.question import Kind

STANCE = "stance"
ENOUGH_POINTS = 2
NEAR_BELT = 3
POINT, MISTAKE = "k", "m"


def points_shown(view: View, _detail: str) -> tuple[str, ...]:
    """Return the key points of a technique that do not say its name."""
    names = [key(name) for name in view.material.names.names(view.item).korean]
    points = in_language(view.item.points, view.language, ())
    return tuple(point for point in points if not any(name in key(point) for name in names))


def sentence(view: View, reference: str) -> str:
    """Return the key point or the mistake of the item that `k0` or `m1` stands for; empty where a language lacks it."""
    lists = view.item.points if reference[0] == POINT else view.item.mistakes
    sentences = in_language(lists, view.language, ())
    at = int(reference[1:])
    return sentences[at] if at < len(sentences) else ""


def stance_name(view: View, slug: str) -> str:
    return korean_name(view.material.item("technique", slug), view.language)


def step_shown(view: View, detail: str) -> dict[str, str]:
    """Return the names of a technique, and of the tul and the step in which it is performed."""
    tul, step = step_at(view, detail)
    return names_shown(view, "") | {"tul": korean_name(tul, view.language), "number": str(step.number)}


def step_at(view: View, reference: str) -> tuple[Item, Step]:
    """Return the tul and the step that `chon-ji:3` stands for. Raises LookupError when they are gone."""
    slug, _, number = reference.partition(":")
    tul = view.material.item("tul", slug)
    return tul, step_of(tul, int(number))


def ask_belt(asked: Asked) -> Draft:
    """Ask from which belt on something is learned, among belts near to it in their order."""
    right = asked.view.item.belt_rank
    near = [belt.rank for belt in ALL_BELTS if 0 < abs(belt.rank - right) <= NEAR_BELT]
    ranks = sorted([right, *asked.chance.some(near, WRONG_OPTIONS)])
    return placed(ALL_BELTS[right - 1].code, [ALL_BELTS[rank - 1].code for rank in ranks])


def _others_described(view: View) -> Sequence[Item]:
    """Return what is as much a stance, or a block, and described otherwise; nothing else would be taken for it."""
    return [
        other
        for other in view.material.all("technique")
        if other.category == view.item.category
        and not is_wider_or_narrower(view, other)
        and not is_described_alike(view.item, other)
    ]


def _is_described(view: View) -> bool:
    return len(points_shown(view, "")) >= ENOUGH_POINTS


def _is_stance(item: Item) -> bool:
    return item.category == STANCE


def _references(view: View, letter: str) -> list[str]:
    lists = view.item.points if letter == POINT else view.item.mistakes
    return [f"{letter}{at}" for at in range(len(in_language(lists, view.language, ())))]


def _one_among(letter: str, other: str) -> Callable[[Asked], Draft | None]:
    def ask(asked: Asked) -> Draft | None:
        view, chance = asked.view, asked.chance
        right = chance.shuffled(_references(view, letter))[:1]
        wrong = chance.shuffled(_references(view, other))
        return options_around(asked, right[0], Others(likely=wrong), sentence) if right else None

    return ask


def _steps_standing(asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield the steps that perform just this technique and in a stance, and the stance; of the tuls learned so far."""
    view = asked.view
    for tul in view.material.all("tul"):
        for step in tul.steps if tul.belt_rank <= asked.belt_rank else ():
            performed = [view.material.technique_of(technique) for technique in step.performed]
            if performed == [view.item.slug] and view.material.has("technique", step.stance):
                yield f"{tul.slug}:{step.number}", step.stance


def _ask_step_stance(asked: Asked) -> Draft | None:
    steps = [step for step in _steps_standing(asked) if step[0] not in asked.taken]
    if not steps or _is_stance(asked.view.item):
        return None
    detail, right = asked.chance.one(steps)
    others = _other_stances(replace(asked.view, item=asked.view.material.item("technique", right)))
    draft = options_around(asked, right, others, stance_name)
    return draft and replace(draft, detail=detail)


def _other_stances(stance: View) -> Others:
    """Return the stances in which tuls perform techniques, in preference to those of waiting and bowing."""
    material = stance.material
    performing = {step.stance for tul in material.all("tul") for step in tul.steps if step.performed}
    stances = [item for item in material.all("technique") if not is_wider_or_narrower(stance, item)]
    slugs = likeliest(stance, stances, stance_name).likely
    return Others(
        likely=[slug for slug in slugs if slug in performing], spare=[slug for slug in slugs if slug not in performing]
    )


RULES: dict[Kind, Rule] = {
    "described_stance": Rule(
        ask=choosing(korean, lambda view: _is_stance(view.item) and _is_described(view), _others_described),
        values=no_values,
        option=korean,
        points=points_shown,
        meant=meant,
    ),
    "described_technique": Rule(
        ask=choosing(korean, lambda view: not _is_stance(view.item) and _is_described(view), _others_described),
        values=no_values,
        option=korean,
        points=points_shown,
        meant=meant,
    ),
    "step_stance": Rule(ask=_ask_step_stance, values=step_shown, option=stance_name, meant=meant),
    "belt": Rule(ask=ask_belt, values=names_shown, option=as_referred),
    "mistake": Rule(ask=_one_among(MISTAKE, POINT), values=names_shown, option=sentence),
    "key_point": Rule(ask=_one_among(POINT, MISTAKE), values=names_shown, option=sentence),
}
