"""The floor of a tul and the figure that walks it, drawn anew for every frame without the page around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import flet as ft
import flet.canvas as cv

from tkd_rules.tul.figure import Figure, Limbs
from tkd_rules.tul.space import Spot
from tkd_rules.tul.viewing import GroundLine, View, view_of

LEFT, RIGHT, BODY = ft.Colors.BLUE_600, ft.Colors.DEEP_ORANGE_700, ft.Colors.ON_SURFACE
LETTER_PX = 15
LETTER_OUTSIDE_M = 0.22
# Widths of what is drawn, in metres.
TRUNK_M, SHOULDERS_M, THIGH_M, SHIN_M, ARM_M, SOLE_M, FIST_M, WEIGHT_M = 0.24, 0.13, 0.13, 0.1, 0.08, 0.1, 0.055, 0.16


class Drawing(cv.Canvas):
    """A canvas that stays open to be drawn on.

    Flet freezes what a component returns, so that only a new render of the component could change it. For sixty
    frames a second that is too slow; refusing the mark leaves the shapes to be changed one by one.
    """

    @property
    def _frozen(self) -> bool:
        raise AttributeError("_frozen")

    @_frozen.setter
    def _frozen(self, frozen: bool) -> None:
        """Stay open."""


@dataclass(frozen=True, slots=True)
class Part:
    """Shapes that lie at one depth; `place` moves them to where the figure has them and tells how far that is."""

    shapes: list[cv.Shape]
    place: Callable[[Figure, View], float]


class Stage:
    """Two canvases: the floor, drawn when the room or the way of looking changes, and the figure above it."""

    def __init__(self, lines: tuple[GroundLine, ...]) -> None:
        self._lines = lines
        self._size_px = (0.0, 0.0)
        self._looking: tuple[int, bool] = (0, False)
        self._view: View | None = None
        self._figure: Figure | None = None
        self._parts: list[Part] = []
        self.floor = Drawing(expand=True, on_resize=self._resized)
        self.body = Drawing(expand=True)

    def look(self, *, turned_deg: int, mirrored: bool) -> None:
        if self._looking != (turned_deg, mirrored):
            self._looking = (turned_deg, mirrored)
            self._draw_floor()

    def show(self, figure: Figure) -> None:
        """Draw the figure; before the room is known it is kept for then."""
        self._figure = figure
        if self._view is None:
            return
        view = self._view
        far_first = sorted(self._parts, key=lambda part: part.place(figure, view), reverse=True)
        shapes = [shape for part in far_first for shape in part.shapes]
        if [id(shape) for shape in shapes] != [id(shape) for shape in self.body.shapes]:
            self.body.shapes = shapes
        self.body.update()

    def _resized(self, event: cv.CanvasResizeEvent) -> None:
        self._size_px = (event.width, event.height)
        self._draw_floor()

    def _draw_floor(self) -> None:
        width_px, height_px = self._size_px
        if not width_px or not height_px:
            return
        turned_deg, mirrored = self._looking
        self._view = view_of(
            self._lines, width_px=width_px, height_px=height_px, turned_deg=turned_deg, mirrored=mirrored
        )
        self.floor.shapes = [shape for line in self._lines for shape in _ground(line, self._view)]
        self.floor.update()
        self._parts = _parts(self._view)
        if self._figure:
            self.show(self._figure)


def floor_view(stage: Stage, words: str) -> ft.Control:
    """Return the drawing; a screen reader says `words` instead."""
    return ft.Semantics(
        content=ft.Stack([stage.floor, stage.body], expand=True),
        label=words,
        image=True,
        exclude_semantics=True,
        expand=True,
    )


def _ground(line: GroundLine, view: View) -> Iterable[cv.Shape]:
    yield _line(ft.Colors.OUTLINE_VARIANT, 3, _seen_ends(view, Spot(*line.start, 0.0), Spot(*line.end, 0.0)))
    for letter, at, opposite in zip(line.name, (line.start, line.end), (line.end, line.start), strict=True):
        away = at.minus(opposite)
        far = max(abs(away.x) + abs(away.y), LETTER_OUTSIDE_M)
        x, y = view.seen(Spot(*at.moved(away, LETTER_OUTSIDE_M / far), 0.0))
        style = ft.TextStyle(size=LETTER_PX, color=ft.Colors.ON_SURFACE_VARIANT, weight=ft.FontWeight.BOLD)
        yield cv.Text(x, y, letter, style=style, alignment=ft.Alignment.CENTER)


def _parts(view: View) -> list[Part]:
    return [
        _weight(view),
        _leg(view, LEFT, lambda figure: figure.left),
        _leg(view, RIGHT, lambda figure: figure.right),
        _trunk(view),
        _arm(view, LEFT, lambda figure: figure.left),
        _arm(view, RIGHT, lambda figure: figure.right),
        _head(),
        _face(view),
    ]


def _weight(view: View) -> Part:
    """A spot on the floor below the body: where the weight is."""
    width, height = WEIGHT_M * 2 * view.px_per_m, WEIGHT_M * view.px_per_m
    spot = cv.Oval(0, 0, width, height, paint=ft.Paint(color=ft.Colors.with_opacity(0.25, ft.Colors.PRIMARY)))

    def place(figure: Figure, view: View) -> float:
        x, y = view.seen(figure.weight)
        spot.x, spot.y = x - width / 2, y - height / 2
        return float("inf")

    return Part([spot], place)


def _leg(view: View, colour: ft.Colors, side: Callable[[Figure], Limbs]) -> Part:
    sole = _line(colour, SOLE_M * view.px_per_m)
    shin, thigh = _line(colour, SHIN_M * view.px_per_m), _line(colour, THIGH_M * view.px_per_m)

    def place(figure: Figure, view: View) -> float:
        limbs = side(figure)
        _stretch(sole, view, limbs.heel, limbs.toe)
        _stretch(shin, view, limbs.ankle, limbs.knee)
        _stretch(thigh, view, limbs.knee, limbs.hip)
        return view.depth(limbs.knee)

    return Part([sole, shin, thigh], place)


def _arm(view: View, colour: ft.Colors, side: Callable[[Figure], Limbs]) -> Part:
    upper, fore = _line(colour, ARM_M * view.px_per_m), _line(colour, ARM_M * view.px_per_m)
    fist = cv.Circle(0, 0, FIST_M * view.px_per_m, paint=ft.Paint(color=colour))

    def place(figure: Figure, view: View) -> float:
        limbs = side(figure)
        _stretch(upper, view, limbs.shoulder, limbs.elbow)
        _stretch(fore, view, limbs.elbow, limbs.hand)
        fist.x, fist.y = view.seen(limbs.hand)
        return view.depth(_middle(limbs.elbow, limbs.hand))

    return Part([upper, fore, fist], place)


def _trunk(view: View) -> Part:
    spine, shoulders = _line(BODY, TRUNK_M * view.px_per_m), _line(BODY, SHOULDERS_M * view.px_per_m)

    def place(figure: Figure, view: View) -> float:
        chest, hips = _middle(figure.left.shoulder, figure.right.shoulder), _middle(figure.left.hip, figure.right.hip)
        below = chest.moved(hips.minus(chest), 0.25)
        _stretch(spine, view, hips, below)
        _stretch(shoulders, view, figure.left.shoulder, figure.right.shoulder)
        return view.depth(_middle(chest, hips))

    return Part([spine, shoulders], place)


def _head() -> Part:
    head = cv.Circle(0, 0, 0, paint=ft.Paint(color=BODY))

    def place(figure: Figure, view: View) -> float:
        head.x, head.y = view.seen(figure.head)
        head.radius = round(figure.head_radius_m * view.px_per_m * 1.3, 1)
        return view.depth(figure.head)

    return Part([head], place)


def _face(view: View) -> Part:
    """Where the eyes look; behind the head while the figure looks away."""
    nose = cv.Circle(0, 0, FIST_M * view.px_per_m * 0.7, paint=ft.Paint(color=ft.Colors.PRIMARY))

    def place(figure: Figure, view: View) -> float:
        nose.x, nose.y = view.seen(figure.face)
        return view.depth(figure.face)

    return Part([nose], place)


def _middle(one: Spot, another: Spot) -> Spot:
    return one.moved(another.minus(one), 0.5)


def _stretch(line: cv.Line, view: View, start: Spot, end: Spot) -> None:
    line.x1, line.y1, line.x2, line.y2 = _seen_ends(view, start, end)


def _seen_ends(view: View, start: Spot, end: Spot) -> tuple[float, float, float, float]:
    return (*view.seen(start), *view.seen(end))


def _line(colour: ft.Colors, width_px: float, ends: tuple[float, float, float, float] = (0, 0, 0, 0)) -> cv.Line:
    paint = ft.Paint(color=colour, stroke_width=width_px, stroke_cap=ft.StrokeCap.ROUND)
    return cv.Line(*ends, paint=paint)
