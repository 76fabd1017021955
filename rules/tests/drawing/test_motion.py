import pytest

from tkd_rules.tul.diagram import SOLE_LENGTH_CM, SOLE_WIDTH_CM, Sole
from tkd_rules.tul.floor import Point
from tkd_rules.tul.motion import pose_between
from tkd_rules.tul.outline import sole_polygon

from .made import drawn_tul

_, WALK = drawn_tul()


def test_a_film_begins_and_ends_where_the_walk_does() -> None:
    before, step = WALK.start, WALK.steps[0]
    begin, end = (pose_between(before, step.pose, step.turned_deg, share) for share in (0.0, 1.0))
    assert (begin.left.at_m, begin.heading_deg) == (before.left.at_m, before.heading_deg)
    assert end.right.at_m == pytest.approx(step.pose.right.at_m)
    assert end.right.heading_deg == pytest.approx(step.pose.right.heading_deg)
    assert end.heading_deg == pytest.approx(step.pose.heading_deg)


def test_a_body_turns_the_way_that_the_step_says() -> None:
    before, step = WALK.steps[1].pose, WALK.steps[2]
    half = pose_between(before, step.pose, step.turned_deg, 0.5)
    assert step.turned_deg == 180
    assert (half.heading_deg + 180) % 360 == pytest.approx(180)  # from B over D to A


def test_a_foot_rises_on_its_way_into_the_air() -> None:
    before, step = WALK.steps[3].pose, WALK.steps[4]
    assert pose_between(before, step.pose, 0, 0.5).right.height_m == pytest.approx(step.pose.right.height_m / 2)


def test_a_sole_is_as_long_and_wide_as_it_is_said_to_be() -> None:
    left, right = (
        sole_polygon(Sole(foot=foot, at=Point(0, 0), heading_deg=0, state="stands")) for foot in ("left", "right")
    )
    assert max(y for _, y in right) == pytest.approx(SOLE_LENGTH_CM / 2)
    assert max(x for x, _ in right) - min(x for x, _ in right) == pytest.approx(SOLE_WIDTH_CM, abs=0.5)
    for one, another in zip(left, right, strict=True):
        assert (-one.x, one.y) == pytest.approx(another)


def test_a_sole_turns_with_its_heading() -> None:
    ahead = sole_polygon(Sole(foot="right", at=Point(0, 0), heading_deg=0, state="stands"))
    turned = sole_polygon(Sole(foot="right", at=Point(7, 0), heading_deg=90, state="stands"))
    for one, another in zip(ahead, turned, strict=True):
        assert (7 - one.y, one.x) == pytest.approx(another)
