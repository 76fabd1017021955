"""Questions travel as short JSON, and nothing else is taken for one."""

import json
from typing import Any

import pytest

from tkd_rules.quiz import Question, QuizRequest, from_json, to_json

CHOICE = Question(
    id="3",
    kind="tul_with",
    item_kind="tul",
    item_slug="chon-ji",
    language="pl",
    detail="jirugi",
    options=("dan-gun", "chon-ji"),
    answer_index=1,
)
TYPED = Question(id="1", kind="korean", item_kind="term", item_slug="hana", language="en")
JSON = {
    "i": "3",
    "k": "tul_with",
    "s": "tul/chon-ji",
    "l": "pl",
    "d": "jirugi",
    "o": ["dan-gun", "chon-ji"],
    "a": 1,
}


def test_a_question_travels_with_short_keys() -> None:
    assert to_json(CHOICE) == JSON
    assert from_json(json.loads(json.dumps(JSON))) == CHOICE


def test_what_is_empty_does_not_travel() -> None:
    assert to_json(TYPED) == {"i": "1", "k": "korean", "s": "term/hana", "l": "en"}
    assert from_json(to_json(TYPED)) == TYPED


def test_the_first_option_may_be_the_right_one() -> None:
    first = JSON | {"a": 0}
    assert to_json(from_json(first)) == first


def test_only_a_choice_has_a_right_option() -> None:
    assert (CHOICE.is_typed, CHOICE.right_option) == (False, "chon-ji")
    assert (TYPED.is_typed, TYPED.right_option) == (True, "")


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "tul_with",
        {},
        JSON | {"k": "riddle"},
        JSON | {"k": ["meaning"]},
        JSON | {"s": "tul"},
        JSON | {"s": "belt/9kup"},
        JSON | {"s": 3},
        JSON | {"l": "de"},
        JSON | {"i": 3},
        JSON | {"d": 3},
        JSON | {"o": 3},
        JSON | {"o": [1, 2]},
        JSON | {"a": 2},
        JSON | {"a": -1},
        JSON | {"a": None},
        JSON | {"o": []},
    ],
)
def test_anything_else_is_no_question(broken: Any) -> None:
    with pytest.raises(ValueError, match="no question"):
        from_json(broken)


def request(**changes: Any) -> QuizRequest:
    arguments: dict[str, Any] = {"mode": "terms", "belt_rank": 1, "count": 5, "language": "pl", "seed": 1}
    return QuizRequest(**arguments | changes)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"mode": "riddles"}, "'riddles' is not a mode: give one of terms, techniques, tul, theory"),
        ({"language": "de"}, "'de' is not a language: give one of pl, en, ko"),
        ({"belt_rank": 20}, "No grade has the rank 20"),
        ({"belt_rank": 0}, "No grade has the rank 0"),
    ],
)
def test_a_request_for_what_is_not_there_is_refused(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        request(**changes)
