"""A drawing of a tul, painted with whatever can fill a polygon, draw a line and write a word; light colours."""

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

from tkd_rules.tul.diagram import Diagram, Heading, Sole
from tkd_rules.tul.floor import Point, between, distance
from tkd_rules.tul.numbering import BEAK_CM, PILL_HALF_CM, Mark
from tkd_rules.tul.outline import sole_polygon
from tkd_rules.tul.svg import LIGHT, LIGHT_INK

Colour = tuple[int, int, int]
STRENGTH = {"stands": 1.0, "was": 0.14, "raised": 0.3}
STRENGTH_OF_MANY = 0.32
DASH_CM, GAP_CM = 6.0, 4.0
HEADING = (Point(0, -18), Point(8, -4), Point(3, -4), Point(3, 8), Point(-3, 8), Point(-3, -4), Point(-8, -4))
TIP = (Point(0, -2), Point(4.5, 8), Point(-4.5, 8))


class Canvas(Protocol):
    """Takes places and lengths in centimetres of the drawing."""

    def polygon(self, points: Sequence[Point], fill: Colour, stroke: Colour, width: float) -> None: ...
    def line(self, points: Sequence[Point], stroke: Colour, width: float) -> None: ...
    def text(self, text: str, at: Point, size: float) -> None: ...


def mixed(colour: str, strength: float) -> Colour:
    """Return a colour such as #0b57a4 as it looks on white paper."""
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return _on_white(red, strength), _on_white(green, strength), _on_white(blue, strength)


def _on_white(part: int, strength: float) -> int:
    return round(255 - strength * (255 - part))


INK, PAPER, LINE = mixed(LIGHT_INK, 1), (255, 255, 255), mixed(LIGHT["line"], 1)


def paint(diagram: Diagram, canvas: Canvas) -> None:
    """Paint everything that the drawing holds, what lies lowest first."""
    paint_floor(diagram, canvas)
    if len(diagram.path) > 1:
        canvas.line(diagram.path, mixed(LIGHT_INK, 0.13), 5)
    for sole in diagram.soles:
        paint_sole(sole, canvas, is_whole=diagram.step is None)
    paint_letters(diagram, canvas)
    if diagram.turn:
        _paint_way(diagram.turn, canvas, 1.2)
    for way in diagram.arrows:
        _paint_way(way, canvas, 1.8)
    if diagram.heading:
        paint_heading(diagram.heading, canvas)
    for mark in diagram.marks:
        if mark.is_aside:
            canvas.line((mark.place, mark.at), mixed(LIGHT_INK, 0.6), 0.6)
            canvas.polygon(_disc(mark.place, 1.8), INK, INK, 0)
    for mark in diagram.marks:
        _paint_mark(mark, canvas)


def paint_floor(diagram: Diagram, canvas: Canvas) -> None:
    for line in diagram.lines:
        for start, end in _dashes(line.start, line.end):
            canvas.line((start, end), LINE, 1.2)


def paint_letters(diagram: Diagram, canvas: Canvas) -> None:
    for letter in diagram.letters:
        canvas.text(letter.text, letter.at, 16)


def paint_sole(sole: Sole, canvas: Canvas, *, is_whole: bool = False) -> None:
    strength = STRENGTH_OF_MANY if is_whole else STRENGTH[sole.state]
    colour = LIGHT[sole.foot]
    canvas.polygon(sole_polygon(sole), mixed(colour, strength), mixed(colour, max(strength, 0.6)), 0.8)


def paint_heading(heading: Heading, canvas: Canvas) -> None:
    canvas.polygon(_turned(HEADING, heading.at, heading.deg), PAPER, INK, 1.2)


def _paint_way(way: Sequence[Point], canvas: Canvas, width: float) -> None:
    canvas.line(way, INK, width)
    start, end = way[-2], way[-1]
    deg = math.degrees(math.atan2(end.x - start.x, start.y - end.y))
    canvas.polygon(_turned(TIP, end, deg), INK, INK, 0)


def _paint_mark(mark: Mark, canvas: Canvas) -> None:
    tip, rim = -mark.rim_cm - BEAK_CM, -mark.rim_cm
    canvas.polygon(_turned((Point(0, tip), Point(4, rim), Point(-4, rim)), mark.at, mark.heading_deg), INK, INK, 0)
    canvas.polygon(_pill(mark.at, mark.width_cm - 4, PILL_HALF_CM), PAPER, INK, 0.8)
    canvas.text(mark.text, mark.at, 12)


def _turned(shape: Sequence[Point], at: Point, deg: float) -> list[Point]:
    cos, sin = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return [Point(at.x + x * cos - y * sin, at.y + x * sin + y * cos) for x, y in shape]


def _disc(at: Point, radius: float) -> list[Point]:
    return _pill(at, 2 * radius, radius)


def _pill(at: Point, width: float, half: float) -> list[Point]:
    straight = width / 2 - half
    arc = [math.radians(deg) for deg in range(-90, 91, 15)]
    right = [Point(at.x + straight + half * math.cos(a), at.y + half * math.sin(a)) for a in arc]
    left = [Point(at.x - straight - half * math.cos(a), at.y - half * math.sin(a)) for a in arc]
    return [*right, *left]


def _dashes(start: Point, end: Point) -> Iterator[tuple[Point, Point]]:
    length = distance(start, end)
    at = 0.0
    while at < length:
        yield between(start, end, at / length), between(start, end, min(at + DASH_CM, length) / length)
        at += DASH_CM + GAP_CM
