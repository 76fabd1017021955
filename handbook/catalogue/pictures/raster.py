"""Drawings as pixels."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handbook.catalogue.pictures.painting import INK, PAPER, Colour, paint
from tkd_rules.tul.diagram import Box, Diagram
from tkd_rules.tul.floor import Point

SMOOTHING = 2  # everything is drawn so many times larger and then made smaller
COLOURS = 64
MARK_SIZE_CM = 12


class PixelCanvas:
    """Paints a box of the floor in the middle of an image."""

    def __init__(self, image: Image.Image, box: Box, fonts: dict[str, Path]) -> None:
        self.image, self.draw, self.fonts = image, ImageDraw.Draw(image), fonts
        self.scale = min(image.width / box.width, image.height / box.height)
        self.left = box.left - (image.width / self.scale - box.width) / 2
        self.top = box.top - (image.height / self.scale - box.height) / 2

    def polygon(self, points: Sequence[Point], fill: Colour, stroke: Colour, width: float) -> None:
        rim = self._pixels(points)
        self.draw.polygon(rim, fill=fill)
        if width:
            self.draw.line([*rim, rim[0], rim[1]], fill=stroke, width=self._width(width), joint="curve")

    def line(self, points: Sequence[Point], stroke: Colour, width: float) -> None:
        self.draw.line(self._pixels(points), fill=stroke, width=self._width(width), joint="curve")

    def text(self, text: str, at: Point, size: float) -> None:
        font = ImageFont.truetype(self.fonts["bold"], max(1, round(size * self.scale)))
        [place] = self._pixels([at])
        if size > MARK_SIZE_CM:  # a letter may lie on a line
            halo = round(2 * self.scale)
            self.draw.text(place, text, font=font, fill=PAPER, anchor="mm", stroke_width=halo, stroke_fill=PAPER)
        self.draw.text(place, text, font=font, fill=INK, anchor="mm")

    def _pixels(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        return [((x - self.left) * self.scale, (y - self.top) * self.scale) for x, y in points]

    def _width(self, width: float) -> int:
        return max(1, round(width * self.scale))


def blank(width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width * SMOOTHING, height * SMOOTHING), PAPER)


def smoothed(image: Image.Image) -> Image.Image:
    return image.reduce(SMOOTHING)


def write_png(diagram: Diagram, path: Path, *, fonts: dict[str, Path], longer_side: int = 1000) -> None:
    """Write a picture on white paper, with few colours so that it is small."""
    ratio = longer_side / max(diagram.box.width, diagram.box.height)
    image = blank(round(diagram.box.width * ratio), round(diagram.box.height * ratio))
    paint(diagram, PixelCanvas(image, diagram.box, fonts))
    smoothed(image).quantize(COLOURS).save(path, optimize=True)
