"""The floor as a picture: seen from above at an angle, turned, mirrored and fitted into what room there is.

Unturned, D is at the far side and A on the right, as the performer sees it who stands at X.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tkd_rules.tul.floor import Point
from tkd_rules.tul.floorlines import ON_LINE_M, is_on_ef
from tkd_rules.tul.notation import Line, Tul
from tkd_rules.tul.pose import Pose, Walk
from tkd_rules.tul.space import Spot

PITCH_DEG = 38
HEADROOM_M, MARGIN_M = 1.75, 0.45
SHORTEST_ARM_M = 0.9
LETTER_OUTSIDE_M = 0.22
NEAR, FAR = math.sin(math.radians(PITCH_DEG)), math.cos(math.radians(PITCH_DEG))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundLine:
    """A line on the floor with a letter at each end; the second half of CD leads to D."""

    name: Line
    start: Point
    end: Point

    def letters(self) -> Iterator[tuple[str, Point]]:
        """Yield the letter of each end and where it stands: a little outside."""
        ends = (self.start, self.end)
        for letter, at, opposite in zip(self.name, ends, reversed(ends), strict=True):
            away = at.minus(opposite)
            yield letter, at.moved(away, LETTER_OUTSIDE_M / (abs(away.x) + abs(away.y)))


def ground_lines(tul: Tul, walk: Walk) -> tuple[GroundLine, ...]:
    """Return the lines that a tul is drawn on, as far as its feet go: AB and CD always, EF where it is stepped on."""
    feet = [foot.at_m for pose in poses(walk) for foot in (pose.left, pose.right)]
    west, east = min(-SHORTEST_ARM_M, *(at.x for at in feet)), max(SHORTEST_ARM_M, *(at.x for at in feet))
    south, north = min(-SHORTEST_ARM_M, *(at.y for at in feet)), max(SHORTEST_ARM_M, *(at.y for at in feet))
    lines = [
        GroundLine(name="AB", start=Point(east, 0.0), end=Point(west, 0.0)),
        GroundLine(name="CD", start=Point(0.0, south), end=Point(0.0, north)),
    ]
    for step, walked in zip(tul.steps, walk.steps, strict=True):
        far = (walked.pose.left.at_m.y + walked.pose.right.at_m.y) / 2
        if is_on_ef(step) and abs(far) > ON_LINE_M:
            return (*lines, GroundLine(name="EF", start=Point(east, far), end=Point(west, far)))
    return tuple(lines)


def poses(walk: Walk) -> Iterable[Pose]:
    yield walk.start
    for step in walk.steps:
        yield from step.poses
        if step.after:
            yield step.after
    yield walk.end


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where a point of the hall is in the picture: `centre` in the middle, `px_per_m` large, y down."""

    turned_deg: float
    mirrored: bool
    px_per_m: float
    left_px: float
    top_px: float

    def seen(self, at: Spot) -> tuple[float, float]:
        x, y = _turned(at, self.turned_deg, mirrored=self.mirrored)
        return (
            round(self.left_px + x * self.px_per_m, 1),
            round(self.top_px - (y * NEAR + at.z * FAR) * self.px_per_m, 1),
        )

    def depth(self, at: Spot) -> float:
        """Return how far a point is from who looks; only the order matters."""
        return _turned(at, self.turned_deg, mirrored=self.mirrored)[1] * FAR - at.z * NEAR


def view_of(
    lines: Iterable[GroundLine], *, width_px: float, height_px: float, turned_deg: float = 0, mirrored: bool = False
) -> View:
    """Return the view that shows all of a floor, and a body wherever it stands on it."""
    ends = [_turned(Spot(*at, 0.0), turned_deg, mirrored=mirrored) for line in lines for at in (line.start, line.end)]
    west, east = min(x for x, _y in ends) - MARGIN_M, max(x for x, _y in ends) + MARGIN_M
    south, north = min(y for _x, y in ends) - MARGIN_M, max(y for _x, y in ends) + MARGIN_M
    high, low = max(north * NEAR, _highest(ends)), south * NEAR
    px_per_m = min(width_px / (east - west), height_px / (high - low))
    return View(
        turned_deg=turned_deg,
        mirrored=mirrored,
        px_per_m=px_per_m,
        left_px=width_px / 2 - (east + west) / 2 * px_per_m,
        top_px=height_px / 2 + (high + low) / 2 * px_per_m,
    )


def _highest(ends: Iterable[tuple[float, float]]) -> float:
    return max(y * NEAR + HEADROOM_M * FAR for _x, y in ends)


def _turned(at: Spot, deg: float, *, mirrored: bool) -> tuple[float, float]:
    turned = Point(at.x, at.y).turned(deg)
    return (-turned.x if mirrored else turned.x, turned.y)
