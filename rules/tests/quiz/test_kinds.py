"""What holds for every kind of question: it has a rule, a mode, and the card that it reviews or none."""

from typing import get_args

import pytest

from tkd_rules.quiz import card_of
from tkd_rules.quiz.kinds import KINDS_OF, RULES
from tkd_rules.quiz.question import KINDS, Kind, Mode

from .asking import question


def test_every_kind_has_a_rule_and_a_mode() -> None:
    assert set(RULES) == set(KINDS) == {kind for kinds in KINDS_OF.values() for kind in kinds}
    assert set(KINDS_OF) == set(get_args(Mode))


@pytest.mark.parametrize(
    ("kind", "item_kind", "card"),
    [
        ("meaning", "technique", "technique/x/meaning"),
        ("korean", "term", "term/x/korean"),
        ("listening", "term", "term/x/meaning"),
        ("movements", "tul", "tul/x/movements"),
        ("tul_meaning", "tul", "tul/x/meaning"),
        ("tul_named", "tul", None),
        ("theory", "theory", "theory/x/answer"),
        ("romanization", "term", None),
        ("hangul", "term", None),
        ("picture", "technique", None),
        ("described_stance", "technique", None),
        ("described_technique", "technique", None),
        ("step_stance", "technique", None),
        ("belt", "tul", None),
        ("mistake", "technique", None),
        ("key_point", "technique", None),
        ("next_step", "tul", None),
        ("step_facing", "tul", None),
        ("tul_with", "tul", None),
    ],
)
def test_a_question_reviews_the_card_of_what_it_tests(kind: Kind, item_kind: str, card: str | None) -> None:
    assert card_of(question(kind, item_kind, "x")) == card
