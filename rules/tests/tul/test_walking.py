"""Where the feet are after every movement, worked out by hand or held for every tul."""

import math

import pytest

from tkd_rules.tul.checking import closing_shoulder_widths
from tkd_rules.tul.floor import ORIGIN, Point, distance
from tkd_rules.tul.mirroring import mirrored
from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_content
from tkd_rules.tul.pose import Body, Footprint, Pose, Walk
from tkd_rules.tul.stances import UnknownStanceError
from tkd_rules.tul.walking import turned_deg, walk

from .written import IN_SHOULDER_WIDTHS, SLUGS, stances, tul, written

MOVEMENTS = {
    "chon-ji": 19,
    "dan-gun": 21,
    "do-san": 24,
    "won-hyo": 28,
    "yul-gok": 38,
    "joong-gun": 32,
    "toi-gye": 37,
    "hwa-rang": 29,
    "choong-moo": 30,
    "kwang-gae": 39,
    "po-eun": 36,
    "ge-baek": 44,
    "eui-am": 45,
    "choong-jang": 52,
    "juche": 45,
    "sam-il": 33,
    "yoo-sin": 68,
    "choi-yong": 46,
    "yon-gae": 49,
    "ul-ji": 42,
    "moon-moo": 61,
    "so-san": 72,
    "se-jong": 24,
    "tong-il": 56,
    "ko-dang": 39,
    "saju-jirugi": 14,
    "saju-makgi": 16,
    "saju-tulgi": 8,
}


def walked(a_tul: Tul, body: Body = IN_SHOULDER_WIDTHS, facing_deg: float = 0.0) -> Walk:
    return walk(a_tul, stances(), body, facing_deg)


def poses(walk_done: Walk) -> list[Pose]:
    steps = [[*step.poses, *([step.after] if step.after else [])] for step in walk_done.steps]
    return [walk_done.start, *(pose for step in steps for pose in step), walk_done.end]


def near(one: Footprint, another: Footprint) -> bool:
    turn = abs(one.heading_deg - another.heading_deg) % 360
    return distance(one.at_m, another.at_m) < 1e-9 and min(turn, 360 - turn) < 1e-9 and one.height_m == another.height_m


def same(one: Pose, another: Pose) -> bool:
    turn = abs(one.heading_deg - another.heading_deg) % 360
    return (
        near(one.left, another.left)
        and near(one.right, another.right)
        and distance(one.weight_at_m, another.weight_at_m) < 1e-9
        and min(turn, 360 - turn) < 1e-9
        and one.stance == another.stance
    )


def rounded(point: Point) -> tuple[float, float]:
    return round(point.x, 6) + 0.0, round(point.y, 6) + 0.0


def test_every_tul_is_written_to_its_last_movement() -> None:
    assert {slug: len(tul(slug).steps) for slug in SLUGS} == MOVEMENTS
    assert {slug: tul(slug).movements for slug in SLUGS} == MOVEMENTS


@pytest.mark.parametrize("slug", SLUGS)
def test_a_tul_ends_where_it_began_facing_as_it_began(slug: str) -> None:
    done = walked(tul(slug))
    known = tul(slug).ends_off_shoulder_widths
    far = closing_shoulder_widths(done, IN_SHOULDER_WIDTHS)
    assert far == pytest.approx(known, abs=0.01) if known else far <= 0.5 + 1e-6
    assert done.end.heading_deg == done.start.heading_deg == 0


def test_only_do_san_is_known_not_to_close() -> None:
    assert [slug for slug in SLUGS if tul(slug).ends_off_shoulder_widths] == ["do-san"]


def test_the_first_steps_of_dan_gun_are_where_a_hand_puts_them() -> None:
    first, second, third = (step.pose for step in walked(tul("dan-gun")).steps[:3])
    assert (rounded(first.left.at_m), rounded(first.right.at_m)) == ((-1.0, 0.0), (0.5, 0.0))
    assert (first.heading_deg, first.left.heading_deg, first.right.heading_deg) == (270, 285, 345)
    assert rounded(first.weight_at_m) == (0.05, 0.0)  # 70 % on the right leg, which is behind
    assert (rounded(second.left.at_m), rounded(second.right.at_m)) == ((-1.0, -0.5), (-2.5, 0.5))
    assert (rounded(third.left.at_m), rounded(third.right.at_m)) == ((-1.0, 0.0), (0.5, 0.0))
    assert third.heading_deg == 90


@pytest.mark.parametrize("slug", SLUGS)
def test_mirroring_twice_is_the_tul_again(slug: str) -> None:
    assert mirrored(mirrored(tul(slug))) == tul(slug)
    assert all(same(pose.mirrored().mirrored(), pose) for pose in poses(walked(tul(slug))))


@pytest.mark.parametrize("slug", SLUGS)
def test_reversing_the_sides_mirrors_the_path(slug: str) -> None:
    there, here = poses(walked(mirrored(tul(slug)))), poses(walked(tul(slug)))
    assert all(same(one, another.mirrored()) for one, another in zip(there, here, strict=True))
    turns = [[step.turned_deg for step in walked(each).steps] for each in (tul(slug), mirrored(tul(slug)))]
    assert all((one + other) % 360 == 0 for one, other in zip(*turns, strict=True))


@pytest.mark.parametrize("facing_deg", [30.0, 90.0, 180.0, 271.5])
@pytest.mark.parametrize("slug", SLUGS)
def test_turning_the_floor_turns_the_walk(slug: str, facing_deg: float) -> None:
    there, here = poses(walked(tul(slug), facing_deg=facing_deg)), poses(walked(tul(slug)))
    assert all(same(one, another.turned(facing_deg)) for one, another in zip(there, here, strict=True))


def test_a_wider_body_walks_the_same_way_larger() -> None:
    small, large = (
        walked(tul("won-hyo"), Body(shoulder_width_m=0.3)),
        walked(tul("won-hyo"), Body(shoulder_width_m=0.6)),
    )
    for one, another in zip(small.steps, large.steps, strict=True):
        assert distance(ORIGIN.moved(one.pose.weight_at_m, 2), another.pose.weight_at_m) < 1e-9


def test_a_kick_reaches_out_at_its_height_and_a_lifted_foot_stays_at_the_knee() -> None:
    body = Body(shoulder_width_m=0.4, height_m=2.0)
    steps = {step.number: step for step in walked(tul("won-hyo"), body).steps}
    lifted = steps[7].pose
    assert (lifted.left.height_m, lifted.right.height_m) == (0.5, 0.0)
    kicking = steps[8].pose
    assert kicking.left.height_m == pytest.approx(0.58 * 2.0)
    assert distance(kicking.left.at_m, kicking.right.at_m) == pytest.approx(0.42 * 2.0)
    assert kicking.weight_at_m == kicking.right.at_m


def test_in_a_flying_kick_no_foot_is_down() -> None:
    flying = walked(tul("ge-baek")).steps[22].pose
    assert not flying.left.is_down
    assert not flying.right.is_down


def test_the_weight_of_an_x_stance_is_on_the_leg_it_is_named_after() -> None:
    crossed = walked(tul("yul-gok")).steps[35].pose
    assert crossed.stance is not None
    assert crossed.weight_at_m == crossed.foot("left" if crossed.stance.side == "left" else "right").at_m


def test_a_stance_without_measures_is_named() -> None:
    data = written("chon-ji")
    data["steps"][4]["stance"]["key"] = "annun-sogi-2"
    with pytest.raises(UnknownStanceError, match="annun-sogi-2"):
        walked(tul_of_content(data, "chon-ji.yaml"))


def test_a_walk_of_no_steps_stands_where_it_began() -> None:
    data = written("chon-ji") | {"steps": []}
    done = walked(tul_of_content(data, "chon-ji.yaml"))
    assert done.steps == ()
    assert same(done.start, done.end)


@pytest.mark.parametrize(
    ("before_deg", "after_deg", "how", "turned"),
    [
        (0, 90, {}, 90),
        (0, 270, {}, -90),
        (0, 180, {}, 180),
        (0, 270, {"turn": "cw"}, 270),
        (0, 90, {"turn": "ccw"}, -270),
        (0, 0, {"turn": "ccw", "deg": 360}, -360),
        (0, 0, {"turn": "ccw"}, 0),
    ],
)
def test_a_body_turns_as_its_moves_say(
    before_deg: float, after_deg: float, how: dict[str, object], turned: float
) -> None:
    data = written("chon-ji")
    data["steps"][0]["feet"][0] |= how
    footwork = tul_of_content(data, "chon-ji.yaml").steps[0].footwork
    assert turned_deg(before_deg, after_deg, footwork) == turned


def test_a_walk_is_made_of_numbers() -> None:
    for slug in SLUGS:
        for pose in poses(walked(tul(slug))):
            assert all(map(math.isfinite, (*pose.left.at_m, *pose.right.at_m, *pose.weight_at_m)))
            assert 0 <= pose.heading_deg < 360
