"""A body between two postures: which foot travels, how it goes around the other, and how it leaves the floor."""

import math

import pytest

from tkd_rules.tul.figure import Posture
from tkd_rules.tul.floor import Point, distance
from tkd_rules.tul.travelling import STEP_HEIGHT_M, Way

HANDS = (-0.2, 0.1, -0.4, 0.2, 0.1, -0.4)


def posture(left: tuple[float, float], right: tuple[float, float], heading_deg: float = 0.0) -> Posture:
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    return Posture(*left, 0.0, heading_deg, *right, 0.0, heading_deg, *middle, *middle, 0.0, 0.0, heading_deg, *HANDS)


STANDING = posture((-0.2, 0.0), (0.2, 0.0))


def half(end: Posture, start: Posture = STANDING, hop_m: float = 0.0) -> Posture:
    return Way(start=start, end=end, starts_s=2.0, ends_s=4.0, hop_m=hop_m).at(3.0)


def left(of: Posture) -> Point:
    return Point(of.left_x, of.left_y)


def right(of: Posture) -> Point:
    return Point(of.right_x, of.right_y)


def test_before_and_after_its_time_a_way_stands_at_its_ends() -> None:
    end = posture((-0.2, 0.6), (0.2, 0.0))
    way = Way(start=STANDING, end=end, starts_s=2.0, ends_s=4.0)
    assert way.at(0.0) == STANDING
    assert way.at(2.0) == STANDING
    assert way.at(4.0) == pytest.approx(end)
    assert way.at(9.0) == pytest.approx(end)


def test_a_way_without_a_length_is_at_its_end() -> None:
    end = posture((-0.2, 0.6), (0.2, 0.0))
    assert Way(start=STANDING, end=end, starts_s=2.0, ends_s=2.0).at(2.0) == pytest.approx(end)


def test_the_foot_that_steps_leaves_the_floor_and_the_other_stays() -> None:
    stepped_left, stepped_right = half(posture((-0.2, 0.6), (0.2, 0.0))), half(posture((-0.2, 0.0), (0.2, 0.6)))
    assert (stepped_left.left_z, stepped_left.right_z) == pytest.approx((STEP_HEIGHT_M, 0.0))
    assert (stepped_right.left_z, stepped_right.right_z) == pytest.approx((0.0, STEP_HEIGHT_M))
    assert right(stepped_left) == right(STANDING)
    assert left(stepped_right) == left(STANDING)


def test_nothing_travels_where_both_feet_stay() -> None:
    end = STANDING._replace(left_hand_z=0.2)
    assert half(end) == pytest.approx(STANDING._replace(left_hand_z=-0.1))


def test_a_foot_that_is_raised_rises_evenly() -> None:
    end = STANDING._replace(right_x=0.3, right_y=0.8, right_z=1.0)
    assert half(end).right_z == pytest.approx(0.5)


def test_a_jump_lifts_all_of_the_body_halfway() -> None:
    assert half(posture((-0.2, 0.8), (0.2, 0.8)), hop_m=0.3).lift == pytest.approx(0.3)


@pytest.mark.parametrize("turned_deg", [180.0, -180.0])
def test_a_foot_goes_around_the_other_the_way_the_body_turns(turned_deg: float) -> None:
    end = posture((0.6, 0.0), (0.2, 0.0), turned_deg)
    middle = half(end)
    assert distance(left(middle), right(STANDING)) == pytest.approx(0.4)
    assert left(middle).y == pytest.approx(math.copysign(0.4, turned_deg))


@pytest.mark.parametrize("foot", ["left", "right"])
def test_a_foot_that_would_tread_on_the_other_passes_on_its_own_side(foot: str) -> None:
    if foot == "left":
        middle = half(posture((0.0, 0.6), (0.0, 0.0)), posture((0.0, -0.6), (0.0, 0.0)))
        assert left(middle) == pytest.approx((-0.2, 0.0))
    else:
        middle = half(posture((0.0, 0.0), (0.0, 0.6)), posture((0.0, 0.0), (0.0, -0.6)))
        assert right(middle) == pytest.approx((0.2, 0.0))
