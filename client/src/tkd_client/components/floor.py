"""The floor of a tul and the figure that walks it, drawn anew for every frame without the page around it."""

from collections.abc import Iterable

import flet as ft
import flet.canvas as cv

from tkd_rules.tul.figure import Figure
from tkd_rules.tul.space import Spot
from tkd_rules.tul.strokes import Dot, Line, Part, Stroke, strokes_of
from tkd_rules.tul.viewing import GroundLine, View, view_of

COLOURS: dict[Part, str] = {
    "weight": ft.Colors.with_opacity(0.25, ft.Colors.PRIMARY),
    "left": ft.Colors.BLUE_600,
    "right": ft.Colors.DEEP_ORANGE_700,
    "body": ft.Colors.ON_SURFACE,
    "face": ft.Colors.PRIMARY,
}
LETTER_PX = 15


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


class Stage:
    """Two canvases: the floor, drawn when the room or the way of looking changes, and the figure above it."""

    def __init__(self, lines: tuple[GroundLine, ...]) -> None:
        self._lines = lines
        self._size_px = (0.0, 0.0)
        self._looking: tuple[int, bool] = (0, False)
        self._view: View | None = None
        self._figure: Figure | None = None
        self._shapes: dict[str, cv.Shape] = {}
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
        shapes = []
        for stroke in strokes_of(figure, self._view):
            if (shape := self._shapes.get(stroke.name)) is None:
                shape = self._shapes[stroke.name] = _shape(stroke)
            _put(shape, stroke)
            shapes.append(shape)
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
        self._shapes = {}  # they are as large as the view says
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
    (x1, y1), (x2, y2) = view.seen(Spot(*line.start, 0.0)), view.seen(Spot(*line.end, 0.0))
    yield cv.Line(x1, y1, x2, y2, paint=_drawn_with(ft.Colors.OUTLINE_VARIANT, 3))
    for letter, at in line.letters():
        x, y = view.seen(Spot(*at, 0.0))
        style = ft.TextStyle(size=LETTER_PX, color=ft.Colors.ON_SURFACE_VARIANT, weight=ft.FontWeight.BOLD)
        yield cv.Text(x, y, letter, style=style, alignment=ft.Alignment.CENTER)


def _shape(stroke: Stroke) -> cv.Shape:
    colour = COLOURS[stroke.part]
    if isinstance(stroke, Line):
        return cv.Line(0, 0, 0, 0, paint=_drawn_with(colour, stroke.width_px))
    return cv.Oval(0, 0, stroke.width_px, stroke.height_px, paint=ft.Paint(color=colour))


def _put(shape: cv.Shape, stroke: Stroke) -> None:
    """Move a shape to where its stroke is; only what changed is sent."""
    if isinstance(stroke, Line) and isinstance(shape, cv.Line):
        shape.x1, shape.y1 = stroke.start
        shape.x2, shape.y2 = stroke.end
    elif isinstance(stroke, Dot) and isinstance(shape, cv.Oval):
        x, y = stroke.at
        shape.x, shape.y = x - stroke.width_px / 2, y - stroke.height_px / 2


def _drawn_with(colour: str, width_px: float) -> ft.Paint:
    return ft.Paint(color=colour, stroke_width=width_px, stroke_cap=ft.StrokeCap.ROUND)
