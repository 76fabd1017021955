"""A tul in motion: the feet walk over the drawn floor while the movement is named below. ffmpeg makes the file."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handbook.catalogue.documents import Document
from handbook.catalogue.pictures.painting import INK, paint_floor, paint_heading, paint_letters, paint_sole
from handbook.catalogue.pictures.raster import PixelCanvas, blank, smoothed
from handbook.catalogue.pictures.words import film_words
from tkd_rules.tul.diagram import Diagram, heading_of, soles_of
from tkd_rules.tul.motion import pose_between
from tkd_rules.tul.pose import Pose, Walk

WIDTH_PX, HEIGHT_PX, CAPTION_PX = 720, 720, 88
MP4_FRAMES_A_SECOND, GIF_FRAMES_A_SECOND = 25, 10
LARGEST_TEXT, SMALLEST_TEXT = 26, 8
MOVE_S, REST_S, PAUSE_S = 0.8, 0.7, 1.5
SLOWNESS = {"slow": 2.0, "fast": 0.6, "continuous": 0.8, "connecting": 0.8}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A pose that is held for some seconds, or walked to from the one before; `text` stands below."""

    pose: Pose
    text: str
    turned_deg: float
    move_s: float
    rest_s: float


def write_film(
    document: Document, diagram: Diagram, walk: Walk, path: Path, *, lang: str, fonts: dict[str, Path]
) -> None:
    """Write a film as .mp4 or .gif by the name of the file. Raises FilmFailed."""
    rate = MP4_FRAMES_A_SECOND if path.suffix == ".mp4" else GIF_FRAMES_A_SECOND
    shots = _shots(document, walk, lang)
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
    _pipe(command, (frame.tobytes() for frame in _frames(diagram, shots, rate, fonts)))


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


def _shots(document: Document, walk: Walk, lang: str) -> Iterator[Shot]:
    name = document["name"].get(lang) or document["romanization"]
    yield Shot(pose=walk.start, text=name, turned_deg=0, move_s=0, rest_s=PAUSE_S)
    for step, walked in zip(document["steps"], walk.steps, strict=True):
        text = f"{step['number']}. {film_words(step, lang)}"
        slowness = SLOWNESS.get(step["timing"], 1.0)
        for index, pose in enumerate(walked.poses):
            is_last = index == len(walked.poses) - 1
            yield Shot(
                pose=pose,
                text=text,
                turned_deg=walked.turned_deg if index == 0 else 0,
                move_s=MOVE_S * slowness / len(walked.poses),
                rest_s=REST_S * slowness if is_last else 0,
            )
        if walked.after:
            yield _return(walked.pose, walked.after, name)
    yield _return(walk.steps[-1].after or walk.steps[-1].pose, walk.end, name)


def _return(before: Pose, after: Pose, text: str) -> Shot:
    turned = (after.heading_deg - before.heading_deg + 180) % 360 - 180
    return Shot(pose=after, text=text, turned_deg=turned, move_s=MOVE_S, rest_s=PAUSE_S)


def _frames(diagram: Diagram, shots: Iterator[Shot], rate: int, fonts: dict[str, Path]) -> Iterator[Image.Image]:
    stage = _stage(diagram, fonts)
    before: Pose | None = None
    for shot in shots:
        moving = round(shot.move_s * rate) if before else 0
        for frame in range(1, moving + 1):
            share = _eased(frame / (moving + 1))
            pose = pose_between(before or shot.pose, shot.pose, shot.turned_deg, share)
            yield _frame(stage, diagram, pose, shot.text, fonts)
        still = _frame(stage, diagram, shot.pose, shot.text, fonts)
        for _ in range(max(1, round(shot.rest_s * rate)) if shot.rest_s else 0):
            yield still
        before = shot.pose


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _stage(diagram: Diagram, fonts: dict[str, Path]) -> Image.Image:
    image = blank(WIDTH_PX, HEIGHT_PX)
    canvas = PixelCanvas(image, diagram.box, fonts)
    paint_floor(diagram, canvas)
    paint_letters(diagram, canvas)
    return image


def _frame(stage: Image.Image, diagram: Diagram, pose: Pose, text: str, fonts: dict[str, Path]) -> Image.Image:
    drawn = stage.copy()
    canvas = PixelCanvas(drawn, diagram.box, fonts)
    for sole in soles_of(pose, diagram.view):
        paint_sole(sole, canvas)
    paint_heading(heading_of(pose, diagram.view), canvas)
    frame = Image.new("RGB", (WIDTH_PX, HEIGHT_PX + CAPTION_PX), "white")
    frame.paste(smoothed(drawn), (0, 0))
    _caption(frame, text, fonts)
    return frame


def _caption(frame: Image.Image, text: str, fonts: dict[str, Path]) -> None:
    draw = ImageDraw.Draw(frame)
    fitting = (size for size in range(LARGEST_TEXT, SMALLEST_TEXT, -1) if _width(text, fonts, size) <= WIDTH_PX - 32)
    size = next(fitting, SMALLEST_TEXT)
    font = ImageFont.truetype(fonts["regular"], size)
    draw.text((WIDTH_PX / 2, HEIGHT_PX + CAPTION_PX / 2), text, font=font, fill=INK, anchor="mm")


def _width(text: str, fonts: dict[str, Path], size: int) -> float:
    return ImageFont.truetype(fonts["regular"], size).getlength(text)
