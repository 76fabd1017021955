"""A tul in motion: the figure of the player on its floor, the movement named below. ffmpeg makes the file."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handbook.catalogue.documents import Document
from handbook.catalogue.models import Technique
from handbook.catalogue.pictures.painting import INK, LINE, Colour, mixed
from handbook.catalogue.pictures.raster import SMOOTHING, blank, smoothed
from handbook.catalogue.pictures.words import film_words
from tkd_rules.tul.animation import Animation, animated
from tkd_rules.tul.figure import Figure, figure_of
from tkd_rules.tul.notation import Tul
from tkd_rules.tul.pose import Walk
from tkd_rules.tul.space import Spot
from tkd_rules.tul.strokes import Line, Part, Place, Stroke, strokes_of
from tkd_rules.tul.svg import LIGHT, LIGHT_INK
from tkd_rules.tul.viewing import GroundLine, ground_lines, view_of

WIDTH_PX, HEIGHT_PX, CAPTION_PX = 720, 720, 88
MP4_FRAMES_A_SECOND, GIF_FRAMES_A_SECOND = 25, 10
LARGEST_TEXT, LEGIBLE_TEXT, SMALLEST_TEXT = 26, 18, 8
CAPTION_WIDTH_PX = WIDTH_PX - 32
LINE_PX, LETTER_PX = 3, 20
COLOURS: dict[Part, Colour] = {
    "weight": mixed(LIGHT["left"], 0.2),
    "left": mixed(LIGHT["left"], 1),
    "right": mixed(LIGHT["right"], 1),
    "body": mixed(LIGHT_INK, 0.85),
    "face": mixed(LIGHT_INK, 0.4),
}
TIMEOUT_S = 600
ENCODING = {
    ".mp4": ("-c:v", "libx264", "-preset", "medium", "-crf", "26", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    ".gif": (
        "-vf",
        "scale=480:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=32[p];[b][p]paletteuse=dither=none",
    ),
}


class FilmFailed(Exception):  # noqa: N818 - it names a refusal
    """ffmpeg is not here, or could not make the file."""


def write_film(document: Document, tul: Tul, walk: Walk, path: Path, *, lang: str, fonts: dict[str, Path]) -> None:
    """Write a film as .mp4 or .gif by the name of the file. One query. Raises FilmFailed."""
    rate = MP4_FRAMES_A_SECOND if path.suffix == ".mp4" else GIF_FRAMES_A_SECOND
    animation = animated(tul, walk, dict(Technique.objects.values_list("slug", "category")))
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += [
        "-s",
        f"{WIDTH_PX}x{HEIGHT_PX + CAPTION_PX}",
        "-r",
        str(rate),
        "-i",
        "-",
        *ENCODING[path.suffix],
        str(path),
    ]
    hall = _Hall(ground_lines(tul, walk), fonts)
    frames = _frames(animation, hall, _texts(document, lang), rate)
    _pipe(command, (frame.tobytes() for frame in frames))


def _pipe(command: Sequence[str], frames: Iterator[bytes]) -> None:
    try:
        ffmpeg = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - words of ours
    except FileNotFoundError as error:
        raise FilmFailed("ffmpeg is not installed (Debian: sudo apt-get install ffmpeg)") from error
    with ffmpeg:
        assert ffmpeg.stdin and ffmpeg.stderr  # noqa: S101, PT018 - both are pipes
        try:
            for frame in frames:
                ffmpeg.stdin.write(frame)
        except BrokenPipeError:
            pass  # it says why below
        _, said = ffmpeg.communicate(timeout=TIMEOUT_S)
    if ffmpeg.returncode:
        raise FilmFailed(f"ffmpeg could not make the film: {said.decode(errors='replace').strip()}")


def _texts(document: Document, lang: str) -> list[str]:
    """Return what stands below each movement, the ready posture first and the return to it last."""
    name = document["name"].get(lang) or document["romanization"]
    return [name, *(f"{step['number']}. {film_words(step, lang)}" for step in document["steps"]), name]


def _frames(animation: Animation, hall: "_Hall", texts: Sequence[str], rate: int) -> Iterator[Image.Image]:
    shown, frame = None, None
    for number in range(round(animation.ends_s * rate)):
        at_s = number / rate
        showing = animation.posture_at(at_s), texts[animation.span_at(at_s).number]
        if frame is None or showing != shown:
            shown, frame = showing, hall.frame(figure_of(showing[0], animation.body), showing[1])
        yield frame


class _Hall:
    """The floor with its lines, and a figure on it."""

    def __init__(self, lines: tuple[GroundLine, ...], fonts: dict[str, Path]) -> None:
        self._fonts = fonts
        self._floor = blank(WIDTH_PX, HEIGHT_PX)
        self._view = view_of(lines, width_px=self._floor.width, height_px=self._floor.height)
        for line in lines:
            self._paint_ground(line)

    def frame(self, figure: Figure, text: str) -> Image.Image:
        drawn = self._floor.copy()
        draw = ImageDraw.Draw(drawn)
        for stroke in strokes_of(figure, self._view):
            _paint(stroke, draw)
        frame = Image.new("RGB", (WIDTH_PX, HEIGHT_PX + CAPTION_PX), "white")
        frame.paste(smoothed(drawn), (0, 0))
        _caption(frame, text, self._fonts)
        return frame

    def _paint_ground(self, line: GroundLine) -> None:
        draw = ImageDraw.Draw(self._floor)
        start, end = (self._view.seen(Spot(*at, 0.0)) for at in (line.start, line.end))
        draw.line([start, end], fill=LINE, width=LINE_PX * SMOOTHING)
        font = ImageFont.truetype(self._fonts["bold"], LETTER_PX * SMOOTHING)
        for letter, at in line.letters():
            draw.text(self._view.seen(Spot(*at, 0.0)), letter, font=font, fill=INK, anchor="mm")


def _paint(stroke: Stroke, draw: ImageDraw.ImageDraw) -> None:
    if isinstance(stroke, Line):
        draw.line([stroke.start, stroke.end], fill=COLOURS[stroke.part], width=round(stroke.width_px))
        for end in (stroke.start, stroke.end):
            _oval(end, stroke.width_px, stroke.width_px, COLOURS[stroke.part], draw)
    else:
        _oval(stroke.at, stroke.width_px, stroke.height_px, COLOURS[stroke.part], draw)


def _oval(at: Place, width_px: float, height_px: float, colour: Colour, draw: ImageDraw.ImageDraw) -> None:
    x, y = at
    draw.ellipse((x - width_px / 2, y - height_px / 2, x + width_px / 2, y + height_px / 2), fill=colour)


def _caption(frame: Image.Image, text: str, fonts: dict[str, Path]) -> None:
    """Write the text in the middle below the picture, in two lines where one would be small."""
    draw = ImageDraw.Draw(frame)
    is_short = ImageFont.truetype(fonts["regular"], LEGIBLE_TEXT).getlength(text) <= CAPTION_WIDTH_PX
    lines = text if is_short else text.replace(", ", ",\n", 1)
    sizes = range(LARGEST_TEXT, SMALLEST_TEXT - 1, -1)
    fonts_by_size = (ImageFont.truetype(fonts["regular"], size) for size in sizes)
    font = next((font for font in fonts_by_size if _width(lines, font) <= CAPTION_WIDTH_PX), None)
    font = font or ImageFont.truetype(fonts["regular"], SMALLEST_TEXT)
    at = (WIDTH_PX / 2, HEIGHT_PX + CAPTION_PX / 2)
    draw.multiline_text(at, lines, font=font, fill=INK, anchor="mm", align="center")


def _width(lines: str, font: ImageFont.FreeTypeFont) -> float:
    return max(font.getlength(line) for line in lines.splitlines())
