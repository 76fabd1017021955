"""What a question reviews is a card that a schedule knows."""

import pytest

from tkd_rules.quiz.kinds import ITEMS_OF, KINDS_OF, RULES
from tkd_rules.quiz.question import Kind, Mode
from tkd_rules.repetition.cards import FACETS

ASKED = [(mode, kind) for mode, kinds in KINDS_OF.items() for kind in kinds]


@pytest.mark.parametrize(("mode", "kind"), ASKED)
def test_every_facet_that_is_asked_is_one_of_its_item(mode: Mode, kind: Kind) -> None:
    assert RULES[kind].facet in {"", *FACETS[ITEMS_OF[mode]]}
