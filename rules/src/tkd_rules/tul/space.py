"""Points above the floor, in metres: x and y as on the floor, z up."""

import math
from typing import NamedTuple

from tkd_rules.tul.floor import Point


class Spot(NamedTuple):
    x: float
    y: float
    z: float

    def moved(self, by: "Spot", times: float = 1.0) -> "Spot":
        return Spot(self.x + times * by.x, self.y + times * by.y, self.z + times * by.z)

    def minus(self, start: "Spot") -> "Spot":
        return Spot(self.x - start.x, self.y - start.y, self.z - start.z)

    def length(self) -> float:
        return math.sqrt(self.dot(self))

    def dot(self, other: "Spot") -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z


def above(at: Point, z: float) -> Spot:
    return Spot(at.x, at.y, z)


def joint(root: Spot, tip: Spot, upper_m: float, lower_m: float, toward: Spot) -> Spot:
    """Return the knee or elbow of a limb from root to tip, bent toward a direction.

    A limb that reaches too far is straight; `toward` may not point along the limb.
    """
    way = tip.minus(root)
    far = max(way.length(), 1e-6)
    straight = min(max(far, abs(upper_m - lower_m)), upper_m + lower_m)
    along = (upper_m**2 - lower_m**2 + straight**2) / (2 * straight)
    bend = math.sqrt(max(0.0, upper_m**2 - along**2))
    aside = toward.moved(way, -toward.dot(way) / far**2)
    size = max(aside.length(), 1e-6)
    return root.moved(way, along / straight).moved(aside, bend / size)
