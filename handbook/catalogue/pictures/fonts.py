"""The handbook's own fonts, Latin and hangul in one file each, as programs that draw take them."""

import logging
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

WEIGHTS = ("regular", "bold")
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table that it drops


def unpacked_fonts(folder: Path) -> dict[str, Path]:
    """Write the fonts of the app uncompressed into a folder; return their paths by weight."""
    paths = {}
    for weight in WEIGHTS:
        font = TTFont(settings.BASE_DIR / "client" / "assets" / "fonts" / f"handbook-{weight}.woff2")
        font.flavor = None
        paths[weight] = folder / f"handbook-{weight}.otf"
        font.save(paths[weight])
    return paths
