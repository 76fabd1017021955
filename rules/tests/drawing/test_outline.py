"""Soles as outlines: as large as feet, left and right alike, and turned the way they point."""

import pytest

from tkd_rules.tul.diagram import SOLE_LENGTH_CM, SOLE_WIDTH_CM, Sole
from tkd_rules.tul.floor import Point
from tkd_rules.tul.outline import sole_polygon


def test_a_sole_is_as_long_and_wide_as_it_is_said_to_be() -> None:
    left, right = (
        sole_polygon(Sole(foot=foot, at=Point(0, 0), heading_deg=0, state="stands")) for foot in ("left", "right")
    )
    assert max(y for _, y in right) == pytest.approx(SOLE_LENGTH_CM / 2)
    assert max(x for x, _ in right) - min(x for x, _ in right) == pytest.approx(SOLE_WIDTH_CM, abs=0.5)
    for one, another in zip(left, right, strict=True):
        assert (-one.x, one.y) == pytest.approx(another)


def test_a_sole_turns_with_its_heading() -> None:
    ahead = sole_polygon(Sole(foot="right", at=Point(0, 0), heading_deg=0, state="stands"))
    turned = sole_polygon(Sole(foot="right", at=Point(7, 0), heading_deg=90, state="stands"))
    for one, another in zip(ahead, turned, strict=True):
        assert (7 - one.y, one.x) == pytest.approx(another)
