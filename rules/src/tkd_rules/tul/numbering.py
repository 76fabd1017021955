"""Numbers for the places that a walk comes to, none upon another, on a foot or on a letter."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from tkd_rules.tul.floor import Point, distance, nearest_deg

CELL_CM = 5.0
HEIGHT_CM = 20.0
PILL_HALF_CM, BEAK_CM = 8.0, 5.0
DIGIT_CM = 7.5
SAME_PLACE_CM = 5.0
RING_CM, RINGS = 15, 8
SOLE_HALF_CM = 8.0
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A movement ends here, facing so many degrees clockwise from up."""

    number: int
    at: Point
    heading_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The numbers of the movements that follow each other at a place; `at` is beside `place` where that is taken."""

    text: str
    at: Point
    place: Point
    heading_deg: float

    @property
    def width_cm(self) -> float:
        return max(HEIGHT_CM, DIGIT_CM * len(self.text) + 6)

    @property
    def rim_cm(self) -> float:
        """Return how far from its middle the rim of its pill is, where the body faces."""
        half, straight = PILL_HALF_CM, (self.width_cm - HEIGHT_CM) / 2
        aside, ahead = (abs(part) for part in _ahead(self.heading_deg))
        if straight * ahead >= half * aside:
            return half / ahead
        return straight * aside + math.sqrt(half * half - straight * straight * ahead * ahead)

    @property
    def is_aside(self) -> bool:
        return distance(self.at, self.place) > HEIGHT_CM / 2


def numbered(
    visits: Sequence[Visit], *, taken: Sequence[tuple[Point, float]], letters: Sequence[Point]
) -> tuple[Mark, ...]:
    """Return a mark for each run of movements at one place, as near to it as there is room.

    `taken` are the places and headings of the soles.
    """
    full = {cell for at, deg in taken for cell in _under_sole(at, deg)}
    full |= {cell for at in letters for cell in _cells(at, HEIGHT_CM)}
    marks = []
    for run in _runs(visits):
        mark = _placed(run, full)
        full.update(_cells(mark.at, mark.width_cm))
        marks.append(mark)
    return tuple(marks)


def _runs(visits: Sequence[Visit]) -> list[list[Visit]]:
    runs: list[list[Visit]] = []
    for visit in visits:
        if runs and _is_still(runs[-1][-1], visit):
            runs[-1].append(visit)
        else:
            runs.append([visit])
    return runs


def _is_still(before: Visit, after: Visit) -> bool:
    apart_deg = nearest_deg(after.heading_deg - before.heading_deg)
    return distance(before.at, after.at) < SAME_PLACE_CM and abs(apart_deg) < 1


def _placed(run: Sequence[Visit], full: set[_Cell]) -> Mark:
    first, last = run[0], run[-1]
    text = str(first.number) if first is last else f"{first.number}–{last.number}"
    mark = Mark(text=text, at=first.at, place=first.at, heading_deg=first.heading_deg)
    return replace(mark, at=_free_place(first, mark.width_cm, full))


def _free_place(visit: Visit, width: float, full: set[_Cell]) -> Point:
    """Return the place itself or the nearest around it, beginning at the sides, where the way does not go on."""
    if _is_free(*visit.at, width, full):
        return visit.at
    at_x, at_y = visit.at
    for way_x, way_y in _around(visit.heading_deg):
        x, y = at_x + way_x, at_y + way_y
        if (round(x / CELL_CM), round(y / CELL_CM)) not in full and _is_free(x, y, width, full):
            return Point(x, y)
    return visit.at


@lru_cache(maxsize=64)
def _around(heading_deg: float) -> list[Point]:
    """Return the ways to all places that are tried, nearest first."""
    ways = [_ahead(heading_deg + deg) for deg in (90, -90, 120, -120, 60, -60, 150, -150, 30, -30, 180, 0)]
    return [Point(far * way.x, far * way.y) for far in range(RING_CM, RING_CM * RINGS + 1, RING_CM) for way in ways]


def _is_free(x: float, y: float, width: float, full: set[_Cell]) -> bool:
    """Whether a pill finds room; its ends, which are the likeliest to be taken, are looked at first."""
    middle = round(y / CELL_CM)
    if (round((x - width / 2) / CELL_CM), middle) in full or (round((x + width / 2) / CELL_CM), middle) in full:
        return False
    return full.isdisjoint(_cells(Point(x, y), width))


def _ahead(deg: float) -> Point:
    return Point(math.sin(math.radians(deg)), -math.cos(math.radians(deg)))


def _cell(x: float, y: float) -> _Cell:
    return round(x / CELL_CM), round(y / CELL_CM)


def _cells(at: Point, width: float) -> Iterator[_Cell]:
    left, top = _cell(at.x - width / 2, at.y - HEIGHT_CM / 2)
    right, bottom = _cell(at.x + width / 2, at.y + HEIGHT_CM / 2)
    return product(range(left, right + 1), range(top, bottom + 1))


def _under_sole(at: Point, heading_deg: float) -> Iterator[_Cell]:
    ahead = _ahead(heading_deg)
    for share in (-1, 0, 1):
        x, y = at.moved(ahead, share * SOLE_HALF_CM)
        yield from (_cell(x - CELL_CM / 2, y), _cell(x + CELL_CM / 2, y))
