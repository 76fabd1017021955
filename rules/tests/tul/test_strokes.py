"""The figure as lines and dots: all of it is drawn, what is far lies under what is near."""

import pytest

from tkd_rules.tul.animation import animated
from tkd_rules.tul.strokes import Dot, Line, strokes_of
from tkd_rules.tul.viewing import View, ground_lines, view_of
from tkd_rules.tul.walking import walk

from .written import SLUGS, classes, stances, tul

WIDTH_PX, HEIGHT_PX = 640.0, 480.0
NAMES = {
    "weight", "spine", "shoulders", "head", "face",
    *(f"{side} {name}" for side in ("left", "right")
      for name in ("sole", "shin", "thigh", "upper arm", "forearm", "fist")),
}  # fmt: skip


def shown(slug: str, *, turned_deg: float = 0, mirrored: bool = False) -> tuple[View, list[list[Line | Dot]]]:
    a_tul = tul(slug)
    way = walk(a_tul, stances())
    lines = ground_lines(a_tul, way)
    view = view_of(lines, width_px=WIDTH_PX, height_px=HEIGHT_PX, turned_deg=turned_deg, mirrored=mirrored)
    animation = animated(a_tul, way, classes())
    figures = [animation.figure_at(span.formed_s) for span in animation.spans]
    return view, [list(strokes_of(figure, view)) for figure in figures]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_part_is_drawn_once_and_in_the_picture(slug: str) -> None:
    _view, frames = shown(slug)
    for strokes in frames:
        assert {stroke.name for stroke in strokes} == NAMES
        assert len(strokes) == len(NAMES)
        for stroke in strokes:
            for x, y in (stroke.start, stroke.end) if isinstance(stroke, Line) else (stroke.at,):
                assert 0 <= x <= WIDTH_PX
                assert -HEIGHT_PX * 0.1 <= y <= HEIGHT_PX


def test_a_part_is_as_wide_from_movement_to_movement() -> None:
    _view, frames = shown("toi-gye")
    widths = {stroke.name: stroke.width_px for stroke in frames[0]}
    assert all(widths[stroke.name] == stroke.width_px for strokes in frames for stroke in strokes)


def test_the_face_is_behind_the_head_of_who_looks_away_and_before_it_in_a_mirrored_turn() -> None:
    def face_is_before_head(turned_deg: float) -> bool:
        _view, frames = shown("chon-ji", turned_deg=turned_deg)
        names = [stroke.name for stroke in frames[0]]
        return names.index("face") > names.index("head")

    assert not face_is_before_head(0)
    assert face_is_before_head(180)


def test_the_weight_lies_on_the_floor_below_everything() -> None:
    view, frames = shown("dan-gun")
    weight = frames[0][0]
    assert weight.name == "weight"
    assert isinstance(weight, Dot)
    assert weight.height_px == weight.width_px / 2 < view.px_per_m
