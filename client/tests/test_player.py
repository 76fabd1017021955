"""Playing a tul: where it is follows from a clock, and no pause, sleep or change of tempo makes it jump."""

from pathlib import Path
from typing import Any

import pytest

from client.tests.make import Clock, changes, handbook, technique, tul
from tkd_client.state.player import LONGEST_FRAME_S, TEMPOS, Player
from tkd_client.state.walked import WalkedTul, walked

FRAME_S = 0.02
LAST = 4


def stance(slug: str, length: float, named_after: str) -> dict[str, Any]:
    geometry = {
        "length_shoulder_widths": length,
        "width_shoulder_widths": 1,
        "named_after": named_after,
        "weight_front_percent": 50,
        "front_foot_outward_deg": 0,
        "rear_foot_outward_deg": 25,
    }
    return technique(slug, category="stance", geometry=geometry)


def step(number: int, foot: str, **more: Any) -> dict[str, Any]:
    moved = {"foot": foot, "how": "step", "to": "D"}
    none = ("over", "turn", "turn_deg", "manner", "place", "distance_shoulder_widths", "landing_foot")
    return {
        "number": number,
        "romanization": "Gunnun So Jirugi",
        "name": {"en": "walking stance punch", "ko": "걷는 서 지르기"},
        "footwork": [moved | dict.fromkeys(none)],
        "stance": {"slug": "gunnun-sogi", "side": foot, "front": foot},
        "support": "both",
        "facing": "D",
        "techniques": [{"slug": "jirugi", "tool": None, "side": foot, "level": "middle", "direction": "D"}],
        "timing": "normal",
        "timing_group": [],
        "keeps_hands_of": None,
        "after": None,
    } | more


RETURN = {"foot": "right", "ready_stance": "narani-junbi-sogi", "facing": "D"}
STEPS = [step(number, "left" if number % 2 else "right") for number in range(1, LAST)] + [
    step(LAST, "right", after=RETURN)
]
DOCUMENT = tul("dan-gun") | {
    "movements": LAST,
    "ready_stance": "narani-junbi-sogi",
    "start_facing": "D",
    "end_facing": "D",
    "closing_foot": "right",
    "steps": STEPS,
}
STANCES = [stance("narani-junbi-sogi", 0, "none"), stance("gunnun-sogi", 1.5, "front")]
JIRUGI = technique("jirugi", category="punch")


def walked_with(folder: Path, *techniques: dict[str, Any], document: dict[str, Any] = DOCUMENT) -> WalkedTul | None:
    book = handbook(folder)
    book.catalogue.apply(changes(2, {"techniques": [*techniques], "tuls": [document]}))
    return walked(book.catalogue, document)


class Watched:
    """A player, and the clock that it is played by."""

    def __init__(self, folder: Path, *, is_still: bool = False) -> None:
        found = walked_with(folder, *STANCES, JIRUGI)
        assert found is not None
        self.spans = found.animation.spans
        self.clock = Clock()
        self.player = Player(found.animation, clock_s=self.clock.seconds, is_still=is_still)
        self.changes = 0
        self.player.subscribe(self._noticed)

    def passes(self, seconds: float) -> None:
        """Let time pass as a screen does that is drawn again and again."""
        for _frame in range(round(seconds / FRAME_S)):
            self.clock.passes(seconds=FRAME_S)
            self.player.tick()

    def _noticed(self) -> None:
        self.changes += 1


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_tul_without_movements_or_measures_is_not_played(tmp_path: Path) -> None:
    assert walked_with(tmp_path / "empty", *STANCES, document=DOCUMENT | {"steps": []}) is None
    assert walked_with(tmp_path / "old", STANCES[0], JIRUGI) is None


def test_the_floor_has_the_lines_of_the_tul(tmp_path: Path) -> None:
    found = walked_with(tmp_path, *STANCES, JIRUGI)
    assert found is not None
    assert [line.name for line in found.lines] == ["AB", "CD"]


def test_it_plays_from_the_ready_posture_to_its_end(watched: Watched) -> None:
    player = watched.player
    assert (player.number, player.last, player.is_playing) == (0, LAST, False)
    player.play()
    watched.passes(3)
    assert player.at_s == pytest.approx(3)
    assert player.number == 2
    watched.passes(30)
    assert not player.is_playing
    assert player.at_s == watched.spans[-1].ends_s
    assert player.number == LAST + 1
    player.play()
    assert player.at_s == 0


def test_it_tells_of_movements_and_not_of_frames(watched: Watched) -> None:
    watched.player.play()
    watched.passes(30)
    assert watched.changes == 1 + (LAST + 1) + 1  # started, each movement and the way back, arrived


def test_a_pause_of_any_length_changes_nothing(watched: Watched) -> None:
    player = watched.player
    player.toggle()
    watched.passes(1)
    player.toggle()
    watched.passes(100)
    assert player.at_s == pytest.approx(1)
    player.toggle()
    watched.passes(1)
    assert player.at_s == pytest.approx(2)


def test_who_sleeps_goes_on_where_they_were(watched: Watched) -> None:
    player = watched.player
    player.play()
    watched.passes(1)
    watched.clock.passes(seconds=LONGEST_FRAME_S + 600)
    player.tick()
    assert player.at_s == pytest.approx(1)
    watched.passes(1)
    assert player.at_s == pytest.approx(2)


def test_a_change_of_tempo_does_not_jump(watched: Watched) -> None:
    player = watched.player
    player.play()
    watched.passes(1)
    player.set_tempo(2)
    assert player.at_s == pytest.approx(1)
    watched.passes(1)
    assert player.at_s == pytest.approx(3)
    player.set_tempo(0.25)
    watched.passes(1)
    assert player.at_s == pytest.approx(3.25)


def test_tempo_goes_by_steps_to_its_ends(watched: Watched) -> None:
    player = watched.player
    player.faster()
    assert player.tempo == 1.25
    for _time in TEMPOS:
        player.faster()
    assert player.tempo == 2
    for _time in TEMPOS:
        player.slower()
    assert player.tempo == 0.25


def test_one_movement_on_is_played_and_one_back_is_shown(watched: Watched) -> None:
    player = watched.player
    player.next()
    watched.passes(10)
    assert (player.number, player.is_playing) == (1, False)
    player.next()
    watched.passes(10)
    player.previous()
    assert player.at_s == watched.spans[1].formed_s
    player.previous()
    player.previous()
    assert player.number == 0
    player.stand_at(LAST + 1)
    player.next()
    assert not player.is_playing


def test_a_still_player_shows_formed_movements_only(tmp_path: Path) -> None:
    watched = Watched(tmp_path, is_still=True)
    player = watched.player
    player.next()
    assert (player.number, player.is_playing) == (1, False)
    player.play()
    watched.passes(1)
    assert player.shown_s in {span.formed_s for span in watched.spans}


def test_the_floor_is_mirrored_and_turned(watched: Watched) -> None:
    player = watched.player
    player.mirror()
    assert player.is_mirrored
    player.mirror()
    assert not player.is_mirrored
    turned = []
    for _time in range(4):
        player.rotate()
        turned.append(player.turned_deg)
    assert turned == [90, 180, 270, 0]


def test_a_section_is_repeated_without_losing_time(watched: Watched) -> None:
    player, spans = watched.player, watched.spans
    player.loop()
    player.loop_from(2)
    player.loop_to(3)
    begins_s, whole_s = spans[2].starts_s, spans[3].ends_s - spans[2].starts_s
    player.play()
    assert player.at_s == begins_s
    watched.passes(4 * whole_s + 0.5)
    assert player.is_playing
    assert (player.at_s - begins_s) % whole_s == pytest.approx(0.5, abs=FRAME_S)
    player.loop()
    watched.passes(30)
    assert player.number == LAST + 1


def test_the_ends_of_a_section_never_cross(watched: Watched) -> None:
    player = watched.player
    player.loop_to(2)
    player.loop_from(3)
    assert (player.section.first, player.section.last) == (3, 3)
    player.loop_to(1)
    assert (player.section.first, player.section.last) == (1, 1)


def test_a_section_that_is_chosen_while_playing_is_played(watched: Watched) -> None:
    player = watched.player
    player.play()
    watched.passes(1)
    player.loop_from(3)
    player.loop()
    assert player.at_s == watched.spans[3].starts_s
    assert player.is_playing


def test_a_drill_asks_for_one_movement_after_the_other(watched: Watched) -> None:
    player = watched.player
    player.start_drill()
    for number in range(1, LAST + 1):
        assert player.drill is not None
        assert (player.drill.asked, player.drill.is_revealed, player.number) == (number, False, number - 1)
        player.answer(knew=True)  # not yet: nothing is revealed
        player.toggle()
        watched.passes(10)
        assert player.number == number
        player.answer(knew=number != 2)
    assert player.drill is not None
    assert (player.drill.asked, player.drill.right, player.drill.again) == (None, LAST - 1, 1)
    player.reveal()
    player.answer(knew=True)
    assert player.drill.right == LAST - 1
    player.stop_drill()
    assert player.drill is None


def test_a_drill_gives_nothing_away(watched: Watched) -> None:
    player = watched.player
    player.stand_at(2)
    player.start_drill()
    player.next()
    player.previous()
    assert (player.number, player.is_playing) == (2, False)
    player.reveal()
    player.reveal()
    assert player.is_playing


def test_a_drill_at_the_end_begins_anew(watched: Watched) -> None:
    watched.player.stand_at(LAST)
    watched.player.start_drill()
    assert watched.player.drill is not None
    assert watched.player.drill.asked == 1
