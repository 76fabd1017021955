"""How far a walk used the lines of the floor: AB, CD, EF, and the diagonals beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tkd_rules.tul.floor import ORIGIN, Point, between, toward
from tkd_rules.tul.notation import FEET_NAMED, Step, Tul, heading_deg, line_of
from tkd_rules.tul.pose import Pose, Walk

BEYOND_M = 0.4
SHORTEST_M = 0.9  # from X to a letter, so that every letter stands clear of the ready posture
ON_LINE_M = 0.25
AROUND_FEET_M = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a line in metres, from the place of its first letter to that of its last; a diagonal has no letters."""

    start: Point
    end: Point
    letters: str = ""


def walked_lines(tul: Tul, walk: Walk) -> tuple[Stretch, ...]:
    """Return AB and CD, EF where the walk comes to it, and each diagonal that a foot is put on."""
    feet = [foot.at_m for step in walk.steps for foot in (step.pose.left, step.pose.right) if foot.is_down]
    return (
        _line("BA", ORIGIN, toward(90), [at for at in feet if abs(at.y) <= ON_LINE_M]),
        _line("CD", ORIGIN, toward(0), [at for at in feet if abs(at.x) <= ON_LINE_M]),
        *_line_ef(tul, walk, feet),
        *_diagonals(tul, walk),
    )


def _line(letters: str, centre: Point, ahead: Point, points: Sequence[Point]) -> Stretch:
    along = [at.minus(centre).along(ahead) for at in points]
    back, forth = min([*along, BEYOND_M - SHORTEST_M]), max([*along, SHORTEST_M - BEYOND_M])
    return Stretch(
        letters=letters, start=centre.moved(ahead, back - BEYOND_M), end=centre.moved(ahead, forth + BEYOND_M)
    )


def _line_ef(tul: Tul, walk: Walk, feet: Sequence[Point]) -> Iterator[Stretch]:
    on_ef = [walked.pose for step, walked in zip(tul.steps, walk.steps, strict=True) if is_on_ef(step)]
    y = median(_centre(pose).y for pose in on_ef) if on_ef else 0.0
    if abs(y) > ON_LINE_M:  # else AB is there already
        yield _line("FE", Point(0, y), toward(90), [at for at in feet if abs(at.y - y) <= ON_LINE_M])


def is_on_ef(step: Step) -> bool:
    """Whether a foot is put on line EF; who only faces or kicks along it may stand anywhere."""
    return any(move.to in {"E", "F", "EF"} and move.how != "kick" for move in step.footwork)


def _diagonals(tul: Tul, walk: Walk) -> Iterator[Stretch]:
    """Yield the diagonal under both feet of each pose that a foot reached aslant."""
    for step, walked in zip(tul.steps, walk.steps, strict=True):
        deg = _slant_deg(step)
        if deg is not None:
            ahead, centre = toward(deg), _centre(walked.pose)
            along = [foot.at_m.minus(centre).along(ahead) for foot in (walked.pose.left, walked.pose.right)]
            yield Stretch(
                start=centre.moved(ahead, min(along) - AROUND_FEET_M),
                end=centre.moved(ahead, max(along) + AROUND_FEET_M),
            )


def _slant_deg(step: Step) -> float | None:
    letters = [move.to for move in step.footwork if move.to and move.to not in FEET_NAMED and move.how != "kick"]
    return next((heading_deg(to) for to in letters if line_of(to) is None), None)


def _centre(pose: Pose) -> Point:
    return between(pose.left.at_m, pose.right.at_m)
