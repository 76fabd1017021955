"""The outline of a sole, for whatever it is drawn with."""

import math
from collections.abc import Iterator

from tkd_rules.tul.diagram import SOLE_LENGTH_CM, SOLE_WIDTH_CM, Sole
from tkd_rules.tul.floor import Point

# A right sole of length and width 1 seen from above, toes up: where it begins, then Bézier curves of three points each.
OUTLINE = (
    (-0.18, -0.5),
    *((-0.42, -0.5), (-0.52, -0.36), (-0.48, -0.2)),
    *((-0.45, -0.06), (-0.28, 0.04), (-0.3, 0.22)),
    *((-0.32, 0.4), (-0.2, 0.5), (0.02, 0.5)),
    *((0.26, 0.5), (0.36, 0.4), (0.36, 0.24)),
    *((0.36, 0.06), (0.52, -0.02), (0.5, -0.18)),
    *((0.47, -0.36), (0.14, -0.5), (-0.18, -0.5)),
)
POINTS_A_CURVE = 8


def sole_polygon(sole: Sole) -> list[Point]:
    """Return the rim of a sole where it stands."""
    cos, sin = math.cos(math.radians(sole.heading_deg)), math.sin(math.radians(sole.heading_deg))
    side = -SOLE_WIDTH_CM if sole.foot == "left" else SOLE_WIDTH_CM
    return [
        sole.at.moved(Point(x * side * cos - y * SOLE_LENGTH_CM * sin, x * side * sin + y * SOLE_LENGTH_CM * cos))
        for x, y in _rim()
    ]


def _rim() -> Iterator[tuple[float, float]]:
    start = OUTLINE[0]
    for index in range(1, len(OUTLINE), 3):
        one, another, end = OUTLINE[index : index + 3]
        for part in range(1, POINTS_A_CURVE + 1):
            t = part / POINTS_A_CURVE
            yield _on_curve(start[0], one[0], another[0], end[0], t), _on_curve(start[1], one[1], another[1], end[1], t)
        start = end


def _on_curve(start: float, one: float, another: float, end: float, t: float) -> float:
    s = 1 - t
    return s * s * s * start + 3 * s * s * t * one + 3 * s * t * t * another + t * t * t * end
