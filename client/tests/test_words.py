"""The movements of a tul in words, on the device."""

from pathlib import Path
from typing import Any

from client.tests.make import changes, handbook, technique, tul
from tkd_client.state.words import sentences

STEP: dict[str, Any] = {
    "number": 1,
    "romanization": "Gunnun So Baro Jirugi",
    "name": {"ko": "걷는 서 바로 지르기"},
    "footwork": [
        {
            "foot": "left",
            "how": "step",
            "to": "B",
            "over": None,
            "turn": None,
            "turn_deg": None,
            "manner": None,
            "place": None,
            "distance_shoulder_widths": None,
            "landing_foot": None,
        }
    ],
    "stance": {"slug": "gunnun-sogi", "side": "left", "front": "left"},
    "support": "both",
    "facing": "B",
    "techniques": [{"slug": "jirugi", "tool": "ap-joomuk", "side": "left", "level": "middle", "direction": "B"}],
    "timing": "normal",
    "timing_group": [],
    "keeps_hands_of": None,
    "after": None,
}

TUL = tul(
    steps=(),
    movements=1,
    ready_stance="narani-junbi-sogi",
    start_facing="D",
    closing_foot="left",
    end_facing="D",
) | {"steps": [STEP]}


def test_a_movement_is_said_in_words_with_the_names_of_the_catalogue(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    stance = technique("gunnun-sogi", category="stance", name={"pl": "pozycja wykroczna", "en": "walking stance"})
    punch = technique("jirugi", category="punch", name={"pl": "cios prosty", "en": "front punch"})
    book.catalogue.apply(changes(2, {"techniques": [stance, punch], "tuls": [TUL]}))
    [polish] = sentences(TUL, book.catalogue, "pl")
    assert polish == (
        "Zrób krok lewą nogą w stronę B, obracając się o 90 stopni w lewo. "
        "Przyjmij lewą pozycję wykroczną i wykonaj środkowy cios prosty lewą pięścią."
    )
    [english] = sentences(TUL, book.catalogue, "en")
    assert english == (
        "Step with the left foot toward B, turning 90 degrees to the left. "
        "Form a left walking stance and execute a middle front punch with the left fist."
    )


def test_the_way_back_names_its_posture_too(tmp_path: Path) -> None:
    after = {"foot": "left", "ready_stance": "narani-junbi-sogi", "facing": "D"}
    book = handbook(tmp_path)
    ready = technique("narani-junbi-sogi", category="stance", name={"en": "parallel ready stance"})
    book.catalogue.apply(changes(2, {"techniques": [ready]}))
    [said] = sentences(TUL | {"steps": [STEP | {"after": after}]}, book.catalogue, "en")
    assert said.endswith("Then return the left foot to a parallel ready stance facing D.")


def test_steps_that_can_not_be_read_have_no_words(tmp_path: Path) -> None:
    assert sentences(TUL | {"steps": [STEP | {"facing": "AB"}]}, handbook(tmp_path).catalogue, "pl") == ()
