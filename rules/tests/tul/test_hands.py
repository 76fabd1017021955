"""Where the hands of each class of technique end up."""

from typing import Any

import pytest

from tkd_rules.tul.hands import PAIRS, Hands, guarding, hands_of, ready_hands
from tkd_rules.tul.notation import Stance, Technique

from .written import classes

LEFT_FRONT = Stance(slug="gunnun-sogi", side="left", front="left")
RIGHT_FRONT = Stance(slug="gunnun-sogi", side="right", front="right")


def technique(slug: str = "jirugi", **changes: Any) -> Technique:
    made: dict[str, Any] = {"tool": None, "side": "right", "level": "middle", "direction": "D"} | changes
    return Technique(slug=slug, **made)


def hands(*techniques: Technique, stance: Stance | None = LEFT_FRONT, facing: str = "D") -> Hands:
    return hands_of(techniques, stance, facing, classes())


def test_a_punch_ends_before_the_middle_and_the_other_hand_at_the_hip() -> None:
    there = hands(technique())
    assert there.right.x == pytest.approx(0.0)
    assert there.right.y > 0.5
    assert there.left.y < 0.1
    assert there.left.z < -0.3


def test_levels_are_above_each_other() -> None:
    low, middle, high = (hands(technique(level=level)).right.z for level in ("low", "middle", "high"))
    assert low < middle < high


def test_a_block_stays_on_its_side() -> None:
    there = hands(technique(one_of("block"), side="left"))
    assert there.left.x < -0.1
    assert there.left.y > 0.3


def one_of(category: str) -> str:
    return next(slug for slug, found in sorted(classes().items()) if found == category and slug not in PAIRS)


def test_a_technique_to_the_side_points_there() -> None:
    assert hands(technique(direction="A")).right.x > 0.5
    assert hands(technique(direction="B")).right.x < -0.5


def test_hands_that_do_nothing_are_those_of_the_posture_or_of_a_guard() -> None:
    assert hands(stance=Stance(slug="moa-junbi-sogi-b")) == ready_hands("moa-junbi-sogi-b")
    assert hands(stance=None) == guarding(None)
    assert hands(technique(one_of("kick"))) == guarding(LEFT_FRONT)


def test_a_guard_leads_with_the_hand_of_the_front_foot() -> None:
    left, right = guarding(LEFT_FRONT), guarding(RIGHT_FRONT)
    assert left.left.y > left.right.y
    assert right.right.y > right.left.y


def test_both_hands_guard_as_one() -> None:
    guard = technique("daebi-makgi", side="both")
    ahead = hands(guard, stance=RIGHT_FRONT)
    assert ahead.right.y > ahead.left.y
    assert hands(guard, stance=LEFT_FRONT).left.y > hands(guard, stance=LEFT_FRONT).right.y


def test_without_a_front_foot_the_hand_leads_that_is_nearer() -> None:
    guard, sitting = "daebi-makgi", Stance(slug="annun-sogi")
    to_the_left, to_the_right = (
        hands(technique(guard, side="both", direction=direction), stance=sitting) for direction in ("B", "A")
    )
    assert to_the_left.left.x < to_the_left.right.x < 0
    assert to_the_right.right.x > to_the_right.left.x > 0


def test_a_pair_without_a_level_stays_where_it_is_drawn() -> None:
    drawn, low = (hands(technique("san-makgi", side="both", level=level)) for level in (None, "low"))
    assert drawn.left.z > low.left.z
    rising = [hands(technique("chookyo-makgi", side="both", level=level)) for level in (None, "low")]
    assert rising[0] == rising[1]


def test_elbows_and_rising_blocks_are_higher_than_a_punch() -> None:
    punch = hands(technique())
    assert hands(technique("chookyo-makgi", level="high")).right.z > punch.right.z
    assert hands(technique("taerigi", tool="wi-palkup")).right.z > punch.right.z
    assert hands(technique("taerigi", tool="ap-palkup")).right.y < punch.right.y


def test_an_unknown_posture_lets_the_arms_hang() -> None:
    assert ready_hands("no-such-posture").left.z < -0.5
