"""A tul performed the other way round: left is right, A is B, E is F, and every turn goes the other way."""

from dataclasses import replace

from tkd_rules.tul.notation import Foot, FootMove, Return, Side, Stance, Step, Technique, Tul, Turn

_SIDES: dict[str, Side] = {"left": "right", "right": "left", "both": "both"}
_FEET: dict[str, Foot] = {"left": "right", "right": "left"}
_TURNS: dict[str, Turn] = {"cw": "ccw", "ccw": "cw"}
_TARGETS = {"left-foot": "right-foot", "right-foot": "left-foot", "AB": "AB", "EF": "EF"}
_LETTERS = str.maketrans("ABEF", "BAFE")


def mirrored(tul: Tul) -> Tul:
    """Return the tul as its mirror image; mirrored twice it is the tul again."""
    return replace(
        tul,
        start_facing=_direction(tul.start_facing),
        closing=_return(tul.closing),
        steps=tuple(_step(step) for step in tul.steps),
    )


def mirrored_stance(stance: Stance) -> Stance:
    return replace(stance, side=stance.side and _SIDES[stance.side], front=stance.front and _SIDES[stance.front])


def _direction(letters: str) -> str:
    return _TARGETS.get(letters) or letters.translate(_LETTERS)


def _return(back: Return) -> Return:
    return replace(back, foot=_FEET[back.foot], facing=_direction(back.facing))


def _step(step: Step) -> Step:
    return replace(
        step,
        footwork=tuple(_move(move) for move in step.footwork),
        stance=step.stance and mirrored_stance(step.stance),
        support=_FEET.get(step.support) or step.support,
        facing=_direction(step.facing),
        techniques=tuple(_technique(technique) for technique in step.techniques),
        after=step.after and _return(step.after),
    )


def _move(move: FootMove) -> FootMove:
    return replace(
        move,
        foot=_SIDES[move.foot],
        to=move.to and _direction(move.to),
        over=move.over and _FEET[move.over],
        turn=move.turn and _TURNS[move.turn],
        landing_foot=move.landing_foot and _SIDES[move.landing_foot],
    )


def _technique(technique: Technique) -> Technique:
    return replace(technique, side=_SIDES[technique.side], direction=_direction(technique.direction))
