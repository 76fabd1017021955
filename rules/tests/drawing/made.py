"""A small tul that does most of what can be drawn: all three lines, a diagonal, a kick, a spot turn, a jump."""

from typing import Any

from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_content
from tkd_rules.tul.pose import Walk
from tkd_rules.tul.stances import geometry_of
from tkd_rules.tul.walking import walk

STANCES = {
    slug: geometry_of(
        slug,
        {
            "length_shoulder_widths": length,
            "width_shoulder_widths": width,
            "named_after": named_after,
            "weight_front_percent": 50,
            "front_foot_outward_deg": 0,
            "rear_foot_outward_deg": 25,
        },
    )
    for slug, length, width, named_after in (
        ("narani-junbi-sogi", 0, 1, "none"),
        ("gunnun-sogi", 1.5, 1, "front"),
    )
}


def move(foot: str, how: str, **more: Any) -> dict[str, Any]:
    return {"foot": foot, "how": how} | more


def step(n: int, facing: str, *feet: dict[str, Any], front: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "n": n,
        "feet": list(feet),
        "stance": {"key": "gunnun-sogi", "side": front, "front": front} if front else None,
        "support": "both",
        "facing": facing,
        "tech": [],
        "timing": {"mode": "normal"},
    } | more


STEPS = [
    step(1, "B", move("left", "step", to="B"), front="left"),
    step(2, "B", front="left"),
    step(3, "A", move("left", "pivot"), move("right", "step", to="A", turn="cw"), front="right"),
    step(4, "D", move("left", "step", to="D", turn="ccw"), front="left"),
    step(5, "D", move("right", "kick", to="D"), support="left"),
    step(6, "D", move("right", "lower", to="D"), front="right"),
    step(7, "E", move("left", "step", to="E", turn="cw"), front="left"),
    step(8, "AD", move("left", "step", to="AD"), front="left"),
    step(9, "AD", move("both", "jump", to="AD", dist=1.0, land="right"), front="right"),
    step(
        10,
        "C",
        move("right", "step", to="C"),
        front="right",
        after={"feet": [move("left", "return")], "ready": "narani-junbi-sogi", "facing": "C"},
    ),
    step(11, "C", move("left", "step", to="right-foot"), front="left"),
]


def tul_with(steps: list[dict[str, Any]]) -> Tul:
    data = {
        "slug": "chon-ji",
        "movements": max(1, len(steps)),
        "start": {"ready": "narani-junbi-sogi", "facing": "D"},
        "end": {"returns": "left", "ready": "narani-junbi-sogi", "facing": "D"},
        "steps": steps,
    }
    return tul_of_content(data, "chon-ji.yaml")


def drawn_tul() -> tuple[Tul, Walk]:
    tul = tul_with(STEPS)
    return tul, walk(tul, STANCES)
