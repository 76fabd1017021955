"""All kinds of question, and which of them a mode asks."""

from collections.abc import Mapping

from tkd_rules.quiz import naming, techniques, theory, tuls
from tkd_rules.quiz.asking import Rule
from tkd_rules.quiz.items import ItemKind
from tkd_rules.quiz.question import Kind, Mode

RULES: Mapping[Kind, Rule] = naming.RULES | techniques.RULES | tuls.RULES | theory.RULES

ITEMS_OF: Mapping[Mode, ItemKind] = {"terms": "term", "techniques": "technique", "tul": "tul", "theory": "theory"}

KINDS_OF: Mapping[Mode, tuple[Kind, ...]] = {
    "terms": ("meaning", "korean", "romanization", "hangul", "listening"),
    "techniques": (
        "meaning",
        "korean",
        "listening",
        "picture",
        "described_stance",
        "described_technique",
        "step_stance",
        "belt",
        "mistake",
        "key_point",
    ),
    "tul": ("next_step", "step_facing", "movements", "tul_meaning", "tul_named", "tul_with", "belt"),
    "theory": ("theory",),
}
