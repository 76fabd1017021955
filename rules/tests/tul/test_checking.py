"""What can't be done with two feet is named, by step and field."""

import pytest

from tkd_rules.tul.checking import Mistake, mistakes_of
from tkd_rules.tul.parsing import tul_of_content

from .test_parsing import Change, put, take
from .written import SLUGS, kicks, stances, tul, written


def found(slug: str, *changes: Change) -> list[Mistake]:
    data = written(slug)
    for change in changes:
        change(data)
    return mistakes_of(tul_of_content(data, slug), stances(), kicks())


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_wrong_with_what_is_written(slug: str) -> None:
    assert mistakes_of(tul(slug), stances(), kicks()) == []


def step(slug: str, number: int, *path: str | int, value: object) -> tuple[str, Change]:
    return slug, put("steps", number - 1, *path, value=value)


@pytest.mark.parametrize(
    ("spoilt", "mistake"),
    [
        (("chon-ji", put("movements", value=20)), Mistake(0, "movements", "20 movements, but 19 steps")),
        (step("chon-ji", 4, "n", value=9), Mistake(4, "n", "step 9 stands where 4 belongs")),
        (
            step("chon-ji", 4, "timing", value={"mode": "fast", "group": [5, 6]}),
            Mistake(4, "timing.group", "[5, 6] does not surround step 4"),
        ),
        (
            step("chon-ji", 4, "timing", value={"mode": "fast", "group": [3, 4, 6]}),
            Mistake(4, "timing.group", "[3, 4, 6] does not surround step 4"),
        ),
        (
            step("chon-ji", 4, "hands", value={"keep": 4}),
            Mistake(4, "hands.keep", "hands can only be kept from an earlier step"),
        ),
        (
            step("chon-ji", 1, "stance", value={"key": "frog-sogi"}),
            Mistake(1, "stance", "frog-sogi has no measures in stances.yaml"),
        ),
        (
            ("chon-ji", put("start", "ready", value="frog-sogi")),
            Mistake(0, "ready", "frog-sogi has no measures in stances.yaml"),
        ),
        (
            step("saju-jirugi", 7, "after", "ready", value="frog-sogi"),
            Mistake(7, "after.ready", "frog-sogi has no measures in stances.yaml"),
        ),
        (
            step("chon-ji", 1, "stance", "side", value="right"),
            Mistake(1, "stance.side", "gunnun-sogi is named after its front foot"),
        ),
        (
            step("dan-gun", 1, "stance", "side", value="left"),
            Mistake(1, "stance.side", "niunja-sogi is named after its rear foot"),
        ),
        (
            step("chon-ji", 1, "stance", "front", value="both"),
            Mistake(1, "stance.front", "gunnun-sogi needs a foot in front"),
        ),
        (step("chon-ji", 1, "support", value="left"), Mistake(1, "support", "stands on both, not on left")),
        (
            step("chon-ji", 2, "feet", 0, "how", value="lower"),
            Mistake(2, "feet.0", "the right foot is on the floor and can't be lowered"),
        ),
        (
            step("do-san", 15, "feet", 0, "how", value="step"),
            Mistake(15, "feet.0", "the right foot is in the air: it is lowered, it can't step"),
        ),
        (
            step("do-san", 15, "feet", value=[{"foot": "left", "how": "step", "to": "C"}]),
            Mistake(15, "feet.0", "no foot is on the floor while the left foot moves"),
        ),
        (
            step("dan-gun", 1, "stance", value={"key": "niunja-sogi", "side": "left", "front": "right"}),
            Mistake(1, "feet.0", "the left foot does not come to lie toward B"),
        ),
        (
            step("do-san", 2, "facing", value="A"),
            Mistake(2, "facing", "the facing changes, but no foot moves"),
        ),
        (
            step("do-san", 7, "feet", 0, "deg", value=720),
            Mistake(7, "feet", "turns by more than a full turn"),
        ),
        (
            step("do-san", 7, "feet", 0, "deg", value=90),
            Mistake(7, "feet.0.deg", "90 degrees do not lead to D"),
        ),
        (
            step("do-san", 14, "tech", 0, "side", value="left"),
            Mistake(14, "tech.0", "apcha-busigi, but the left foot does not kick"),
        ),
        (
            step("ge-baek", 28, "feet", 0, "dist", value=9),
            Mistake(28, "feet.0", "the right foot can't get there: it is too far"),
        ),
        (
            step(
                "chon-ji",
                1,
                value={
                    **written("chon-ji")["steps"][0],
                    "feet": [{"foot": "left", "how": "step", "to": "A", "dist": 1.5}],
                    "stance": {"key": "annun-sogi"},
                    "facing": "D",
                },
            ),
            Mistake(1, "stance", "the legs are crossed: a foot would have stepped through the other"),
        ),
        (("do-san", take("ends_off")), Mistake(0, "end", "ends 3.04 shoulder widths from where it began")),
        (
            ("do-san", put("ends_off", "shoulder_widths", value=2.0)),
            Mistake(0, "ends_off", "ends 3.04 shoulder widths from where it began, not 2.00"),
        ),
        (("chon-ji", put("end", "facing", value="A")), Mistake(0, "end", "does not end facing as it began")),
    ],
)
def test_a_mistake_is_named(spoilt: tuple[str, Change], mistake: Mistake) -> None:
    assert mistake in found(*spoilt)
