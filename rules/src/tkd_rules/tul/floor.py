"""Points and directions on the floor: x grows toward A, y toward D, headings are degrees clockwise from D."""

import math
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float

    def moved(self, by: "Point", times: float = 1.0) -> "Point":
        return Point(self.x + times * by.x, self.y + times * by.y)

    def minus(self, start: "Point") -> "Point":
        return Point(self.x - start.x, self.y - start.y)

    def along(self, direction: "Point") -> float:
        """Return how far the point lies from the origin in a direction of length 1."""
        return self.x * direction.x + self.y * direction.y

    def turned(self, deg: float) -> "Point":
        """Return the point turned clockwise around the origin."""
        cos, sin = math.cos(math.radians(deg)), math.sin(math.radians(deg))
        return Point(self.x * cos + self.y * sin, self.y * cos - self.x * sin)


ORIGIN = Point(0.0, 0.0)


def toward(deg: float) -> Point:
    """Return the point at distance 1 in a direction."""
    return Point(math.sin(math.radians(deg)), math.cos(math.radians(deg)))


def between(one: Point, another: Point, share: float = 0.5) -> Point:
    """Return the point that lies at a share of the way from one to another."""
    return one.moved(another.minus(one), share)


def distance(one: Point, another: Point) -> float:
    return math.dist(one, another)


def nearest_deg(deg: float) -> float:
    """Return an angle as between half a turn to the left and half a turn to the right."""
    return (deg + 180) % 360 - 180
