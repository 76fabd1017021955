"""A study sheet: one A4 page a tul with its names, meaning, drawing and movements in one or two languages."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from fpdf import FPDF

from handbook.catalogue.documents import Document
from handbook.catalogue.pictures.painting import Colour, paint
from tkd_rules.tul.diagram import Box, Diagram
from tkd_rules.tul.floor import Point

FONT = "handbook"
MARGIN_MM, WIDTH_MM, FOOT_MM = 14.0, 182.0, 283.0
DRAWING_HEIGHT_MM, SHORT_TUL_MM = 88.0, 120.0
MOST_IN_ONE_COLUMN = 24
SIZES_PT = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
GREY, BLACK = 110, 20
MOVEMENTS = {"pl": "Ruchów: {count}", "en": "Movements: {count}", "ko": "동작 수: {count}"}
RIGHTS = {
    "pl": "Wszelkie prawa zastrzeżone; do własnej nauki.",
    "en": "All rights reserved; for one's own study.",
    "ko": "모든 권리를 보유하며 개인 학습에만 쓴다.",
}


class PaperCanvas:
    """Paints a box of the floor into a frame on the page."""

    def __init__(self, pdf: FPDF, box: Box, frame: Box) -> None:
        self.pdf = pdf
        self.scale = min(frame.width / box.width, frame.height / box.height)
        self.left = box.left - (frame.left + (frame.width - box.width * self.scale) / 2) / self.scale
        self.top = box.top - (frame.top + (frame.height - box.height * self.scale) / 2) / self.scale

    def polygon(self, points: Sequence[Point], fill: Colour, stroke: Colour, width: float) -> None:
        self.pdf.set_fill_color(*fill)
        self._pen(stroke, width)
        self.pdf.polygon(self._millimetres(points), style="DF" if width else "F")

    def line(self, points: Sequence[Point], stroke: Colour, width: float) -> None:
        self._pen(stroke, width)
        self.pdf.polyline(self._millimetres(points))

    def text(self, text: str, at: Point, size: float) -> None:
        [(x, y)] = self._millimetres([at])
        self.pdf.set_font(FONT, "B", size * self.scale / 25.4 * 72)
        self.pdf.set_text_color(BLACK)
        self.pdf.text(x - self.pdf.get_string_width(text) / 2, y + 0.36 * size * self.scale, text)

    def _pen(self, stroke: Colour, width: float) -> None:
        self.pdf.set_draw_color(*stroke)
        self.pdf.set_line_width(width * self.scale)

    def _millimetres(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        return [((x - self.left) * self.scale, (y - self.top) * self.scale) for x, y in points]


def write_sheet(
    document: Document,
    diagram: Diagram,
    words: Sequence[Sequence[str]],
    path: Path,
    *,
    langs: Sequence[str],
    fonts: dict[str, Path],
    source: str,
) -> None:
    """Write the sheet of a tul as a PDF of one page, however many movements it has.

    `words` are those of each step, one text in each language.
    """
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font(FONT, "", fonts["regular"])
    pdf.add_font(FONT, "B", fonts["bold"])
    pdf.set_title(document["name"].get(langs[0], document["romanization"]))
    pdf.set_lang(langs[0])
    pdf.set_margins(MARGIN_MM, MARGIN_MM)
    pdf.add_page()
    top = _head(pdf, document, langs)
    is_short = len(words) <= MOST_IN_ONE_COLUMN
    height = SHORT_TUL_MM if is_short else DRAWING_HEIGHT_MM
    paint(diagram, PaperCanvas(pdf, diagram.box, Box(left=MARGIN_MM, top=top, width=WIDTH_MM, height=height)))
    foot = _foot(pdf, langs, source)
    _steps(
        pdf,
        words,
        Box(left=MARGIN_MM, top=top + height + 3, width=WIDTH_MM, height=foot - 3 - (top + height + 3)),
    )
    pdf.output(str(path))


def _head(pdf: FPDF, document: Document, langs: Sequence[str]) -> float:
    """Write names and meaning; return where they end."""
    names = [document["name"].get(lang, "") for lang in ("pl", "en", "ko")]
    shown = list(dict.fromkeys(filter(None, [names[0], names[1], document["romanization"]])))
    _write(pdf, " · ".join([*shown, names[2]]), size=20, style="B", height=9)
    for lang in langs:
        count = MOVEMENTS[lang].format(count=document["movements"])
        _write(pdf, f"{count}. {document['meaning'].get(lang, '')}".strip(), size=8.5, height=4)
        pdf.set_y(pdf.get_y() + 0.8)
    return pdf.get_y() + 2


def _foot(pdf: FPDF, langs: Sequence[str], source: str) -> float:
    """Write sources and rights at the bottom; return where they begin."""
    text = f"{' '.join(RIGHTS[lang] for lang in langs)} {source}"
    pdf.set_font(FONT, "", 6)
    height = 2.6 * _line_count(pdf, WIDTH_MM, text)
    pdf.set_xy(MARGIN_MM, FOOT_MM - height)
    top = pdf.get_y()
    _write(pdf, text, size=6, height=2.6, grey=GREY)
    return top


def _write(pdf: FPDF, text: str, *, size: float, height: float, style: str = "", grey: int = BLACK) -> None:
    pdf.set_font(FONT, style, size)
    pdf.set_text_color(grey)
    pdf.multi_cell(WIDTH_MM, height, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _steps(pdf: FPDF, steps: Sequence[Sequence[str]], room: Box) -> None:
    """Write the movements in the largest letters with which all of them fit."""
    columns = 1 if len(steps) <= MOST_IN_ONE_COLUMN else 2
    cells = [[str(number), *texts] for number, texts in enumerate(steps, start=1)]
    per_column = math.ceil(len(cells) / columns)
    width = (room.width - 6 * (columns - 1)) / columns
    parts = [cells[start : start + per_column] for start in range(0, len(cells), per_column)]
    size = next((size for size in SIZES_PT if _fits(pdf, parts, width, size, room.height)), SIZES_PT[-1])
    for column, part in enumerate(parts):
        y = room.top
        for row in part:
            y += _row(pdf, row, Box(left=room.left + column * (width + 6), top=y, width=width, height=0), size)


def _fits(pdf: FPDF, parts: Sequence[Sequence[Sequence[str]]], width: float, size: float, height: float) -> bool:
    return all(sum(_row_height(pdf, row, width, size) for row in part) <= height for part in parts)


def _widths(columns: int, width: float, size: float) -> tuple[float, float]:
    """Return the widths of the number and of each text."""
    number = 0.75 * size
    return number, (width - number) / (columns - 1)


def _row_height(pdf: FPDF, row: Sequence[str], width: float, size: float) -> float:
    pdf.set_font(FONT, "", size)
    _, text_width = _widths(len(row), width, size)
    lines = max(_line_count(pdf, text_width - 2, text) for text in row[1:])
    return lines * _line_mm(size) + 0.5


def _line_count(pdf: FPDF, width: float, text: str) -> int:
    return len(cast("list[str]", pdf.multi_cell(width, 1, text, align="L", dry_run=True, output="LINES")))


def _line_mm(size: float) -> float:
    return 0.42 * size


def _row(pdf: FPDF, row: Sequence[str], at: Box, size: float) -> float:
    """Write a movement; return how high it is."""
    height = _row_height(pdf, row, at.width, size)
    number, text_width = _widths(len(row), at.width, size)
    pdf.set_text_color(BLACK)
    pdf.set_font(FONT, "B", size)
    pdf.set_xy(at.left, at.top)
    pdf.cell(number, _line_mm(size), row[0])
    pdf.set_font(FONT, "", size)
    for index, text in enumerate(row[1:]):
        pdf.set_xy(at.left + number + index * text_width, at.top)
        pdf.multi_cell(text_width - 2, _line_mm(size), text, align="L")
    pdf.set_draw_color(225)
    pdf.set_line_width(0.1)
    pdf.line(at.left, at.top + height - 0.25, at.left + at.width, at.top + height - 0.25)
    return height
