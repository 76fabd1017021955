"""A figure as lines and dots in a picture, for whatever can draw those: a canvas of the app, a frame of a film."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tkd_rules.tul.figure import Figure, Limbs
from tkd_rules.tul.space import Spot
from tkd_rules.tul.viewing import View

Part = Literal["weight", "left", "right", "body", "face"]
Place = tuple[float, float]

# Widths of what is drawn, in metres.
TRUNK_M, SHOULDERS_M, THIGH_M, SHIN_M, ARM_M, SOLE_M, FIST_M, WEIGHT_M = 0.24, 0.13, 0.13, 0.1, 0.08, 0.1, 0.11, 0.32
FACE_M = 0.077
HEAD_SCALE = 1.3  # a head as large as life looks small on so few lines
NECK_SHARE = 0.25  # how far below the shoulders the trunk begins


class Line(NamedTuple):
    """A line with round ends, in pixels. A name means the same line from frame to frame."""

    name: str
    part: Part
    start: Place
    end: Place
    width_px: float


class Dot(NamedTuple):
    """A disc, or an oval that lies on the floor, in pixels."""

    name: str
    part: Part
    at: Place
    width_px: float
    height_px: float


Stroke = Line | Dot


def strokes_of(figure: Figure, view: View) -> Iterator[Stroke]:
    """Yield what a figure is drawn with, in the order in which it is drawn: the weight, then the farthest first."""
    width_px = WEIGHT_M * view.px_per_m
    yield Dot("weight", "weight", view.seen(figure.weight), width_px, width_px / 2)
    groups = (
        _leg("left", figure.left, view),
        _leg("right", figure.right, view),
        _trunk(figure, view),
        _arm("left", figure.left, view),
        _arm("right", figure.right, view),
        _disc("head", "body", figure.head, 2 * figure.head_radius_m * HEAD_SCALE, view),
        _disc("face", "face", figure.face, FACE_M, view),
    )
    for _depth, strokes in sorted(groups, key=lambda group: group[0], reverse=True):
        yield from strokes


def _leg(part: Part, limbs: Limbs, view: View) -> tuple[float, Sequence[Stroke]]:
    strokes = (
        _line(f"{part} sole", part, (limbs.heel, limbs.toe), SOLE_M, view),
        _line(f"{part} shin", part, (limbs.ankle, limbs.knee), SHIN_M, view),
        _line(f"{part} thigh", part, (limbs.knee, limbs.hip), THIGH_M, view),
    )
    return view.depth(limbs.knee), strokes


def _arm(part: Part, limbs: Limbs, view: View) -> tuple[float, Sequence[Stroke]]:
    fist_px = FIST_M * view.px_per_m
    strokes = (
        _line(f"{part} upper arm", part, (limbs.shoulder, limbs.elbow), ARM_M, view),
        _line(f"{part} forearm", part, (limbs.elbow, limbs.hand), ARM_M, view),
        Dot(f"{part} fist", part, view.seen(limbs.hand), fist_px, fist_px),
    )
    return view.depth(_middle(limbs.elbow, limbs.hand)), strokes


def _trunk(figure: Figure, view: View) -> tuple[float, Sequence[Stroke]]:
    left, right = figure.left, figure.right
    chest, hips = _middle(left.shoulder, right.shoulder), _middle(left.hip, right.hip)
    strokes = (
        _line("spine", "body", (hips, chest.moved(hips.minus(chest), NECK_SHARE)), TRUNK_M, view),
        _line("shoulders", "body", (left.shoulder, right.shoulder), SHOULDERS_M, view),
    )
    return view.depth(_middle(chest, hips)), strokes


def _disc(name: str, part: Part, at: Spot, width_m: float, view: View) -> tuple[float, Sequence[Stroke]]:
    width_px = round(width_m * view.px_per_m, 1)
    return view.depth(at), (Dot(name, part, view.seen(at), width_px, width_px),)


def _line(name: str, part: Part, ends: tuple[Spot, Spot], width_m: float, view: View) -> Line:
    start, end = ends
    return Line(name, part, view.seen(start), view.seen(end), width_m * view.px_per_m)


def _middle(one: Spot, another: Spot) -> Spot:
    return one.moved(another.minus(one), 0.5)
