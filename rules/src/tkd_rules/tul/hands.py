"""Where the hands end up: a simple picture of each technique, by its class, side, level and direction.

A place is seen from between the shoulders of a person of 1.72 m: to their right, ahead, up, in metres. A `Reach` is
the same for either side: outward of its own shoulder instead of to the right.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tkd_rules.tul.floor import toward
from tkd_rules.tul.notation import Foot, Level, Stance, Technique, heading_deg
from tkd_rules.tul.space import Spot


class Hands(NamedTuple):
    left: Spot
    right: Spot


class Reach(NamedTuple):
    outward: float
    ahead: float
    up: float


class Pair(NamedTuple):
    """What both hands do together: the leading hand is on the side of the front foot."""

    leading: Reach
    other: Reach


def _both(outward: float, ahead: float, up: float) -> Pair:
    return Pair(Reach(outward, ahead, up), Reach(outward, ahead, up))


UP_M: dict[Level | None, float] = {"high": 0.2, "middle": -0.02, "low": -0.45, None: -0.02}
SHOULDER_M = 0.2  # from the middle of the chest
PUNCH_M, BLOCK_M = 0.56, 0.42
BLOCK_OUTWARD_M = -0.04
AT_HIP = Reach(0.02, 0.02, -0.42)
AT_CHEST = Reach(-0.22, 0.22, -0.08)
RISING = Reach(-0.12, 0.26, 0.3)
GUARD = Pair(Reach(-0.1, 0.46, -0.04), Reach(-0.2, 0.22, -0.16))
TWIN = Pair(Reach(-0.02, 0.42, 0.0), Reach(-0.12, 0.2, 0.3))
SUPPORTED = Pair(Reach(-0.02, 0.42, 0.0), Reach(-0.26, 0.26, -0.14))
ABOVE_EACH_OTHER = Pair(Reach(-0.2, 0.42, 0.12), Reach(-0.2, 0.4, -0.32))
PAIRS = {
    "daebi-makgi": GUARD,
    "sang-palmok-makgi": TWIN,
    "sang-sonkal-makgi": TWIN,
    "doo-palmok-makgi": SUPPORTED,
    "san-makgi": _both(0.24, 0.1, 0.22),
    "hechyo-makgi": _both(0.04, 0.4, 0.0),
    "noollo-makgi": _both(-0.14, 0.4, -0.36),
    "chookyo-makgi": _both(-0.16, 0.28, 0.3),
    "digutja-makgi": ABOVE_EACH_OTHER,
    "digutja-japgi": ABOVE_EACH_OTHER,
    "gutja-makgi": Pair(Reach(-0.1, 0.4, -0.42), Reach(-0.2, 0.26, -0.06)),
    "momchau-makgi": _both(-0.18, 0.38, -0.1),
    "sang-palkup-soopyong-tulgi": _both(-0.16, 0.16, -0.08),
    "sang-yop-palkup-tulgi": _both(0.02, 0.02, -0.3),
}
ELBOWS = {"wi-palkup": Reach(-0.08, 0.18, 0.16), "dwit-palkup": AT_HIP}
READY = {
    "narani-junbi-sogi": _both(-0.12, 0.24, -0.5),
    "moa-junbi-sogi-a": _both(-0.18, 0.3, 0.1),
    "moa-junbi-sogi-b": _both(-0.18, 0.26, -0.46),
    "moa-junbi-sogi-c": _both(-0.18, 0.18, -0.58),
    "narani-so-hanulson": _both(-0.14, 0.28, 0.3),
    "narani-so-sang-yop-palkup": _both(0.02, 0.02, -0.3),
    "guburyo-junbi-sogi-a": GUARD,
}
HANGING = _both(0.04, 0.06, -0.6)


def ready_hands(slug: str) -> Hands:
    """Return the hands of a ready posture; where it is not known they hang."""
    return _of_pair(READY.get(slug, HANGING), "left")


def guarding(stance: Stance | None) -> Hands:
    """Return the hands held before the body, as they are while a foot kicks."""
    return _of_pair(GUARD, "right" if stance and stance.front == "right" else "left")


def hands_of(techniques: Sequence[Technique], stance: Stance | None, facing: str, classes: Mapping[str, str]) -> Hands:
    """Return the hands at the end of a movement. `classes` names the category of a technique: block, punch and so on.

    A hand that does nothing is pulled to the hip.
    """
    by_hand = [technique for technique in techniques if classes.get(technique.slug) != "kick"]
    if not by_hand:
        return guarding(stance) if techniques or stance is None else ready_hands(stance.slug)
    hands = Hands(_placed(AT_HIP, "left", 0.0), _placed(AT_HIP, "right", 0.0))
    for technique in by_hand:
        turn_deg = _turn_deg(technique, facing)
        if technique.side == "both":
            hands = _of_pair(_pair(technique), _leading(stance, turn_deg), turn_deg)
        else:
            reach = _reach(technique, is_block=classes.get(technique.slug) == "block")
            hands = hands._replace(**{technique.side: _placed(reach, technique.side, turn_deg)})
    return hands


def _turn_deg(technique: Technique, facing: str) -> float:
    there, ahead = heading_deg(technique.direction), heading_deg(facing)
    return (there or 0.0) - (ahead or 0.0)


def _leading(stance: Stance | None, turn_deg: float) -> Foot:
    if stance is not None and stance.front in ("left", "right"):
        return "left" if stance.front == "left" else "right"
    return "left" if math.sin(math.radians(turn_deg)) < 0 else "right"


def _pair(technique: Technique) -> Pair:
    up = UP_M[technique.level]
    pair = PAIRS.get(technique.slug, _both(-0.1, 0.44, 0.0))
    if technique.level is None or technique.slug == "chookyo-makgi":
        return pair
    return Pair(*(reach._replace(up=reach.up + up) for reach in pair))


def _reach(technique: Technique, *, is_block: bool) -> Reach:
    tool = technique.tool or ""
    if "palkup" in tool:
        return ELBOWS.get(tool, AT_CHEST)
    if technique.slug == "chookyo-makgi":
        return RISING
    up = UP_M[technique.level]
    return Reach(BLOCK_OUTWARD_M, BLOCK_M, up) if is_block else Reach(-SHOULDER_M, PUNCH_M, up)


def _of_pair(pair: Pair, leading: Foot, turn_deg: float = 0.0) -> Hands:
    left, right = pair if leading == "left" else (pair.other, pair.leading)
    return Hands(_placed(left, "left", turn_deg), _placed(right, "right", turn_deg))


def _placed(reach: Reach, side: Foot, turn_deg: float) -> Spot:
    """Return where a hand is: outward of its own shoulder, and the whole turned toward what the technique is for."""
    aside = (SHOULDER_M + reach.outward) * (-1 if side == "left" else 1)
    right, ahead = toward(90 + turn_deg), toward(turn_deg)
    return Spot(right.x * aside + ahead.x * reach.ahead, right.y * aside + ahead.y * reach.ahead, reach.up)
