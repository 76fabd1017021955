"""Particles, articles and templates."""

import pytest

from tkd_rules.tul.describing.directions import as_seen, toward, turn
from tkd_rules.tul.describing.templates import fill, templates_of
from tkd_rules.tul.describing.words import English, Inflected, Korean
from tkd_rules.tul.notation import Turn


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{x:을}", "막기를"),
        ("{x:로}", "막기로"),
        ("{x:이}", "막기가"),
        ("{x:과}", "막기와"),
        ("{y:을}", "왼발을"),
        ("{y:로}", "왼발로"),
        ("{y:과}", "왼발과"),
        ("{z:로}", "손으로"),
        ("{z:이}", "손이"),
        ("{z:과}", "손과"),
        ("{z}", "손"),
    ],
)
def test_a_particle_follows_the_last_sound(template: str, text: str) -> None:
    assert template.format(x=Korean("막기"), y=Korean("왼발"), z=Korean("손")) == text


def test_after_no_syllable_a_particle_is_that_of_a_vowel() -> None:
    assert f"{Korean('sogi'):을} {Korean(''):과}" == "sogi를 와"


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("left walking stance", "a left walking stance"),
        ("outer forearm low block", "an outer forearm low block"),
        ("X-stance", "an X-stance"),
        ("L-stance", "an L-stance"),
        ("U-shape block", "a U-shape block"),
        ("one-leg stance", "a one-leg stance"),
        ("upset punch", "an upset punch"),
        ("front punch", "a front punch"),
        ("closed ready stance A", "closed ready stance A"),
    ],
)
def test_an_article_follows_the_first_sound(noun: str, said: str) -> None:
    assert f"{English(noun):a}" == said
    assert f"{English(noun)}" == noun


def test_an_inflected_word_has_the_cases_it_has() -> None:
    assert f"{Inflected({'genitive': 'lewej nogi'}):genitive}" == "lewej nogi"
    with pytest.raises(KeyError):
        format(Inflected({"genitive": "lewej nogi"}), "accusative")


def test_what_has_no_value_is_left_out_with_all_that_stands_in_its_brackets() -> None:
    assert fill("step[ {to}][, turning {turn}]", {"to": "", "turn": "left"}) == "step, turning left"
    assert fill("step[ {to}][, turning {turn}]", {"to": "to D", "turn": ""}) == "step to D"


def test_what_stands_in_a_value_is_not_taken_for_a_template() -> None:
    assert fill("{name}[ {more}]", {"name": "[a] {b}", "more": "{c}"}) == "[a] {b} {c}"


@pytest.mark.parametrize(
    ("way", "deg", "said"),
    [
        (None, 90.0, "90 degrees to the right"),
        (None, -135.0, "135 degrees to the left"),
        (None, 180.0, "180 degrees"),
        (None, 0.0, ""),
        ("cw", 180.0, "180 degrees to the right"),
        ("ccw", -270.0, "270 degrees to the left"),
        ("ccw", 0.0, "to the left"),
    ],
)
def test_half_a_turn_has_a_way_only_if_the_step_states_one(way: Turn | None, deg: float, said: str) -> None:
    assert turn(templates_of("en"), way, deg) == said


@pytest.mark.parametrize(
    ("letters", "front", "said"),
    [
        ("D", "D", "w stronę D"),
        ("E", "A", "w stronę E"),
        ("A", "D", "w prawo w stronę A"),
        ("C", "D", "do tyłu w stronę C"),
        ("B", "D", "w lewo w stronę B"),
        ("D", "BD", "ukośnie w prawo do przodu w stronę D"),
        ("AC", "D", "ukośnie w prawo do tyłu w kierunku między A i C"),
        ("AB", "D", "w kierunku między A i B"),
    ],
)
def test_a_direction_is_told_as_who_faces_the_front_sees_it(letters: str, front: str, said: str) -> None:
    assert as_seen(templates_of("pl"), letters, front) == said


def test_the_letters_of_directions_are_spelled_out_in_korean() -> None:
    said = [toward(templates_of("ko"), letter) for letter in "ABCDEF"]
    assert said == ["에이 쪽으로", "비 쪽으로", "씨 쪽으로", "디 쪽으로", "이 쪽으로", "에프 쪽으로"]


def test_the_languages_have_sentences_for_the_same_keys() -> None:
    keys = {lang: _said(templates_of(lang).by_key) for lang in ("pl", "en", "ko")}
    assert keys["en"] == keys["ko"]
    assert keys["en"] - keys["pl"] == set()


def _said(by_key: object) -> set[str]:
    assert isinstance(by_key, dict)
    return {key for key in by_key if not key.startswith("noun.") and key not in ("step.foot", "lower.foot")}
