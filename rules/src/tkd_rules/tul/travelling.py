"""From one posture to the next: feet go around each other the way the body turns, and leave the floor a little."""

import math
from dataclasses import dataclass

from tkd_rules.tul.figure import Posture
from tkd_rules.tul.floor import ORIGIN, Point, between, distance

MOVES_FROM_M = 0.05
STEP_HEIGHT_M = 0.07
TURNS_FROM_DEG = 40
PASSES_WITHIN_M, ROUND_BY_M = 0.2, 0.2
TOGETHER_M = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A posture on its way to another, between two moments. `hop_m` is how high the body jumps on it."""

    start: Posture
    end: Posture
    starts_s: float
    ends_s: float
    hop_m: float = 0.0

    def at(self, at_s: float) -> Posture:
        """Return the posture at a moment; before and after it those that it begins and ends with."""
        whole = self.ends_s - self.starts_s
        share = min(1.0, max(0.0, (at_s - self.starts_s) / whole)) if whole else 1.0
        eased = share * share * (3 - 2 * share)
        return self._with_feet(_mixed(self.start, self.end, eased), eased)

    def _with_feet(self, posture: Posture, share: float) -> Posture:
        rise = 4 * share * (1 - share)
        left = distance(_left(self.start), _left(self.end))
        right = distance(_right(self.start), _right(self.end))
        posture = posture._replace(lift=posture.lift + rise * self.hop_m)
        if left > right and left > MOVES_FROM_M:
            at = _gone(
                self, _left(self.start), _left(self.end), Anchor(_right(self.start), _right(self.end), -1), share
            )
            return posture._replace(
                left_x=at.x, left_y=at.y, left_z=posture.left_z + rise * _lifted(self.start.left_z, self.end.left_z)
            )
        if right > MOVES_FROM_M:
            at = _gone(self, _right(self.start), _right(self.end), Anchor(_left(self.start), _left(self.end), 1), share)
            return posture._replace(
                right_x=at.x,
                right_y=at.y,
                right_z=posture.right_z + rise * _lifted(self.start.right_z, self.end.right_z),
            )
        return posture


@dataclass(frozen=True, slots=True)
class Anchor:
    """The foot that stays, or moves less; `side` is that of the other one: -1 left, 1 right."""

    start: Point
    end: Point
    side: int


def _gone(way: Way, start: Point, end: Point, anchor: Anchor, share: float) -> Point:
    """Return where a foot is that travels: around the anchor in a turn, past it otherwise."""
    off, on = start.minus(anchor.start), end.minus(anchor.end)
    at = between(anchor.start, anchor.end, share)
    turned = way.end.heading_deg - way.start.heading_deg
    if abs(turned) >= TURNS_FROM_DEG and min(distance(off, ORIGIN), distance(on, ORIGIN)) > TOGETHER_M:
        return at.moved(_swung(off, on, turned, share))
    return at.moved(between(off, on, share)).moved(_round(way, off, on, anchor.side), math.sin(math.pi * share))


def _swung(off: Point, on: Point, turned_deg: float, share: float) -> Point:
    """Return the place between two around the origin, on the way around that is nearest to how the body turns."""
    start_deg, end_deg = (math.degrees(math.atan2(at.x, at.y)) for at in (off, on))
    way_deg = end_deg - start_deg
    way_deg += 360 * round((turned_deg - way_deg) / 360)
    far = distance(off, ORIGIN) + share * (distance(on, ORIGIN) - distance(off, ORIGIN))
    return Point(0.0, far).turned(start_deg + share * way_deg)


def _round(way: Way, off: Point, on: Point, side: int) -> Point:
    """Return how far a foot gives way to the other that it would tread on."""
    middle, far = between(off, on), distance(off, on)
    if distance(middle, ORIGIN) > PASSES_WITHIN_M or far < 2 * PASSES_WITHIN_M:
        return ORIGIN
    return Point(side * ROUND_BY_M, 0.0).turned((way.start.heading_deg + way.end.heading_deg) / 2)


def _lifted(start_z: float, end_z: float) -> float:
    return STEP_HEIGHT_M if start_z == end_z == 0 else 0.0


def _mixed(one: Posture, another: Posture, share: float) -> Posture:
    return Posture(*(start + (end - start) * share for start, end in zip(one, another, strict=True)))


def _left(posture: Posture) -> Point:
    return Point(posture.left_x, posture.left_y)


def _right(posture: Posture) -> Point:
    return Point(posture.right_x, posture.right_y)
