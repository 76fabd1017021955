"""`make app-font`: the font of the app, cut from Pretendard so that every text of ours has its glyphs.

One family draws Polish, English and Korean alike, because the engine looks nowhere else without asking a CDN.
The results are kept in the repository: a build needs neither the original nor a network. They hold Latin with
Extended-A and -B, the signs that our texts use, and the 2,350 syllables of KS X 1001 with all single letters
(SIL Open Font License 1.1, see client/assets/fonts/OFL.txt). The few hanja come from Noto Sans CJK.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset

WEIGHTS = ("Regular", "Bold")
NAMES = {1, 3, 4, 6, 16}  # of the name table: family, identity, full and PostScript name
FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"

_LATIN = range(0x20, 0x250)
_PUNCTUATION = range(0x2010, 0x2060)
_HANJA = "一丨乙土士山工王"  # what the diagrams of tuls stand for; Pretendard has none
_SIGNS = "←↑→↓↔↺↻×÷°½¼¾•…′″€№™√∞≈≠≤≥■□▲△▶▷▼▽◀◁◆◇○●★☆✓、。「」『』"
_LETTERS = (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3), range(0x3131, 0x3164))


def main(pretendard: Path, noto: Path) -> None:
    """Cut every weight out of `dist/public/static` of the npm package pretendard, and the hanja out of Noto's .ttc."""
    for weight in WEIGHTS:
        cut(pretendard / f"Pretendard-{weight}.otf", f"handbook-{weight.lower()}", wanted_code_points())
    cut(noto, "handbook-hanja", map(ord, _HANJA))


def cut(original: Path, name: str, code_points: Iterable[int]) -> None:
    """Write `name`.woff2 with these code points alone, under a name of ours, as the licence asks."""
    options = subset.Options(
        flavor="woff2", layout_features=["kern", "liga"], hinting=False, desubroutinize=True, font_number=0
    )
    font = subset.load_font(str(original), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(code_points))
    cutter.subset(font)
    for record in font["name"].names:
        record.string = name if record.nameID in NAMES else record.toUnicode()
    target = FOLDER / f"{name}.woff2"
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


def wanted_code_points() -> Iterator[int]:
    for span in (_LATIN, _PUNCTUATION, *_LETTERS):
        yield from span
    yield from map(ord, _SIGNS)
    yield from map(ord, standard_syllables())


def standard_syllables() -> Iterable[str]:
    """Return the 2,350 hangul syllables of KS X 1001, read from the standard's own encoding."""
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    return (row.decode("euc-kr") for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
