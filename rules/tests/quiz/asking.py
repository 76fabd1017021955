"""One question of a kind asked about the small handbook, as a draft and as it is shown."""

from typing import Any

from tkd_rules.quiz import Material, Question, shown
from tkd_rules.quiz.asking import Asked, Draft, View
from tkd_rules.quiz.chance import Chance
from tkd_rules.quiz.items import Language
from tkd_rules.quiz.kinds import RULES
from tkd_rules.quiz.question import Kind

from . import make

HIGHEST = 19


def draft(
    kind: Kind,
    slug: str,
    *,
    material: Material = make.HANDBOOK,
    language: Language = "pl",
    belt_rank: int = HIGHEST,
    taken: tuple[str, ...] = (),
    seed: int = 1,
) -> Draft | None:
    view = View(material=material, item=make.item(slug, material), language=language)
    return RULES[kind].ask(Asked(view=view, chance=Chance(seed), belt_rank=belt_rank, taken=frozenset(taken)))


def options(kind: Kind, slug: str, **arguments: Any) -> set[str]:
    """Return all options that a question may have, over many seeds."""
    drafts = [draft(kind, slug, seed=seed, **arguments) for seed in range(30)]
    return {option for found in drafts if found for option in found.options}


def texts(question: Question, material: Material = make.HANDBOOK, language: Language = "pl") -> Any:
    return shown(material, question, language)


def question(kind: Kind, item_kind: Any, slug: str, **changes: Any) -> Question:
    return Question(**{"id": "1", "kind": kind, "item_kind": item_kind, "item_slug": slug, "language": "pl"} | changes)
