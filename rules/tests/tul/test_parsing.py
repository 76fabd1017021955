"""A tul is read from its file and from its document alike; what can't be read is named by file, step and field."""

from collections.abc import Callable
from typing import Any

import pytest

from tkd_rules.tul.notation import heading_deg, line_of
from tkd_rules.tul.parsing import NotationError, tul_of_content, tul_of_document

from .written import SLUGS, tul, written

Change = Callable[[Any], None]


def put(*path: str | int, value: Any) -> Change:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


def take(*path: str | int) -> Change:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return change


STEP = ("steps", 1)
FOOT = (*STEP, "feet", 0)
TECHNIQUE = (*STEP, "tech", 0)


@pytest.mark.parametrize(
    ("change", "step", "field", "reason"),
    [
        (take("slug"), None, "slug", "None is no text"),
        (put("slug", value=""), None, "slug", "'' is no text"),
        (put("movements", value=0), None, "movements", "0 is no whole number from 1"),
        (put("movements", value=True), None, "movements", "True is no whole number from 1"),
        (put("movements", value="19"), None, "movements", "'19' is no whole number from 1"),
        (put("start", value=None), None, "start", "None is no group of fields"),
        (put("start", "facing", value="AB"), None, "start.facing", "'AB' is no direction"),
        (put("start", "facing", value="Z"), None, "start.facing", "'Z' is no direction"),
        (put("end", "returns", value="both"), None, "end.returns", "'both' is none of left, right"),
        (put("ends_off", value={"shoulder_widths": -1}), None, "ends_off.shoulder_widths", "-1 is no distance"),
        (put("steps", value={}), None, "steps", "{} is no list"),
        (put(*STEP, value="left"), None, "steps.1", "'left' is no group of fields"),
        (put(*STEP, "n", value=1.5), 2, "n", "1.5 is no whole number from 1"),
        (put(*STEP, "support", value="hands"), 2, "support", "'hands' is none of both, left, right, none"),
        (put(*STEP, "facing", value="ADC"), 2, "facing", "'ADC' is no direction"),
        (put(*STEP, "timing", value={"mode": "late"}), 2, "timing.mode", "'late' is none of normal, fast"),
        (put(*STEP, "timing", "group", value="1-2"), 2, "timing.group", "'1-2' is no list of numbers"),
        (put(*STEP, "hands", value={"keep": 0}), 2, "hands.keep", "0 is no whole number from 1"),
        (put(*STEP, "stance", "key", value=5), 2, "stance.key", "5 is no text"),
        (put(*STEP, "stance", "front", value="up"), 2, "stance.front", "'up' is none of left, right, both"),
        (put(*FOOT, "how", value="hop"), 2, "feet.0.how", "'hop' is none of step, slip"),
        (put(*FOOT, "foot", value="third"), 2, "feet.0.foot", "'third' is none of left, right, both"),
        (put(*FOOT, "to", value="north"), 2, "feet.0.to", "'north' is no direction, line or foot"),
        (put(*FOOT, "to", value=7), 2, "feet.0.to", "7 is no direction, line or foot"),
        (put(*FOOT, "dist", value="far"), 2, "feet.0.dist", "'far' is no distance"),
        (put(*FOOT, "dist", value=True), 2, "feet.0.dist", "True is no distance"),
        (put(*FOOT, "over", value="both"), 2, "feet.0.over", "'both' is none of left, right"),
        (put(*FOOT, "turn", value="left"), 2, "feet.0.turn", "'left' is none of cw, ccw"),
        (put(*TECHNIQUE, "level", value="top"), 2, "tech.0.level", "'top' is none of low, middle, high"),
        (put(*TECHNIQUE, "dir", value="CD"), 2, "tech.0.dir", "'CD' is no direction"),
        (put(*TECHNIQUE, "tool", value=""), 2, "tech.0.tool", "'' is no text"),
        (
            put(*STEP, "after", value={"feet": [], "ready": "narani-junbi-sogi", "facing": "D"}),
            2,
            "after.feet",
            "0 feet return, where one does",
        ),
    ],
)
def test_what_can_not_be_read_is_named_by_file_step_and_field(
    change: Change, step: int | None, field: str, reason: str
) -> None:
    data = written("chon-ji")
    change(data)
    with pytest.raises(NotationError) as broken:
        tul_of_content(data, "chon-ji.yaml")
    assert (broken.value.source, broken.value.step, broken.value.field) == ("chon-ji.yaml", step, field)
    assert broken.value.reason.startswith(reason)
    where = "chon-ji.yaml" if step is None else f"chon-ji.yaml, step {step}"
    assert str(broken.value) == f"{where}: {field}: {broken.value.reason}"


def document_of(data: Any) -> dict[str, Any]:
    """Return the catalogue's document of a file, as the server writes it."""
    return {
        "slug": data["slug"],
        "movements": data["movements"],
        "ready_stance": data["start"]["ready"],
        "start_facing": data["start"]["facing"],
        "closing_foot": data["end"]["returns"],
        "end_facing": data["end"]["facing"],
        "steps": [_step_document(step) for step in data["steps"]],
    }


def _step_document(step: Any) -> dict[str, Any]:
    stance, after = step["stance"], step.get("after")
    moves = {
        "foot": "foot",
        "how": "how",
        "to": "to",
        "over": "over",
        "turn": "turn",
        "turn_deg": "deg",
        "manner": "manner",
        "place": "place",
        "distance_shoulder_widths": "dist",
        "landing_foot": "land",
    }
    return {
        "number": step["n"],
        "footwork": [{long: move.get(short) for long, short in moves.items()} for move in step["feet"]],
        "stance": stance and {"slug": stance["key"], "side": stance.get("side"), "front": stance.get("front")},
        "support": step["support"],
        "facing": step["facing"],
        "techniques": [
            {
                "slug": technique["key"],
                "tool": technique["tool"],
                "side": technique["side"],
                "level": technique.get("level"),
                "direction": technique["dir"],
            }
            for technique in step["tech"]
        ],
        "timing": step["timing"]["mode"],
        "timing_group": step["timing"].get("group", []),
        "keeps_hands_of": step.get("hands", {}).get("keep"),
        "after": after
        and {"foot": after["feet"][0]["foot"], "ready_stance": after["ready"], "facing": after["facing"]},
    }


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if not tul(slug).ends_off_shoulder_widths])
def test_a_document_reads_as_its_file(slug: str) -> None:
    assert tul_of_document(document_of(written(slug))) == tul(slug)


@pytest.mark.parametrize(
    ("letters", "heading", "line"),
    [
        ("D", 0, "CD"),
        ("A", 90, "AB"),
        ("C", 180, "CD"),
        ("F", 270, "EF"),
        ("AD", 45, None),
        ("DE", 45, None),
        ("CF", 225, None),
        ("BD", 315, None),
        ("AB", None, "AB"),
        ("EF", None, "EF"),
    ],
)
def test_letters_are_headings_or_lines(letters: str, heading: float | None, line: str | None) -> None:
    assert (heading_deg(letters), line_of(letters)) == (heading, line)


@pytest.mark.parametrize("letters", ["", "G", "CDE", "EA", "AA", "d"])
def test_other_letters_lead_nowhere(letters: str) -> None:
    with pytest.raises(KeyError):
        heading_deg(letters)
