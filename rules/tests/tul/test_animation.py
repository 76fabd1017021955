"""A tul in motion: every one of them is a body that stays in one piece and stands where the walk puts it."""

import math
from functools import cache
from itertools import pairwise

import pytest

from tkd_rules.tul.animation import Animation, animated
from tkd_rules.tul.figure import Figure
from tkd_rules.tul.pose import Walk
from tkd_rules.tul.space import Spot
from tkd_rules.tul.walking import walk

from .written import SLUGS, classes, stances, tul

FRAME_S = 1 / 15
FASTEST_FOOT_M_PER_S = 20.0


@cache
def walked(slug: str) -> Walk:
    return walk(tul(slug), stances())


@cache
def moving(slug: str) -> Animation:
    return animated(tul(slug), walked(slug), classes())


@cache
def frames(slug: str) -> list[Figure]:
    animation = moving(slug)
    return [animation.figure_at(number * FRAME_S) for number in range(int(animation.ends_s / FRAME_S) + 2)]


def apart(one: Spot, another: Spot) -> float:
    return one.minus(another).length()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_movement_is_formed_where_it_was_walked(slug: str) -> None:
    animation = moving(slug)
    for step, span in zip(walked(slug).steps, animation.spans[1:], strict=False):
        posture = animation.posture_at(span.formed_s)
        assert (posture.left_x, posture.left_y) == pytest.approx(step.pose.left.at_m)
        assert (posture.right_x, posture.right_y) == pytest.approx(step.pose.right.at_m)
        assert math.cos(math.radians(posture.heading_deg - step.pose.heading_deg)) == pytest.approx(1)
    end, last = walked(slug).end, animation.posture_at(animation.ends_s)
    assert (last.left_x, last.left_y) == pytest.approx(end.left.at_m)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_leaps_from_one_frame_to_the_next(slug: str) -> None:
    ways = moving(slug).ways
    assert all(before.end == after.start and before.ends_s <= after.starts_s for before, after in pairwise(ways))
    for before, after in pairwise(frames(slug)):
        for one, another in zip(
            (*before.left, *before.right, before.head), (*after.left, *after.right, after.head), strict=True
        ):
            assert apart(one, another) < FASTEST_FOOT_M_PER_S * FRAME_S


@pytest.mark.parametrize("slug", SLUGS)
def test_a_body_stays_above_the_floor_and_its_head_above_its_feet(slug: str) -> None:
    for figure in frames(slug):
        soles = [figure.left.heel, figure.left.toe, figure.right.heel, figure.right.toe]
        assert min(sole.z for sole in soles) >= 0
        assert figure.head.z > 0.9
        assert figure.weight.z == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_the_body_turns_as_far_as_each_movement_says(slug: str) -> None:
    animation = moving(slug)
    for step, before, span in zip(walked(slug).steps, animation.spans, animation.spans[1:], strict=False):
        if len(step.poses) == 1:
            turned = animation.posture_at(span.formed_s).heading_deg - animation.posture_at(before.ends_s).heading_deg
            assert turned == pytest.approx(step.turned_deg)


def test_a_kick_goes_out_and_comes_back_with_the_knee_bent() -> None:
    animation = moving("won-hyo")
    kick = next(step for step in tul("won-hyo").steps if step.support != "both" and "kick" in str(step.footwork))
    foot = "left" if kick.support == "right" else "right"
    span = animation.spans[kick.number]
    lengths = [
        apart(getattr(figure, foot).hip, getattr(figure, foot).ankle)
        for figure in (
            animation.figure_at(span.starts_s + share * (span.formed_s - span.starts_s)) for share in (0.55, 1)
        )
    ]
    assert lengths[0] < lengths[1]


def test_a_jump_lifts_both_feet() -> None:
    jumps = {
        slug: [step.number for step in tul(slug).steps if any(move.how == "jump" for move in step.footwork)]
        for slug in SLUGS
    }
    found = [(slug, number) for slug, numbers in jumps.items() for number in numbers]
    assert found
    for slug, number in found:
        span, animation = moving(slug).spans[number], moving(slug)
        shown = [
            animation.figure_at(span.starts_s + k * FRAME_S / 4)
            for k in range(int((span.formed_s - span.starts_s) * 80))
        ]
        assert max(min(figure.left.heel.z, figure.right.heel.z) for figure in shown) > 0.1


def test_a_moment_belongs_to_one_movement() -> None:
    animation = moving("dan-gun")
    second = animation.spans[2]
    assert animation.span_at(-1.0).number == 0
    assert animation.span_at(second.starts_s).number == 1
    assert animation.span_at(second.starts_s + 0.01).number == 2
    assert animation.span_at(animation.ends_s + 9).number == 22
    assert animation.figure_at(-1.0) == animation.figure_at(0.0)


def test_a_technique_kept_in_the_hands_stays_there() -> None:
    keeping = [(slug, step) for slug in SLUGS for step in tul(slug).steps if step.keeps_hands_of]
    assert keeping
    for slug, step in keeping:
        animation, kept = moving(slug), step.keeps_hands_of or 0
        one, another = (animation.posture_at(animation.spans[number].formed_s) for number in (kept, step.number))
        assert one[-6:] == pytest.approx(another[-6:])
