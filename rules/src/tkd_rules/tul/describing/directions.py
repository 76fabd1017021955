"""Where something goes and which way a body turns."""

from tkd_rules.tul.describing.templates import Templates
from tkd_rules.tul.notation import FEET_NAMED, LINES, Step, Turn, heading_deg

HALF_TURN_DEG = 180


def toward(templates: Templates, letters: str) -> str:
    """Return `toward D`, or the direction between two letters."""
    return _by_letters(templates, "to", letters)


def facing(templates: Templates, letters: str) -> str:
    return _by_letters(templates, "facing", letters)


def as_seen(templates: Templates, letters: str, front: str) -> str:
    """Return a direction for who faces `front`: the letters, and to the right or the left or behind unless ahead."""
    there, ahead = heading_deg(letters), heading_deg(front)
    deg = 0 if there is None or ahead is None else round(there - ahead) % 360
    if deg == 0:
        return toward(templates, letters)
    return templates.say("to.relative", relative=templates.word(f"relative.{deg}"), to=toward(templates, letters))


def target(templates: Templates, to: str | None, step: Step, *, is_turning: bool) -> str:
    """Return where a foot goes; who turns on the way is told the letters only."""
    if to is None:
        return ""
    if to in FEET_NAMED:
        return templates.say("to.foot", other=templates.word(f"other.{FEET_NAMED[to]}"))
    if to in LINES:
        return templates.say("to.line", first=_letter(templates, to[0]), second=_letter(templates, to[1]))
    return toward(templates, to) if is_turning else as_seen(templates, to, step.facing)


def turn(templates: Templates, way: Turn | None, deg: float) -> str:
    """Return how far and which way a body turns, as far as both are known. Half a turn has a way only if stated."""
    degrees = round(abs(deg))
    if way is None and degrees not in (0, HALF_TURN_DEG):
        way = "cw" if deg > 0 else "ccw"
    if way is None:
        return templates.say("turn.degrees", degrees=str(degrees)) if degrees else ""
    key = "turn" if degrees else "turn.way"
    return templates.say(key, degrees=str(degrees), way=templates.word(f"way.{way}"))


def _by_letters(templates: Templates, key: str, letters: str) -> str:
    if len(letters) == 1:
        return templates.say(f"{key}.letter", letter=_letter(templates, letters))
    return templates.say(f"{key}.between", first=_letter(templates, letters[0]), second=_letter(templates, letters[1]))


def _letter(templates: Templates, letter: str) -> str:
    return templates.say(f"letter.{letter}")
