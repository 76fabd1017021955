"""What an answer is worth, and what the learner is told about it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkd_rules.quiz import Difference, Question, Verdict, grade, rating_of
from tkd_rules.quiz.question import Kind
from tkd_rules.quiz.spelling import differences

from . import make


def typed(kind: Kind, slug: str, language: Any = "pl") -> Question:
    return Question(id="1", kind=kind, item_kind=make.item(slug).kind, item_slug=slug, language=language)


def verdict(kind: Kind, slug: str, answer: int | str | None, language: Any = "pl") -> Verdict:
    return grade(make.HANDBOOK, typed(kind, slug, language), answer)


CHOICE = Question(
    id="1",
    kind="korean",
    item_kind="technique",
    item_slug="ap-chagi",
    language="pl",
    options=("yop-chagi", "ap-chagi"),
    answer_index=1,
)
BELT = Question(
    id="1",
    kind="belt",
    item_kind="technique",
    item_slug="ap-chagi",
    language="pl",
    options=("10kup", "9kup"),
    answer_index=0,
)


def test_the_right_option_is_right() -> None:
    assert grade(make.HANDBOOK, CHOICE, 1) == Verdict(outcome="right", is_typed=False, right_answer="Ap Chagi")


def test_a_wrong_option_tells_the_right_one_and_what_it_is_itself() -> None:
    assert grade(make.HANDBOOK, CHOICE, 0) == Verdict(
        outcome="wrong", is_typed=False, right_answer="Ap Chagi", meant=("technique", "yop-chagi")
    )
    assert grade(make.HANDBOOK, BELT, 1) == Verdict(outcome="wrong", is_typed=False, right_answer="10kup")


@pytest.mark.parametrize("answer", [None, ""])
def test_no_answer_is_wrong(answer: str | None) -> None:
    assert grade(make.HANDBOOK, CHOICE, answer) == Verdict(outcome="wrong", is_typed=False, right_answer="Ap Chagi")
    assert verdict("korean", "ap-chagi", answer) == Verdict(outcome="wrong", is_typed=True, right_answer="Ap Chagi")


@pytest.mark.parametrize("answer", [-1, 2, "Ap Chagi"])
def test_an_option_that_is_not_there_is_refused(answer: int | str) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        grade(make.HANDBOOK, CHOICE, answer)


def test_a_place_is_no_typed_answer() -> None:
    with pytest.raises(ValueError, match="typed"):
        verdict("korean", "ap-chagi", 1)


def test_what_can_only_be_chosen_is_not_typed() -> None:
    with pytest.raises(ValueError, match="typed"):
        verdict("belt", "ap-chagi", "10kup")


def test_an_item_that_is_gone_is_named() -> None:
    gone = Question(id="1", kind="korean", item_kind="technique", item_slug="gone", language="pl")
    with pytest.raises(LookupError, match="no technique 'gone'"):
        grade(make.HANDBOOK, gone, "Ap Chagi")


@pytest.mark.parametrize(
    ("kind", "slug", "answer"),
    [
        ("korean", "ap-chagi", "Ap Chagi"),
        ("korean", "ap-chagi", "  ap-CHAGI "),
        ("korean", "ap-chagi", "apchagi"),
        ("korean", "ap-chagi", "ap chaki"),
        ("korean", "ap-chagi", "앞차기"),
        ("korean", "ap-chagi", "앞 차기"),
        ("romanization", "hana", "hana"),
        ("meaning", "ap-chagi", "kopniecie do przodu"),
        ("meaning", "ap-chagi", "do przodu kopnięcie"),
        ("meaning", "ap-chagi", "kopnięcie proste"),
        ("meaning", "ap-chagi", "the front kick"),
        ("meaning", "dwi", "rear"),
        ("meaning", "dwi", "tył"),
        ("listening", "hana", "jeden"),
        ("tul_named", "chon-ji", "chonji"),
    ],
)
def test_case_spaces_diacritics_and_every_synonym_are_right(kind: Kind, slug: str, answer: str) -> None:
    assert verdict(kind, slug, answer).outcome == "right"


def test_every_name_of_what_is_shown_is_right() -> None:
    assert verdict("meaning", "baro", "powrót").outcome == "right"
    assert verdict("meaning", "jirugi-general", "cios prosty").outcome == "right"
    assert verdict("meaning", "jirugi-general", "cios").right_answer == "cios (grupa)"


@pytest.mark.parametrize(
    ("kind", "slug", "answer", "right", "difference"),
    [
        ("korean", "ap-chagi", "ap czagi", "Ap Chagi", Difference(at=4, typed="z", right="h")),
        ("korean", "ap-chagi", "ap chgi", "Ap Chagi", Difference(at=5, typed="", right="a")),
        ("korean", "ap-chagi", "app chagi", "Ap Chagi", Difference(at=1, typed="p", right="")),
        ("korean", "dollyo-chagi", "dolyo chagi", "Dollyo Chagi", Difference(at=2, typed="", right="l")),
        ("korean", "dollyo-chagi", "dollyochagy", "Dollyo Chagi", Difference(at=11, typed="y", right="i")),
        ("korean", "ap-chagi", "앞챠기", "앞차기", Difference(at=1, typed="챠", right="차")),
        ("meaning", "ap-chagi", "kopnęcie do przodu", "kopnięcie do przodu", Difference(at=4, typed="", right="i")),
        ("meaning", "ap-makgi", "fron block", "front block", Difference(at=4, typed="", right="t")),
    ],
)
def test_a_slip_is_nearly_right_and_shown(
    kind: Kind, slug: str, answer: str, right: str, difference: Difference
) -> None:
    assert verdict(kind, slug, answer) == Verdict(
        outcome="nearly", is_typed=True, right_answer=right, differences=(difference,)
    )


def test_korean_words_in_another_order_are_nearly_right() -> None:
    assert verdict("korean", "ap-chagi", "chagi ap").outcome == "nearly"


@pytest.mark.parametrize(
    ("kind", "slug", "answer", "meant"),
    [
        ("korean", "ap-makgi", "yop makgi", ("technique", "yop-makgi")),
        ("korean", "ap-makgi", "yob maki", ("technique", "yop-makgi")),
        ("korean", "ap-makgi", "an makgi", None),
        ("korean", "ap-makgi", "anmakgi", None),
        ("korean", "ap-makgi", "makgi", None),
        ("korean", "ap-makgi", "ap", None),
        ("korean", "ap-chagi", "dwi", ("term", "dwi")),
        ("korean", "ap-chagi", "front kick", None),
        ("korean", "ap-chagi", "안차기", None),
        ("korean", "ap-chagi", "뒤차기", None),
        ("romanization", "hana", "하나", None),
        ("meaning", "ap-chagi", "Ap Chagi", None),
        ("meaning", "ap-chagi", "kopnięcie boczne", ("technique", "yop-chagi")),
        ("meaning", "hana", "dwa", ("term", "dool")),
        ("korean", "moa-a", "moa b", None),
        ("meaning", "ap-chagi", "!?", None),
        ("meaning", "ap-chagi", "🥋", None),
    ],
)
def test_another_name_or_word_is_wrong_however_near(kind: Kind, slug: str, answer: str, meant: Any) -> None:
    found = verdict(kind, slug, answer)
    assert (found.outcome, found.meant, found.differences) == ("wrong", meant, ())


def test_digits_are_never_a_slip() -> None:
    step = make.term("step", "krok 1-3", "step 1-3", "걸음")
    material = make.material(terms=[step])
    asked = Question(id="1", kind="meaning", item_kind="term", item_slug="step", language="en")
    assert grade(material, asked, "step 1-3").outcome == "right"
    assert grade(material, asked, "step 1-4").outcome == "wrong"


def test_koreans_are_told_the_right_name_in_hangul_or_english() -> None:
    assert verdict("korean", "ap-chagi", "", "ko").right_answer == "앞차기"
    assert verdict("meaning", "ap-chagi", "", "ko").right_answer == "front kick"
    assert verdict("romanization", "ap-chagi", "", "ko").right_answer == "Ap Chagi"


@pytest.mark.parametrize("answer", ["a" * 10_000, "ap chagi " * 2_000, "ㄱ" * 100_000, "\u0301" * 10_000])
def test_a_very_long_answer_is_wrong(answer: str) -> None:
    assert verdict("korean", "ap-chagi", answer).outcome == "wrong"


@settings(deadline=None)
@given(answer=st.text(max_size=230))
def test_whatever_is_typed_gets_a_verdict(answer: str) -> None:
    asked: list[tuple[Kind, str]] = [("korean", "ap-chagi"), ("meaning", "dwi"), ("tul_named", "chon-ji")]
    for kind, slug in asked:
        found = verdict(kind, slug, answer)
        assert found.is_typed
        assert bool(found.differences) <= (found.outcome == "nearly")


@settings(deadline=None)
@given(slug=st.sampled_from([document["slug"] for document in [*make.TECHNIQUES, *make.TERMS]]))
def test_each_name_of_an_item_is_right_on_its_side(slug: str) -> None:
    names = make.HANDBOOK.names.names(make.item(slug))
    assert {verdict("korean", slug, name).outcome for name in names.korean} == {"right"}
    assert {verdict("meaning", slug, name).outcome for name in names.own} == {"right"}


@given(
    slug=st.sampled_from([document["slug"] for document in make.TECHNIQUES]),
    other=st.sampled_from([document["slug"] for document in make.TECHNIQUES]),
)
def test_the_exact_name_of_another_item_is_wrong(slug: str, other: str) -> None:
    if slug == other:
        return
    for name in make.HANDBOOK.names.names(make.item(other)).korean:
        assert verdict("korean", slug, name).outcome == "wrong"


def test_spaces_and_hyphens_are_no_difference_and_case_is_none() -> None:
    assert differences("CHONJI", "Chon-Ji") == ()
    assert differences("chonju", "Chon-Ji") == (Difference(at=6, typed="u", right="i"),)


def rated(outcome: Any, elapsed_ms: int, *, is_typed: bool = True) -> int:
    return rating_of(Verdict(outcome=outcome, is_typed=is_typed, right_answer="Ap Chagi"), elapsed_ms)


def test_wrong_is_again_and_nearly_is_hard() -> None:
    assert rated("wrong", 100) == 1
    assert rated("nearly", 100) == 2


@pytest.mark.parametrize(("elapsed_ms", "rating"), [(1, 4), (4_400, 4), (4_401, 3), (60_000, 3), (0, 3), (-5, 3)])
def test_typed_right_is_easy_only_within_two_seconds_and_a_third_for_each_letter(elapsed_ms: int, rating: int) -> None:
    assert rated("right", elapsed_ms) == rating


def test_a_choice_is_never_easy() -> None:
    assert rated("right", 100, is_typed=False) == 3
