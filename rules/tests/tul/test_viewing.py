"""The floor as a picture: all of it is seen, however it is turned and mirrored."""

import pytest

from tkd_rules.tul.floor import Point
from tkd_rules.tul.space import Spot
from tkd_rules.tul.viewing import GroundLine, View, ground_lines, poses, view_of
from tkd_rules.tul.walking import walk

from .written import SLUGS, stances, tul

WIDTH_PX, HEIGHT_PX = 400.0, 300.0


def seen(slug: str, *, turned_deg: float = 0, mirrored: bool = False) -> View:
    a_tul = tul(slug)
    lines = ground_lines(a_tul, walk(a_tul, stances()))
    return view_of(lines, width_px=WIDTH_PX, height_px=HEIGHT_PX, turned_deg=turned_deg, mirrored=mirrored)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("turned_deg", [0, 90, 180, 270])
def test_a_body_is_in_the_picture_wherever_it_stands(slug: str, turned_deg: int) -> None:
    view = seen(slug, turned_deg=turned_deg)
    for pose in poses(walk(tul(slug), stances())):
        for height_m in (0.0, 1.7):
            x, y = view.seen(Spot(*pose.weight_at_m, height_m))
            assert 0 <= x <= WIDTH_PX
            assert 0 <= y <= HEIGHT_PX


def test_unturned_d_is_far_and_a_is_right() -> None:
    view = seen("chon-ji")
    (x, y), (right, _), (_, far) = (view.seen(Spot(*at, 0.0)) for at in ((0, 0), (1, 0), (0, 1)))
    assert right > x
    assert far < y
    assert view.depth(Spot(0, 1, 0)) > view.depth(Spot(0, 0, 0))
    assert view.seen(Spot(0, 0, 1))[1] < y


def test_a_quarter_turn_brings_d_to_the_right() -> None:
    view = seen("chon-ji", turned_deg=90)
    assert view.seen(Spot(0, 1, 0))[0] > view.seen(Spot(0, 0, 0))[0]


def test_a_mirror_swaps_a_and_b_and_nothing_else() -> None:
    plain, mirrored = seen("dan-gun"), seen("dan-gun", mirrored=True)
    across, middle = (plain.seen(Spot(1, 1, 1)), plain.seen(Spot(0, 0, 0))[0])
    there = mirrored.seen(Spot(1, 1, 1))
    assert there[1] == across[1]
    assert there[0] - mirrored.seen(Spot(0, 0, 0))[0] == pytest.approx(middle - across[0], abs=0.2)


def test_ef_is_drawn_where_it_is_stepped_on() -> None:
    names = {
        slug: [line.name for line in ground_lines(tul(slug), walk(tul(slug), stances()))]
        for slug in ("chon-ji", "dan-gun")
    }
    assert names == {"chon-ji": ["AB", "CD"], "dan-gun": ["AB", "CD", "EF"]}


def test_a_letter_stands_a_little_outside_each_end_of_its_line() -> None:
    line = GroundLine(name="CD", start=Point(0.0, -1.0), end=Point(0.0, 2.0))
    assert list(line.letters()) == [("C", Point(0.0, -1.22)), ("D", Point(0.0, 2.22))]
