"""Moves that no written tul makes, placed all the same."""

from dataclasses import replace
from typing import Any

import pytest

from tkd_rules.tul.floor import Point
from tkd_rules.tul.notation import FootMove, Stance, Step
from tkd_rules.tul.placing import Floor, Placed, place, settle
from tkd_rules.tul.walking import walk

from .written import stances, tul

SITTING = Stance(slug="annun-sogi")
WALKING = Stance(slug="gunnun-sogi", side="left", front="left")


def floor() -> Floor:
    standing = Floor(stances=stances(), facing_deg=0.0)
    standing.stand_ready("narani-junbi-sogi")
    return standing


def step(move: FootMove, stance: Stance | None, **more: Any) -> Step:
    return Step(number=1, footwork=(move,), stance=stance, support="both", facing="D", techniques=(), **more)


def moved(move: FootMove, stance: Stance | None = None, **more: Any) -> Floor:
    standing, one = floor(), replace(step(move, stance), **more)
    place(standing, Placed(move=move, step=one, is_final=True, deg=0.0))
    settle(standing, one, 0.0)
    return standing


def places(standing: Floor) -> list[tuple[float, float]]:
    return [(round(at.x, 6), round(at.y, 6)) for at in (standing.left, standing.right)]


def test_both_feet_slide_where_no_stance_has_a_front() -> None:
    slid = moved(FootMove(foot="both", how="slide", to="D", distance_shoulder_widths=1.0), SITTING)
    assert places(slid) == [(-0.5, 1.0), (0.5, 1.0)]


def test_a_shift_along_a_whole_line_goes_nowhere() -> None:
    assert places(moved(FootMove(foot="both", how="shift", to="CD", distance_shoulder_widths=1.0))) == [
        (-0.5, 0.0),
        (0.5, 0.0),
    ]


def test_a_shift_of_no_stated_length_goes_nowhere() -> None:
    assert places(moved(FootMove(foot="both", how="shift"))) == [(-0.5, 0.0), (0.5, 0.0)]


@pytest.mark.parametrize(("support", "in_air"), [("right", {"left"}), ("both", set())])
def test_a_jump_without_a_stance_lands_on_the_feet_that_it_is_said_to(support: Any, in_air: set[str]) -> None:
    jump = FootMove(foot="both", how="jump", to="D", distance_shoulder_widths=1.0, landing_foot="right")
    landed = moved(jump, support=support)
    assert (places(landed)[1], landed.in_air) == ((0.5, 1.0), in_air)


def test_a_jump_along_a_whole_line_goes_where_the_body_faces() -> None:
    jump = FootMove(foot="both", how="jump", to="CD", distance_shoulder_widths=1.0, landing_foot="left")
    assert places(moved(jump)) == [(-0.5, 1.0), (0.5, 0.0)]


def test_a_spin_without_a_stance_leaves_the_feet() -> None:
    assert places(moved(FootMove(foot="both", how="spin", turn="ccw", turn_deg=360))) == [(-0.5, 0.0), (0.5, 0.0)]


def test_a_pivot_without_a_stance_leaves_the_feet() -> None:
    assert places(moved(FootMove(foot="left", how="pivot"))) == [(-0.5, 0.0), (0.5, 0.0)]


def test_a_foot_is_lowered_where_it_kicked_when_nothing_says_where() -> None:
    standing = floor()
    kick, lower = FootMove(foot="left", how="kick", to="D"), FootMove(foot="left", how="lower")
    for move in (kick, lower):
        place(standing, Placed(move=move, step=step(move, None), is_final=True, deg=0.0))
    assert places(standing) == [(0.5, 1.0), (0.5, 0.0)]


def test_the_line_ef_lies_where_it_is_first_stood_on() -> None:
    standing = floor()
    standing.both_moved(Point(0.0, 4.0))
    standing.centred_on("EF")
    standing.both_moved(Point(0.0, 0.75))
    standing.centred_on("EF")
    assert places(standing) == [(-0.5, 4.0), (0.5, 4.0)]


def test_a_foot_too_far_from_its_line_stays() -> None:
    standing = floor()
    standing.both_moved(Point(0.0, 0.75))
    standing.onto_line("left", "AB")
    assert places(standing)[0] == (-0.5, 0.75)


def test_nobody_faces_a_whole_line() -> None:
    with pytest.raises(ValueError, match="AB is a line"):
        walk(replace(tul("chon-ji"), start_facing="AB"), stances())
