import unicodedata

import pytest

from tkd_rules.content import is_hangul, not_korean


@pytest.mark.parametrize("character", ["가", "힣", "ㄴ", "ㅣ"])
def test_syllables_and_single_letters_are_hangul(character: str) -> None:
    assert is_hangul(character)


@pytest.mark.parametrize("character", ["a", "ł", "山", "1", " "])
def test_other_scripts_are_not(character: str) -> None:
    assert not is_hangul(character)


@pytest.mark.parametrize("name", ["돌려 차기", "ㄴ자 서기", "옆차 지르기, 대비 막기"])
def test_a_name_of_hangul_and_spaces_is_korean(name: str) -> None:
    assert not_korean(name, is_name=True) == ""


def test_a_name_may_not_hold_digits_but_a_sentence_may() -> None:
    assert not_korean("9자 막기", is_name=True) == "9"
    assert not_korean("45도 돌린다.", is_name=False) == ""


def test_latin_letters_and_hanja_are_named_in_order() -> None:
    assert not_korean("모아 준비 서기 A (山)", is_name=False) == "A山"


def test_text_that_is_not_composed_is_refused_whole() -> None:
    taken_apart = unicodedata.normalize("NFD", "차기")
    assert not_korean(taken_apart, is_name=True) == taken_apart
