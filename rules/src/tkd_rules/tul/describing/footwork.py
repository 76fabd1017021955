"""What the feet do, with the kicks in their place among it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tkd_rules.tul.describing.directions import target, turn
from tkd_rules.tul.describing.techniques import is_with_leg, technique_clause
from tkd_rules.tul.describing.vocabulary import Vocabulary
from tkd_rules.tul.notation import FEET_NAMED, LINES, FootMove, Step, Technique


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A move of a foot; a kick with the technique that it is. Who is in the air lands and does not jump again."""

    move: FootMove
    kick: Technique | None = None
    is_landing: bool = False


def actions_of(step: Step, *, is_airborne: bool = False) -> list[Action]:
    """Return what the feet do in order; each kick takes the next technique of its leg.

    One is in the air when the step before ended there, or after a kick with no foot put down before the jump.
    """
    kicks = [technique for technique in step.techniques if is_with_leg(technique)]
    actions = []
    for move in step.footwork:
        actions.append(Action(move=move, kick=_taken(move, kicks), is_landing=move.how == "jump" and is_airborne))
        is_airborne = move.how == "kick"
    return actions


def footwork_clauses(
    vocabulary: Vocabulary, step: Step, actions: Sequence[Action], turned_deg: float | None
) -> Iterator[str]:
    """Yield a clause for each action, in the form that it has before another or at the end of a sentence."""
    turning = next((index for index, action in enumerate(actions) if action.move.turn), len(actions) - 1)
    is_turning = turned_deg != 0 or any(action.move.turn for action in actions)
    for index, action in enumerate(actions):
        turns = _turn(vocabulary, action.move, turned_deg) if index == turning else ""
        ending = "final" if index == len(actions) - 1 else "joined"
        if action.kick:
            to = target(vocabulary.templates, action.kick.direction, step, is_turning=is_turning)
            technique = technique_clause(vocabulary, action.kick, to)
            yield vocabulary.templates.say("kick.technique", ending=ending, technique=technique, turn=turns)
        else:
            yield _move_clause(vocabulary, step, action, turns, ending, is_turning=is_turning)


def _taken(move: FootMove, kicks: list[Technique]) -> Technique | None:
    if move.how != "kick":
        return None
    taken = next((kick for kick in kicks if move.foot in (kick.side, "both") or kick.side == "both"), None)
    if taken:
        kicks.remove(taken)
    return taken


def _turn(vocabulary: Vocabulary, move: FootMove, turned_deg: float | None) -> str:
    deg = float(move.turn_deg or 0) if turned_deg is None else turned_deg
    return turn(vocabulary.templates, move.turn, deg)


def _move_clause(
    vocabulary: Vocabulary, step: Step, action: Action, turns: str, ending: str, *, is_turning: bool
) -> str:
    templates, move = vocabulary.templates, action.move
    key = next(key for key in _keys(action) if templates.has(key))
    beside = FEET_NAMED.get(move.to or "") or ("left" if move.foot == "right" else "right")
    return templates.say(
        key,
        ending=ending,
        foot=templates.word(f"foot.{move.foot}"),
        other=templates.word(f"other.{beside}"),
        over=templates.word(f"other.{move.over}") if move.over else "",
        landing=templates.word(f"foot.{move.landing_foot}") if move.landing_foot else "",
        manner=templates.say_if_any("manner", move.manner),
        to=target(templates, move.to, step, is_turning=is_turning),
        turn=turns,
    )


def _keys(action: Action) -> Iterator[str]:
    """Yield the keys of templates that fit a move, the closest first."""
    move = action.move
    how = "land" if action.is_landing else move.how
    if move.place:
        yield f"{how}.{move.place}"
    if move.manner == "double-stepping":
        yield f"{how}.{move.manner}"
    if move.to:
        yield f"{how}.{'foot' if move.to in FEET_NAMED else 'line' if move.to in LINES else 'direction'}"
    if move.distance_shoulder_widths == 0:
        yield f"{how}.on-the-spot"
    yield how
