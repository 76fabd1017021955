"""Questions about names: when they are asked, what they show and what stands beside what is right."""

from typing import Any

import pytest

from tkd_rules.quiz import QuizRequest, questions_for
from tkd_rules.quiz.question import Kind

from . import make
from .asking import draft, options, question, texts


def test_a_meaning_is_chosen_among_meanings_of_terms_of_its_category() -> None:
    assert options("meaning", "hana") == {"hana", "dool", "set", "net", "dasot"}
    found = texts(question("meaning", "term", "hana", options=("dool", "hana"), answer_index=1))
    assert found.values == {"name": "Hana", "hangul": "하나", "romanization": "Hana"}
    assert found.options == ("dwa", "jeden")


def test_a_korean_name_is_chosen_for_ones_own() -> None:
    found = texts(question("korean", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0))
    assert (found.values, found.options) == ({"own": "kopnięcie do przodu"}, ("Ap Chagi", "Yop Chagi"))


def test_koreans_choose_between_hangul_and_english() -> None:
    asked = question("korean", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0)
    found = texts(asked, language="ko")
    assert (found.values, found.options) == ({"own": "front kick"}, ("앞차기", "옆차기"))


def test_another_item_of_the_same_name_is_no_option() -> None:
    assert "baro-return" not in options("korean", "baro")
    twin = make.technique("twin-chagi", "kopnięcie boczne", "lateral kick", "쌍차기")
    material = make.material([*make.TECHNIQUES, twin])
    assert "twin-chagi" not in options("meaning", "yop-chagi", material=material)


def test_an_item_that_an_alias_names_as_well_is_no_option() -> None:
    forward = make.technique(
        "apro-chagi", "kopnięcie w przód", "forward kick", "앞으로 차기", aliases=["straight kick"]
    )
    assert "apro-chagi" not in options("meaning", "ap-chagi", material=make.material([*make.TECHNIQUES, forward]))


def test_two_words_for_two_are_not_options_of_each_other() -> None:
    twins = [
        make.term("sang-palmok", "podwójne przedramię", "twin forearm", "쌍팔목", category="tool"),
        make.term("doo-palmok", "dwa przedramiona", "double forearm", "두 팔목", category="tool"),
        make.term("an-palmok", "przedramię wewnętrzne", "inner forearm", "안팔목", category="tool"),
    ]
    assert options("korean", "doo-palmok", material=make.material(terms=twins)) == {"doo-palmok", "an-palmok"}


def test_other_categories_serve_only_for_want_of_two_options() -> None:
    assert options("meaning", "an") == {"an", "dwi", "baro"}
    fewer = [document for document in make.TERMS if document["slug"] not in {"dwi", "baro"}]
    assert len(options("meaning", "an", material=make.material(terms=fewer))) == 4


def test_nothing_is_asked_without_a_wrong_option() -> None:
    assert draft("meaning", "hana", material=make.material(terms=make.TERMS[:1])) is None


@pytest.mark.parametrize("kind", ["meaning", "korean"])
def test_a_name_that_gives_the_other_away_is_not_asked(kind: Kind) -> None:
    taekwondo = make.term("taekwon-do", "Taekwon-Do – droga", "Taekwon-Do, the way", "태권도", category="general")
    material = make.material(terms=[*make.TERMS, taekwondo])
    assert draft(kind, "taekwon-do", material=material) is None
    assert draft(kind, "moa-a") is None


def test_reading_goes_both_ways() -> None:
    reading = texts(question("romanization", "term", "hana", options=("hana", "dool"), answer_index=0))
    assert (reading.values, reading.options) == ({"hangul": "하나"}, ("Hana", "Dool"))
    writing = texts(question("hangul", "term", "hana", options=("hana", "dool"), answer_index=0))
    assert (writing.values, writing.options) == ({"romanization": "Hana"}, ("하나", "둘"))


@pytest.mark.parametrize("audio", ["/hana.mp3", {"url": "/hana.mp3"}])
def test_what_can_be_heard_is_asked_by_that_alone(audio: Any) -> None:
    material = make.material(terms=[make.TERMS[0] | {"audio": audio}, *make.TERMS[1:]])
    assert options("listening", "hana", material=material) == {"hana", "dool", "set", "net", "dasot"}
    assert draft("listening", "dool", material=material) is None
    found = texts(question("listening", "term", "hana", options=("hana", "dool"), answer_index=0), material)
    assert (found.values, found.media, found.options) == ({}, audio, ("jeden", "dwa"))


def test_what_can_be_seen_is_asked_by_that_alone() -> None:
    pictures = [{"kind": "video"}, {"kind": "picture", "url": "/front.webp"}, {"kind": "picture", "url": "/side.webp"}]
    kick = make.technique("ap-chagi", "kopnięcie", "kick", "앞차기", media=pictures)
    material = make.material([kick, *make.TECHNIQUES[5:]])
    assert options("picture", "ap-chagi", material=material) >= {"ap-chagi", "yop-chagi", "dollyo-chagi"}
    assert draft("picture", "yop-chagi", material=material) is None
    found = texts(
        question("picture", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0), material
    )
    assert (found.values, found.media, found.options) == ({}, pictures[1], ("Ap Chagi", "Yop Chagi"))


def test_without_audio_and_pictures_nothing_is_heard_or_seen() -> None:
    for mode in ("terms", "techniques"):
        asked = questions_for(make.HANDBOOK, QuizRequest(mode=mode, belt_rank=19, count=99, language="pl", seed=1))
        assert not {"listening", "picture"} & {question.kind for question in asked}
