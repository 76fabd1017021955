"""Whole sentences: those that were read by a person, and every step of content/."""

import re
from dataclasses import replace
from typing import Any, get_args

import pytest

from tkd_rules.content import not_korean
from tkd_rules.tul.describing import Language, Names, describe, describe_closing, describe_ready, describe_tul
from tkd_rules.tul.notation import How, Manner, Step, Timing, Tul

from .content import LANGUAGES, Read, names, sentences_read, step_of, tuls

NOT_POLISH = re.compile(r"[qvx]|\b(the|and|with|foot|left|right|block|kick|stance|of)\b", re.IGNORECASE)
NOT_A_SENTENCE = re.compile(r"[{}\[\]_]|  | [.,]|\.\.|,\.|None|^[a-z]|[^.]$")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("read", sentences_read(), ids=lambda read: read.source)
def test_a_step_is_said_as_it_was_read(read: Read, lang: Language) -> None:
    assert describe(read.step, lang, names(), read.turned_deg) == read.sentences[lang]


def test_the_sentences_read_cover_whatever_the_notation_can_say() -> None:
    steps = [read.step for read in sentences_read()]
    moves = [move for step in steps for move in step.footwork]
    assert {move.how for move in moves} == set(get_args(How)) - {"return"}
    assert {move.manner for move in moves} == {None, *get_args(Manner)}
    assert {move.turn for move in moves} == {None, "cw", "ccw"}
    assert {step.timing for step in steps} == set(get_args(Timing))
    assert any(step.after for step in steps)
    assert any(step.keeps_hands_of for step in steps)
    assert len(steps) >= 60


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tul", tuls(), ids=lambda tul: tul.slug)
def test_every_step_of_every_tul_is_whole_sentences_of_its_language(tul: Tul, lang: Language) -> None:
    said = (describe_ready(tul, lang, names()), *describe_tul(tul, lang, names()), describe_closing(tul, lang, names()))
    assert len(said) == len(tul.steps) + 2
    for text in said:
        assert not NOT_A_SENTENCE.search(text), text
        assert len(text) < 420, text
        if lang == "ko":
            assert not_korean(text, is_name=False) == "", text
        if lang == "pl":
            assert not NOT_POLISH.search(text), text


def test_a_tul_starts_and_ends_in_its_ready_posture() -> None:
    do_san = next(tul for tul in tuls() if tul.slug == "do-san")
    assert [describe_ready(do_san, lang, names()) for lang in LANGUAGES] == [
        "Stań w pozycji równoległej gotowości przodem do D.",
        "Stand in a parallel ready stance facing D.",
        "디를 보고 나란히 준비 서기로 선다.",
    ]
    assert [describe_closing(do_san, lang, names()) for lang in LANGUAGES] == [
        "Wróć prawą nogą do pozycji równoległej gotowości przodem do D.",
        "Return the right foot to a parallel ready stance facing D.",
        "오른발을 옮겨 디를 보고 나란히 준비 서기로 돌아온다.",
    ]


def test_after_an_uncounted_return_a_body_turns_from_where_it_came_back_to() -> None:
    saju_makgi = next(tul for tul in tuls() if tul.slug == "saju-makgi")
    straight = replace(saju_makgi, steps=(saju_makgi.steps[7], replace(saju_makgi.steps[7], facing="D")))
    assert "turning" not in describe_tul(straight, "en", names())[1]


def test_without_the_turn_only_what_the_step_states_is_said() -> None:
    step = step_of(
        {
            "n": 1,
            "feet": [{"foot": "left", "how": "step", "to": "C", "turn": "ccw", "deg": 270}],
            "stance": {"key": "gunnun-sogi", "side": "left", "front": "left"},
            "support": "both",
            "facing": "C",
            "tech": [],
            "timing": {"mode": "normal"},
        }
    )
    assert describe(step, "en", names()) == (
        "Step with the left foot toward C, turning 270 degrees to the left. Form a left walking stance."
    )
    backward = replace(step, facing="D", footwork=(replace(step.footwork[0], turn=None, turn_deg=None),))
    assert describe(backward, "en", names()) == (
        "Step with the left foot toward C. Form a left walking stance facing D."
    )
    assert describe(backward, "en", names(), 0.0) == (
        "Step with the left foot backward toward C. Form a left walking stance facing D."
    )


def test_a_body_that_turns_while_no_foot_moves_turns_on_the_spot() -> None:
    step = _bare(feet=[], stance={"key": "annun-sogi"})
    assert describe(step, "pl", names(), -90.0) == (
        "Obróć się w miejscu o 90 stopni w lewo, nie przestawiając stóp. Przyjmij pozycję siedzącą przodem do D."
    )
    assert describe(step, "pl", names()) == "Zostań w pozycji siedzącej."


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("pl", "Wróć obiema nogami do postawy wyjściowej, potem kopnij lewą nogą w stronę D."),
        ("en", "Return the feet to the ready posture, then kick with the left foot toward D."),
        ("ko", "두 발을 준비 자세로 되돌리고 왼발로 디 쪽으로 찬다."),
    ],
)
def test_feet_that_return_and_kick_without_a_technique(lang: Language, sentence: str) -> None:
    step = _bare(feet=[{"foot": "both", "how": "return"}, {"foot": "left", "how": "kick", "to": "D"}])
    assert describe(step, lang, names(), 0.0) == sentence


@pytest.mark.parametrize(
    ("slug", "number", "landings"),
    [
        (
            "so-san",
            29,
            (
                "Wyląduj na prawej nodze dalej w stronę C.",
                "Land on the right foot, farther toward C.",
                "씨 쪽으로 옮겨 오른발로 내려선다.",
            ),
        ),
        (
            "ul-ji",
            28,
            (
                "Wyląduj w miejscu wybicia na prawej nodze.",
                "Land where you took off, on the right foot.",
                "제자리에 오른발로 내려선다.",
            ),
        ),
    ],
)
def test_who_kicked_in_the_air_lands_and_does_not_jump_again(slug: str, number: int, landings: tuple[str, ...]) -> None:
    tul = next(tul for tul in tuls() if tul.slug == slug)
    for lang, landing in zip(LANGUAGES, landings, strict=True):
        assert describe_tul(tul, lang, names())[number - 1].startswith(landing)
    assert describe(tul.steps[number - 1], "en", names()).startswith("Jump")


def test_a_stance_that_changes_while_no_foot_moves_is_formed() -> None:
    moon_moo = next(tul for tul in tuls() if tul.slug == "moon-moo")
    assert describe_tul(moon_moo, "en", names())[18].startswith("Form left bending ready stance B")


def test_a_kick_of_the_other_leg_is_not_taken_for_this_one() -> None:
    step = _bare(
        feet=[{"foot": "left", "how": "kick", "to": "D"}],
        tech=[{"key": "yopcha-jirugi", "tool": "balkal", "side": "right", "level": "middle", "dir": "D"}],
    )
    assert describe(step, "en", names(), 0.0) == (
        "Kick with the left foot toward D. Execute a middle side piercing kick with the right leg."
    )


def test_a_technique_without_a_tool_is_done_with_an_arm_or_as_a_kick_with_a_leg() -> None:
    step = _bare(
        feet=[],
        tech=[
            {"key": "yop-chagi", "side": "left", "dir": "D"},
            {"key": "narani-makgi", "side": "both", "dir": "D"},
            {"key": "jirugi", "tool": "ap-joomuk", "side": "both", "dir": "D"},
        ],
    )
    assert describe(step, "pl", names(), 0.0) == (
        "Wykonaj kopnięcie boczne lewą nogą, "
        "a potem blok równoległy obiema rękami, a potem cios prosty obiema pięściami."
    )


@pytest.mark.parametrize(
    ("group", "numbers"),
    [
        ([1, 2, 3], "Ruchy 1, 2 i 3 wykonaj powoli."),
        ([1, 2, 3, 4], "Ruchy od 1 do 4 wykonaj powoli."),
        ([1, 3, 5, 7], "Ruchy 1, 3, 5 i 7 wykonaj powoli."),
        ([], "Wykonaj ten ruch powoli."),
    ],
)
def test_a_long_row_of_movements_is_said_by_its_ends(group: list[int], numbers: str) -> None:
    step = replace(_bare(feet=[], stance={"key": "moa-sogi"}), timing="slow", timing_group=tuple(group))
    assert describe(step, "pl", names()) == f"Zostań w pozycji zwartej. {numbers}"


def test_what_nobody_has_named_is_called_by_its_romanized_name() -> None:
    step = _bare(feet=[], stance={"key": "new-sogi", "side": "left"})
    assert describe(step, "en", Names(techniques={}, terms={})) == "Stay in the left new sogi."


def _bare(**changes: Any) -> Step:
    step: dict[str, Any] = {
        "n": 1,
        "stance": None,
        "support": "both",
        "facing": "D",
        "tech": [],
        "timing": {"mode": "normal"},
    }
    return step_of(step | changes)
