"""What is wrong with a tul that reads well: a foot that can't get there, legs that cross, a way that does not close."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tkd_rules.tul.floor import Point, between, distance, toward
from tkd_rules.tul.notation import LINES, Foot, FootMove, How, Return, Step, Tul, heading_deg, other
from tkd_rules.tul.placing import PLACING
from tkd_rules.tul.pose import Body, Pose, Walk
from tkd_rules.tul.stances import Stances
from tkd_rules.tul.walking import turned_deg, walk

CLOSES_WITHIN_SHOULDER_WIDTHS = 0.5
KNOWN_WITHIN_SHOULDER_WIDTHS = 0.1
FARTHEST_SHOULDER_WIDTHS = 4.6  # a long jump from behind the other foot to before it
LEAST_TOWARD_SHOULDER_WIDTHS = 0.3
CROSSED_SHOULDER_WIDTHS = 0.15
FULL_TURN_DEG = 360
ON_FLOOR_ONLY: frozenset[How] = frozenset({"step", "slip", "pull", "cross", "bring"})
UNIT = Body(shoulder_width_m=1.0, height_m=4.0)
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """`step` is 0 for what is wrong with the whole tul."""

    step: int
    field: str
    reason: str


def mistakes_of(tul: Tul, stances: Stances, kicks: Collection[str]) -> list[Mistake]:
    """Return everything that is wrong with a tul, by step. `kicks` are the slugs of techniques that are kicks."""
    found = [*_count_mistakes(tul), *_stance_mistakes(tul, stances), *_transition_mistakes(tul, kicks)]
    if not _stances_of(tul) <= stances.keys():
        return sorted(found)
    walked = walk(tul, stances, UNIT)
    return sorted(
        [*found, *_floor_mistakes(tul, walked, stances), *_closing_mistakes(walked, tul.ends_off_shoulder_widths)]
    )


def closing_shoulder_widths(walked: Walk, body: Body) -> float:
    """Return how far from X a walk ends."""
    return distance(Point(0, 0), _centre(walked.end)) / body.shoulder_width_m


def _centre(pose: Pose) -> Point:
    return between(pose.left.at_m, pose.right.at_m)


def _stances_of(tul: Tul) -> set[str]:
    formed = {step.stance.slug for step in tul.steps if step.stance}
    return formed | {tul.ready_stance, *(back.ready_stance for back in _returns(tul))}


def _returns(tul: Tul) -> list[Return]:
    return [tul.closing, *(step.after for step in tul.steps if step.after)]


def _count_mistakes(tul: Tul) -> Iterator[Mistake]:
    if len(tul.steps) != tul.movements:
        yield Mistake(0, "movements", f"{tul.movements} movements, but {len(tul.steps)} steps")
    for place, step in enumerate(tul.steps, start=1):
        group = step.timing_group
        if step.number != place:
            yield Mistake(place, "n", f"step {step.number} stands where {place} belongs")
        if group and (step.number not in group or group != tuple(range(group[0], group[-1] + 1))):
            yield Mistake(place, "timing.group", f"{list(group)} does not surround step {step.number}")
        if step.keeps_hands_of is not None and step.keeps_hands_of >= step.number:
            yield Mistake(place, "hands.keep", "hands can only be kept from an earlier step")


def _stance_mistakes(tul: Tul, stances: Stances) -> Iterator[Mistake]:
    for slug in {tul.ready_stance, tul.closing.ready_stance} - stances.keys():
        yield Mistake(0, "ready", f"{slug} has no measures in stances.yaml")
    for step in tul.steps:
        stance = step.stance
        if step.after and step.after.ready_stance not in stances:
            yield Mistake(step.number, "after.ready", f"{step.after.ready_stance} has no measures in stances.yaml")
        if stance is None:
            continue
        if stance.slug not in stances:
            yield Mistake(step.number, "stance", f"{stance.slug} has no measures in stances.yaml")
            continue
        geometry = stances[stance.slug]
        if geometry.is_long and stance.front not in ("left", "right"):
            yield Mistake(step.number, "stance.front", f"{stance.slug} needs a foot in front")
        elif geometry.named_after == "front" and stance.side != stance.front:
            yield Mistake(step.number, "stance.side", f"{stance.slug} is named after its front foot")
        elif geometry.named_after == "rear" and stance.side == stance.front:
            yield Mistake(step.number, "stance.side", f"{stance.slug} is named after its rear foot")


def _transition_mistakes(tul: Tul, kicks: Collection[str]) -> Iterator[Mistake]:
    in_air: set[Foot] = set()
    before_deg = heading_deg(tul.start_facing) or 0.0
    for step in tul.steps:
        for index, move in enumerate(step.footwork):
            yield from _move_mistakes(step, index, move, in_air)
            in_air = _in_air_after(step, move, in_air)
        if step.support != _standing_on(in_air):
            yield Mistake(step.number, "support", f"stands on {_standing_on(in_air)}, not on {step.support}")
        yield from _turn_mistakes(step, before_deg)
        yield from _kick_mistakes(step, kicks)
        facing = step.after.facing if step.after else step.facing
        in_air = set() if step.after else in_air
        before_deg = heading_deg(facing) or 0.0


def _move_mistakes(step: Step, index: int, move: FootMove, in_air: set[Foot]) -> Iterator[Mistake]:
    place = f"feet.{index}"
    if move.foot == "both":
        return
    if move.how in ON_FLOOR_ONLY and move.foot in in_air:
        yield Mistake(step.number, place, f"the {move.foot} foot is in the air: it is lowered, it can't {move.how}")
    if move.how == "lower" and move.foot not in in_air:
        yield Mistake(step.number, place, f"the {move.foot} foot is on the floor and can't be lowered")
    stands = other(move.foot) not in in_air
    if move.how in ("kick", "lift", *ON_FLOOR_ONLY) and not stands and step.support != "none":
        yield Mistake(step.number, place, f"no foot is on the floor while the {move.foot} foot moves")


def _in_air_after(step: Step, move: FootMove, in_air: set[Foot]) -> set[Foot]:
    if move.foot == "both":
        is_one_legged = move.how == "jump" and step.stance is None and step.support in ("left", "right")
        landed: Foot = "left" if move.landing_foot == "left" else "right"
        return {other(landed)} if is_one_legged else set()
    if move.how not in ("kick", "lift"):
        return in_air - {move.foot}
    return {"left", "right"} if step.support == "none" else in_air | {move.foot}


def _standing_on(in_air: set[Foot]) -> str:
    return {0: "both", 2: "none"}.get(len(in_air)) or other(next(iter(in_air)))


def _turn_mistakes(step: Step, before_deg: float) -> Iterator[Mistake]:
    after_deg = heading_deg(step.facing) or 0.0
    if not step.footwork and after_deg != before_deg:
        yield Mistake(step.number, "facing", "the facing changes, but no foot moves")
    if abs(turned_deg(before_deg, after_deg, step.footwork)) > FULL_TURN_DEG:
        yield Mistake(step.number, "feet", "turns by more than a full turn")
    for index, move in enumerate(step.footwork):
        if move.turn_deg is not None and (move.turn_deg - abs(after_deg - before_deg)) % FULL_TURN_DEG not in (
            0,
            (FULL_TURN_DEG - 2 * abs(after_deg - before_deg)) % FULL_TURN_DEG,
        ):
            yield Mistake(step.number, f"feet.{index}.deg", f"{move.turn_deg} degrees do not lead to {step.facing}")


def _kick_mistakes(step: Step, kicks: Collection[str]) -> Iterator[Mistake]:
    kicking = {move.foot for move in step.footwork if move.how == "kick"}
    if any(move.how == "jump" for move in step.footwork):
        kicking |= {"left", "right", "both"}
    for index, technique in enumerate(step.techniques):
        if technique.slug in kicks and technique.side not in kicking:
            yield Mistake(
                step.number, f"tech.{index}", f"{technique.slug}, but the {technique.side} foot does not kick"
            )


def _floor_mistakes(tul: Tul, walked: Walk, stances: Stances) -> Iterator[Mistake]:
    before = walked.start
    for step, done in zip(tul.steps, walked.steps, strict=True):
        placing = [index for index, move in enumerate(step.footwork) if move.how in PLACING]
        for index, pose in enumerate(done.poses):
            yield from _reach_mistakes(step, index, before, pose)
            before = pose
        if placing and step.stance:
            yield from _place_mistakes(step, placing[-1], done.pose)
            yield from _crossing_mistakes(step, done.pose, stances)
        before = done.after or before


def _reach_mistakes(step: Step, index: int, before: Pose, pose: Pose) -> Iterator[Mistake]:
    for foot in ("left", "right"):
        then, now = before.foot(foot), pose.foot(foot)
        if then.is_down and now.is_down and distance(then.at_m, now.at_m) > FARTHEST_SHOULDER_WIDTHS:
            yield Mistake(step.number, f"feet.{index}", f"the {foot} foot can't get there: it is too far")


def _place_mistakes(step: Step, index: int, pose: Pose) -> Iterator[Mistake]:
    """A foot that is put down toward a direction lies there, seen from the other foot."""
    move = step.footwork[index]
    deg = None if move.to in LINES or move.to is None or "foot" in move.to else heading_deg(move.to)
    if deg is None or move.foot == "both" or move.how == "cross" or _standing_on_one(pose):
        return
    way = pose.foot(move.foot).at_m.minus(pose.foot(other(move.foot)).at_m)
    if way.along(toward(deg)) < LEAST_TOWARD_SHOULDER_WIDTHS and pose.stance and pose.stance.front is not None:
        yield Mistake(step.number, f"feet.{index}", f"the {move.foot} foot does not come to lie toward {move.to}")


def _standing_on_one(pose: Pose) -> bool:
    return not (pose.left.is_down and pose.right.is_down)


def _crossing_mistakes(step: Step, pose: Pose, stances: Stances) -> Iterator[Mistake]:
    if _standing_on_one(pose) or (pose.stance and stances[pose.stance.slug].named_after == "supporting"):
        return
    aside = pose.right.at_m.minus(pose.left.at_m).along(toward(pose.heading_deg + 90))
    if aside < -CROSSED_SHOULDER_WIDTHS:
        yield Mistake(step.number, "stance", "the legs are crossed: a foot would have stepped through the other")


def _closing_mistakes(walked: Walk, known: float | None) -> Iterator[Mistake]:
    far = closing_shoulder_widths(walked, UNIT)
    if known is None and far > CLOSES_WITHIN_SHOULDER_WIDTHS + _ROUNDING:
        yield Mistake(0, "end", f"ends {far:.2f} shoulder widths from where it began")
    if known is not None and abs(far - known) > KNOWN_WITHIN_SHOULDER_WIDTHS:
        yield Mistake(0, "ends_off", f"ends {far:.2f} shoulder widths from where it began, not {known:.2f}")
    if abs(walked.end.heading_deg - walked.start.heading_deg) > _ROUNDING:
        yield Mistake(0, "end", "does not end facing as it began")
