"""Numbers for the places that a walk comes to, none upon another, on a foot or on a letter."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tkd_rules.tul.floor import Point, distance, nearest_deg

CELL_CM = 5.0
HEIGHT_CM = 20.0
PILL_HALF_CM, BEAK_CM = 8.0, 5.0
DIGIT_CM = 7.5
SAME_PLACE_CM = 5.0
RING_CM, RINGS = 15, 8
SOLE_HALF_CM = 8.0
PILL_HALF_ROWS = 2  # above and below its middle
COLUMNS_LEFT = 1 << 10  # of X, more than any floor has: bits are not counted below 0


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
    full = _Cells()
    for at, deg in taken:
        full.take_sole(at, _ahead(deg))
    for at in letters:
        full.take(at, HEIGHT_CM)
    marks = []
    for run in _runs(visits):
        mark = _placed(run, full)
        full.take(mark.at, mark.width_cm)
        marks.append(mark)
    return tuple(marks)


class _Cells:
    """Squares of the floor that hold something: for every row those that a pill on it would touch, as bits."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}

    def take(self, at: Point, width: float) -> None:
        middle, columns = round(at.y / CELL_CM), _columns(width, at.x - width / 2)
        self._take(range(middle - 2 * PILL_HALF_ROWS, middle + 2 * PILL_HALF_ROWS + 1), columns)

    def take_sole(self, at: Point, ahead: Point) -> None:
        for share in (-1, 0, 1):
            x, y = at.moved(ahead, share * SOLE_HALF_CM)
            row = round(y / CELL_CM)
            columns = _columns(CELL_CM, x - CELL_CM / 2)
            self._take(range(row - PILL_HALF_ROWS, row + PILL_HALF_ROWS + 1), columns)

    def nearest_room(self, at: Point, ways: Iterable[Point], width: float) -> Point | None:
        """Return the first place of those that the ways from a point lead to where a pill has room."""
        held, pill = self._rows, _columns(width)
        x, y = at.x - width / 2, at.y
        for way_x, way_y in ways:
            row = held.get(round((y + way_y) / CELL_CM), 0)
            if not row >> round((x + way_x) / CELL_CM) + COLUMNS_LEFT & pill:
                return Point(at.x + way_x, y + way_y)
        return None

    def _take(self, rows: Iterable[int], columns: int) -> None:
        for row in rows:
            self._rows[row] = self._rows.get(row, 0) | columns


def _columns(width: float, left_x: float | None = None) -> int:
    """Return as many columns as something is wide as bits, from a left side on if one is given."""
    columns = (1 << round(width / CELL_CM) + 1) - 1
    return columns if left_x is None else columns << round(left_x / CELL_CM) + COLUMNS_LEFT


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


def _placed(run: Sequence[Visit], full: _Cells) -> Mark:
    first, last = run[0], run[-1]
    text = str(first.number) if first is last else f"{first.number}–{last.number}"
    mark = Mark(text=text, at=first.at, place=first.at, heading_deg=first.heading_deg)
    room = full.nearest_room(first.at, _around(first.heading_deg), mark.width_cm)
    return replace(mark, at=room or first.at)


@lru_cache(maxsize=64)
def _around(heading_deg: float) -> list[Point]:
    """Return the ways to all places that are tried: the place itself, then the nearest around it.

    They begin at the sides, where the way does not go on.
    """
    ways = [_ahead(heading_deg + deg) for deg in (90, -90, 120, -120, 60, -60, 150, -150, 30, -30, 180, 0)]
    fars = range(RING_CM, RING_CM * RINGS + 1, RING_CM)
    return [Point(0.0, 0.0), *(Point(far * way.x, far * way.y) for far in fars for way in ways)]


def _ahead(deg: float) -> Point:
    return Point(math.sin(math.radians(deg)), -math.cos(math.radians(deg)))
