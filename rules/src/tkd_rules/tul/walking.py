"""Walking a tul: where the feet, the weight and the body are after every movement."""

from tkd_rules.tul.notation import FootMove, Return, Stance, Step, Tul
from tkd_rules.tul.placing import PLACING, Floor, Placed, close_up, place, settle
from tkd_rules.tul.pose import Body, Pose, Walk, WalkedStep
from tkd_rules.tul.stances import Stances
from tkd_rules.tul.standing import Moment, pose_at

AVERAGE = Body()


def walk(tul: Tul, stances: Stances, body: Body = AVERAGE, facing_deg: float = 0.0) -> Walk:
    """Return the way through a tul: metres, x to the performer's right at the start, y ahead, X in the origin.

    `facing_deg` turns the whole floor clockwise. Lengths of stances: content/stances.yaml (`source`).
    Raises UnknownStanceError when a step names a stance without measures.
    """
    floor = Floor(stances=stances, facing_deg=facing_deg, heading_deg=0.0)
    floor.heading_deg = _bearing(floor, tul.start_facing)
    floor.stand_ready(tul.ready_stance)
    return Walk(
        start=pose_at(floor, Moment(heading_deg=floor.heading_deg, stance=Stance(slug=tul.ready_stance)), body),
        steps=tuple(_walked(floor, step, body) for step in tul.steps),
        end=_closed(floor, tul.closing, body),
    )


def turned_deg(before_deg: float, after_deg: float, footwork: tuple[FootMove, ...]) -> float:
    """Return how far a body turns, clockwise positive: as its moves say, or else the shorter way."""
    clockwise = (after_deg - before_deg) % 360
    turn = next((move.turn for move in footwork if move.turn), None)
    stated = next((move.turn_deg for move in footwork if move.turn_deg), None)
    if turn == "cw":
        return float(stated or clockwise)
    if turn == "ccw":
        return -float(stated or (360 - clockwise) % 360)
    return clockwise if clockwise <= 180 else clockwise - 360  # noqa: PLR2004 - half a turn


def _bearing(floor: Floor, letters: str) -> float:
    deg = floor.bearing(letters)
    if deg is None:
        raise ValueError(f"{letters} is a line, nobody faces it")
    return deg


def _walked(floor: Floor, step: Step, body: Body) -> WalkedStep:
    deg = _bearing(floor, step.facing)
    turned = turned_deg(floor.heading_deg, deg, step.footwork)
    placing = [index for index, move in enumerate(step.footwork) if move.how in PLACING]
    final = placing[-1] if placing else None
    poses = []
    for index, move in enumerate(step.footwork):
        place(floor, Placed(move=move, step=step, is_final=index == final, deg=deg))
        poses.append(pose_at(floor, Moment(heading_deg=deg, step=step, move=move), body))
    settle(floor, step, deg)
    floor.heading_deg = deg
    last = step.footwork[-1] if step.footwork else None
    pose = pose_at(floor, Moment(heading_deg=deg, stance=step.stance, step=step, move=last), body)
    return WalkedStep(
        number=step.number,
        poses=(*poses[:-1], pose),
        turned_deg=turned,
        after=_closed(floor, step.after, body) if step.after else None,
    )


def _closed(floor: Floor, back: Return, body: Body) -> Pose:
    deg = _bearing(floor, back.facing)
    close_up(floor, back, deg)
    floor.heading_deg, floor.line = deg, "AB"
    return pose_at(floor, Moment(heading_deg=deg, stance=Stance(slug=back.ready_stance)), body)
