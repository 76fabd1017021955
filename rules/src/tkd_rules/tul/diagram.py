"""What a picture of a tul shows: the floor, feet, the way of the centre, headings and numbers.

Everything is in centimetres as drawn: x to the right, y down, X in the origin.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tkd_rules.tul.floor import Point, between, distance
from tkd_rules.tul.floorlines import walked_lines
from tkd_rules.tul.notation import Foot, Step, Tul, other
from tkd_rules.tul.numbering import Mark, Visit, numbered
from tkd_rules.tul.pose import Footprint, Pose, Walk, WalkedStep

View = Literal["plan", "mirrored", "rotated-90", "rotated-180", "rotated-270"]
State = Literal["stands", "was", "raised"]
VIEWS: tuple[View, ...] = get_args(View)
SOLE_LENGTH_CM, SOLE_WIDTH_CM = 26.0, 10.0
MARGIN_CM = 24.0
AROUND_A_STEP_CM = 60.0
MOVED_CM = 3.0
TURNED_DEG = 1.0
ARC_STEP_DEG = 15.0
FREE_BETWEEN_CM, BEFORE_FEET_CM = 34.0, 30.0
ARC_RADIUS_CM = 44.0
_TURNED_VIEW_DEG: dict[View, float] = {
    "plan": 0,
    "mirrored": 0,
    "rotated-90": 90,
    "rotated-180": 180,
    "rotated-270": 270,
}
_EITHER: tuple[Foot, Foot] = ("left", "right")


class StepUnknownError(LookupError):
    """The tul has no movement of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the floor, or a diagonal that was walked, with the letters at its ends."""

    start: Point
    end: Point
    letters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    text: str
    at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Sole:
    """A foot seen from above, `heading_deg` clockwise from up."""

    foot: Foot
    at: Point
    heading_deg: float
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    at: Point
    deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A whole tul, or one step of it: then `arrows` are the ways of its feet and `turn` is how the body turned."""

    slug: str
    step: int | None
    view: View
    box: Box
    lines: tuple[Line, ...]
    letters: tuple[Letter, ...]
    soles: tuple[Sole, ...]
    path: tuple[Point, ...] = ()
    marks: tuple[Mark, ...] = ()
    arrows: tuple[tuple[Point, ...], ...] = ()
    turn: tuple[Point, ...] = ()
    heading: Heading | None = None


def whole_diagram(tul: Tul, walk: Walk, view: View = "plan") -> Diagram:
    """Return the picture of a tul from its ready posture on."""
    poses = [_seen(pose, view) for pose in (walk.start, *(step.pose for step in walk.steps))]
    soles = _each_once(sole for pose in poses for sole in _soles(pose, "stands"))
    lines, letters = _floor(tul, walk, view)
    visits = [
        Visit(number=number, at=_centre(pose), heading_deg=pose.heading_deg)
        for number, pose in enumerate(poses[1:], start=1)
    ]
    marks = numbered(visits, taken=[(sole.at, sole.heading_deg) for sole in soles], letters=[it.at for it in letters])
    corners = [*(sole.at for sole in soles), *(letter.at for letter in letters), *(mark.at for mark in marks)]
    return Diagram(
        slug=tul.slug,
        step=None,
        view=view,
        box=_box(corners, MARGIN_CM),
        lines=lines,
        letters=letters,
        soles=soles,
        path=_without_rests([_centre(pose) for pose in poses]),
        marks=marks,
    )


def step_diagram(tul: Tul, walk: Walk, step: int, view: View = "plan") -> Diagram:
    """Return the picture of one movement: where the feet were, pale, and where they are. Raises StepUnknownError."""
    if not 1 <= step <= len(walk.steps):
        raise StepUnknownError(step)
    walked = walk.steps[step - 1]
    before = _seen(_before(walk, step), view)
    poses = [_seen(pose, view) for pose in walked.poses]
    soles = (*_soles(before, "was"), *_soles(poses[-1], "stands"))
    arrows = tuple(way for foot in _moving(tul.steps[step - 1], view) if len(way := _way(foot, [before, *poses])) > 1)
    box = _box([*(sole.at for sole in soles), *(at for way in arrows for at in way)], AROUND_A_STEP_CM)
    lines, _ = _floor(tul, walk, view)
    return Diagram(
        slug=tul.slug,
        step=step,
        view=view,
        box=box,
        lines=lines,
        letters=_compass(box, view),
        soles=soles,
        arrows=arrows,
        turn=_turn(walked, poses[-1], view),
        heading=_heading(poses[-1]),
    )


def soles_of(pose: Pose, view: View = "plan") -> tuple[Sole, ...]:
    """Return both feet of a pose as they are seen."""
    return _soles(_seen(pose, view), "stands")


def heading_of(pose: Pose, view: View = "plan") -> Heading:
    """Return where the body of a pose is and faces, as it is seen."""
    return _heading(_seen(pose, view))


def _heading(pose: Pose) -> Heading:
    """Return a heading between the feet, or before them where it would hide one."""
    centre = _centre(pose)
    left, right = (_drawn(foot.at_m) for foot in (pose.left, pose.right))
    is_free = pose.left.is_down and pose.right.is_down and distance(left, right) >= FREE_BETWEEN_CM
    at = centre if is_free else centre.moved(_up(pose.heading_deg), BEFORE_FEET_CM)
    return Heading(at=at, deg=pose.heading_deg)


def _seen(pose: Pose, view: View) -> Pose:
    if view == "plan":
        return pose
    return pose.mirrored() if view == "mirrored" else pose.turned(_TURNED_VIEW_DEG[view])


def _seen_point(at: Point, view: View) -> Point:
    return Point(-at.x, at.y) if view == "mirrored" else at.turned(_TURNED_VIEW_DEG[view])


def _drawn(at_m: Point) -> Point:
    return Point(at_m.x * 100, -at_m.y * 100)


def _centre(pose: Pose) -> Point:
    """Return the middle between the feet; over a raised foot, the one that stands."""
    if pose.left.is_down != pose.right.is_down:
        return _drawn((pose.left if pose.left.is_down else pose.right).at_m)
    return _drawn(between(pose.left.at_m, pose.right.at_m))


def _soles(pose: Pose, state: State) -> tuple[Sole, ...]:
    return tuple(_sole(foot, pose.foot(foot), state) for foot in _EITHER)


def _sole(foot: Foot, footprint: Footprint, state: State) -> Sole:
    raised: State = "raised" if not footprint.is_down and state == "stands" else state
    return Sole(foot=foot, at=_drawn(footprint.at_m), heading_deg=footprint.heading_deg, state=raised)


def _each_once(soles: Iterable[Sole]) -> tuple[Sole, ...]:
    """Return what stands on the floor, one sole a place: a tul comes back to where it was."""
    by_place = {
        (
            sole.foot,
            round(sole.at.x / MOVED_CM),
            round(sole.at.y / MOVED_CM),
            round(sole.heading_deg / ARC_STEP_DEG) % 24,
        ): sole
        for sole in soles
        if sole.state == "stands"
    }
    return tuple(by_place.values())


def _moving(step: Step, view: View) -> tuple[Foot, ...]:
    """Return the feet that leave their place, not those that only turn there, as they are seen."""
    moves = [move for move in step.footwork if move.how not in {"pivot", "turn-in-place"}]
    moving = {foot for move in moves for foot in (_EITHER if move.foot == "both" else (move.foot,))}
    return tuple(foot for foot in _EITHER if (other(foot) if view == "mirrored" else foot) in moving)


def _before(walk: Walk, step: int) -> Pose:
    if step == 1:
        return walk.start
    last = walk.steps[step - 2]
    return last.after or last.pose


def _way(foot: Foot, poses: Sequence[Pose]) -> tuple[Point, ...]:
    return _without_rests([_drawn(pose.foot(foot).at_m) for pose in poses])


def _without_rests(points: Sequence[Point]) -> tuple[Point, ...]:
    way = [points[0]]
    for at in points[1:]:
        if distance(way[-1], at) >= MOVED_CM:
            way.append(at)
    return tuple(way)


def _turn(walked: WalkedStep, pose: Pose, view: View) -> tuple[Point, ...]:
    """Return an arc around the body from where it faced to where it faces."""
    turned = -walked.turned_deg if view == "mirrored" else walked.turned_deg
    if abs(turned) < TURNED_DEG:
        return ()
    parts = math.ceil(abs(turned) / ARC_STEP_DEG)
    begin, centre = pose.heading_deg - turned, _centre(pose)
    return tuple(centre.moved(_up(begin + turned * part / parts), ARC_RADIUS_CM) for part in range(parts + 1))


def _up(deg: float) -> Point:
    """Return the way of 1 cm in a direction as drawn."""
    return Point(math.sin(math.radians(deg)), -math.cos(math.radians(deg)))


def _floor(tul: Tul, walk: Walk, view: View) -> tuple[tuple[Line, ...], tuple[Letter, ...]]:
    stretches = walked_lines(tul, walk)
    lines = tuple(
        Line(letters=it.letters, start=_drawn(_seen_point(it.start, view)), end=_drawn(_seen_point(it.end, view)))
        for it in stretches
    )
    return lines, tuple(letter for line in lines if line.letters for letter in _ends(line))


def _ends(line: Line) -> tuple[Letter, Letter]:
    """Return the letters a little beyond the ends of their line."""
    beyond = 14 / distance(line.start, line.end)
    first, last = line.letters[0], line.letters[1]
    return (
        Letter(text=first, at=between(line.end, line.start, 1 + beyond)),
        Letter(text=last, at=between(line.start, line.end, 1 + beyond)),
    )


def _compass(box: Box, view: View) -> tuple[Letter, ...]:
    """Return the letters of the four directions at the edges of a box."""
    middle = Point(box.left + box.width / 2, box.top + box.height / 2)
    half = Point(box.width / 2 - 12, box.height / 2 - 12)
    towards = {"A": Point(1, 0), "B": Point(-1, 0), "C": Point(0, -1), "D": Point(0, 1)}
    seen = {letter: _seen_point(way, view) for letter, way in towards.items()}
    return tuple(
        Letter(text=letter, at=Point(middle.x + half.x * way.x, middle.y - half.y * way.y))
        for letter, way in seen.items()
    )


def _box(points: Sequence[Point], margin: float) -> Box:
    left, top = min(at.x for at in points) - margin, min(at.y for at in points) - margin
    right, bottom = max(at.x for at in points) + margin, max(at.y for at in points) + margin
    return Box(left=left, top=top, width=right - left, height=bottom - top)
