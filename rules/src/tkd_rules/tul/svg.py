"""A picture of a tul as SVG: no script, nothing fetched, readable by screen readers, light or dark as the reader likes.

A page that holds it may give `--tul-paper`, `--tul-left`, `--tul-right`, `--tul-line` and a `color`, and they win.
"""

import math
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape

from tkd_rules.tul.diagram import SOLE_LENGTH_CM, SOLE_WIDTH_CM, Diagram, Heading, Letter, Sole
from tkd_rules.tul.floor import Point
from tkd_rules.tul.notation import Foot
from tkd_rules.tul.numbering import BEAK_CM, PILL_HALF_CM, Mark
from tkd_rules.tul.outline import OUTLINE

_SHAPES = """\
.tul-f{stroke-width:.8}
.tul-l{fill:var(--le);stroke:var(--le)}
.tul-r{fill:var(--ri);stroke:var(--ri)}
.tul-was{fill-opacity:.14;stroke-opacity:.55}
.tul-raised{fill-opacity:.3;stroke-dasharray:3 2}
.tul-all{fill-opacity:.32;stroke-opacity:.7}
.tul-line{stroke:var(--li);stroke-width:1.2;stroke-dasharray:6 4}
.tul-path{fill:none;stroke:currentColor;stroke-opacity:.13;stroke-width:5;stroke-linejoin:round}
.tul-way{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.tul-turn{fill:none;stroke:currentColor;stroke-opacity:.6;stroke-width:1.5;stroke-dasharray:2 3}
.tul-tip{fill:currentColor}
.tul-heading{fill:var(--pa);stroke:currentColor;stroke-width:1.2;stroke-linejoin:round}
.tul-mark{fill:var(--pa);stroke:currentColor;stroke-width:.8}
.tul-aside{stroke:currentColor;stroke-width:.6;stroke-opacity:.6}
.tul-t{fill:currentColor;font:600 12px system-ui,sans-serif;text-anchor:middle}
.tul-letter{font-size:16px;paint-order:stroke;stroke:var(--pa);stroke-width:5;stroke-linejoin:round}
"""
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LIGHT = {"paper": "#fff", "left": "#0b57a4", "right": "#b3261e", "line": "#8a8f98"}
_DARK = {"paper": "#16181c", "left": "#8ab8f0", "right": "#f2a29b", "line": "#6f757e"}
LIGHT_INK, _DARK_INK = "#1b1d21", "#e8eaed"


def _scheme(colours: Mapping[str, str], ink: str) -> str:
    named = "".join(f"--{name[:2]}:var(--tul-{name},{colour});" for name, colour in colours.items())
    return f":where(.tul){{{named}color:{ink}}}"


def _printed() -> str:
    """Return the style for programs that know neither variables nor schemes."""
    style = f".tul{{color:{LIGHT_INK}}}\n{_SHAPES}".replace("currentColor", LIGHT_INK)
    for name, colour in LIGHT.items():
        style = style.replace(f"var(--{name[:2]})", colour)
    return style


# A picture that is a page of its own, or an image in one, brings its paper: nothing behind it knows about the ink.
_PAPER = ":root.tul{background:var(--pa);color-scheme:light dark}"
STYLE = (
    f"{_scheme(LIGHT, LIGHT_INK)}@media(prefers-color-scheme:dark){{{_scheme(_DARK, _DARK_INK)}}}\n{_PAPER}\n{_SHAPES}"
)
PRINT_STYLE = _printed()
# What a Content-Security-Policy has to name so that a browser applies the style of a picture opened on its own.
STYLE_SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


def svg_of(diagram: Diagram, *, title: str, description: str, lang: str = "en", style: str = STYLE) -> str:
    """Return the picture as a document of its own that may also stand in a page; texts may hold anything."""
    box = diagram.box
    view_box = " ".join(map(_number, (box.left, box.top, box.width, box.height)))
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="tul" role="img" lang="{escape(lang)}" ',
            f'viewBox="{view_box}">',
            f"<title>{_text(title)}</title><desc>{_text(description)}</desc><style>{style}</style>",
            *(f'<path class="tul-line" d="{_polyline((line.start, line.end))}"/>' for line in diagram.lines),
            *(_sole(sole, is_whole=diagram.step is None) for sole in diagram.soles),
            *_path(diagram),
            *map(_letter, diagram.letters),
            *_turn(diagram),
            *map(_arrow, diagram.arrows),
            _heading(diagram.heading) if diagram.heading else "",
            *(part for mark in diagram.marks if mark.is_aside for part in _leader(mark)),
            *(part for mark in diagram.marks for part in _mark(mark)),
            "</svg>",
        )
    )


def _text(text: str) -> str:
    """Return a text that no XML parser refuses: escaped, and without the characters that XML has no way to write."""
    return escape(_NO_XML.sub("", text), quote=False)


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _polyline(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{_number(at.x)} {_number(at.y)}" for at in points)


def _sole(sole: Sole, *, is_whole: bool) -> str:
    state = "all" if is_whole else sole.state
    return (
        f'<path class="tul-f tul-{sole.foot[0]} tul-{state}" transform="translate({_number(sole.at.x)} '
        f'{_number(sole.at.y)})rotate({_number(sole.heading_deg)})" d="{_SOLES[sole.foot]}"/>'
    )


def _outline(side: int) -> str:
    """Return the outline in centimetres, of a left sole for -1 and of a right one for 1."""
    points = [f"{_number(x * side * SOLE_WIDTH_CM)} {_number(y * SOLE_LENGTH_CM)}" for x, y in OUTLINE]
    return f"M{points[0]}C{' '.join(points[1:])}Z"


_SOLES: dict[Foot, str] = {"left": _outline(-1), "right": _outline(1)}


def _path(diagram: Diagram) -> Iterator[str]:
    if len(diagram.path) > 1:
        yield f'<path class="tul-path" d="{_polyline(diagram.path)}"/>'


def _letter(letter: Letter) -> str:
    return _label(letter.text, letter.at, "tul-t tul-letter")


def _label(text: str, at: Point, style: str) -> str:
    """Return a short text whose middle is at a point."""
    return f'<text class="{style}" x="{_number(at.x)}" y="{_number(at.y)}" dy=".35em">{_text(text)}</text>'


def _turn(diagram: Diagram) -> Iterator[str]:
    if diagram.turn:
        yield f'<path class="tul-turn" d="{_polyline(diagram.turn)}"/>'
        yield _tip(diagram.turn[-2], diagram.turn[-1])


def _arrow(way: Sequence[Point]) -> str:
    return f'<path class="tul-way" d="{_polyline(way)}"/>{_tip(way[-2], way[-1])}'


def _heading(heading: Heading) -> str:
    """Return an arrow in the middle of the body toward where it faces."""
    return (
        f'<path class="tul-heading" transform="translate({_number(heading.at.x)} {_number(heading.at.y)})'
        f'rotate({_number(heading.deg)})" d="M0-18L8-4H3V8H-3V-4H-8Z"/>'
    )


def _tip(start: Point, end: Point) -> str:
    """Return the head of an arrow that comes from a point."""
    deg = math.degrees(math.atan2(end.x - start.x, start.y - end.y))
    return (
        f'<path class="tul-tip" transform="translate({_number(end.x)} {_number(end.y)})'
        f'rotate({_number(deg)})" d="M0-2L4.5 8H-4.5Z"/>'
    )


def _leader(mark: Mark) -> Iterator[str]:
    """Yield a line from a number to the place that it is about."""
    yield f'<path class="tul-aside" d="{_polyline((mark.place, mark.at))}"/>'
    yield f'<circle class="tul-tip" cx="{_number(mark.place.x)}" cy="{_number(mark.place.y)}" r="1.8"/>'


def _mark(mark: Mark) -> Iterator[str]:
    """Yield a number in a pill whose beak says where the body faces."""
    x, y, half, width = mark.at.x, mark.at.y, PILL_HALF_CM, mark.width_cm - 4
    yield (
        f'<path class="tul-tip" transform="translate({_number(x)} {_number(y)})rotate({_number(mark.heading_deg)})" '
        f'd="M0 {_number(-mark.rim_cm - BEAK_CM)}l4 {_number(BEAK_CM)}h-8Z"/>'
    )
    yield (
        f'<rect class="tul-mark" x="{_number(x - width / 2)}" y="{_number(y - half)}" width="{_number(width)}" '
        f'height="{_number(2 * half)}" rx="{_number(half)}"/>'
    )
    yield _label(mark.text, mark.at, "tul-t")
