"""What a body looks like over its feet: where each foot points, which is raised and how high, where the weight is."""

from dataclasses import dataclass

from tkd_rules.tul.floor import Point, between
from tkd_rules.tul.notation import Foot, FootMove, Stance, Step, other
from tkd_rules.tul.placing import Floor
from tkd_rules.tul.pose import Body, Footprint, Pose
from tkd_rules.tul.stances import Geometry

KICK_REACH_OF_HEIGHT = 0.42
KICK_OF_HEIGHT = {"low": 0.28, "middle": 0.58, "high": 0.87}
LIFTED_OF_HEIGHT = 0.25  # raised without a kick, a foot is held at the other knee


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Between two moves of a step, or at its end: the stance that is formed by then, the move just made."""

    heading_deg: float
    stance: Stance | None = None
    step: Step | None = None
    move: FootMove | None = None


def pose_at(floor: Floor, moment: Moment, body: Body) -> Pose:
    """Return how a body stands on the floor. Raises UnknownStanceError."""
    geometry = floor.geometry(moment.stance.slug) if moment.stance else None
    return Pose(
        left=_footprint("left", floor, moment, geometry, body),
        right=_footprint("right", floor, moment, geometry, body),
        weight_at_m=_in_metres(_weight(floor, moment.stance, geometry), body),
        heading_deg=moment.heading_deg % 360,
        stance=moment.stance,
    )


def _footprint(foot: Foot, floor: Floor, moment: Moment, geometry: Geometry | None, body: Body) -> Footprint:
    at_m = _in_metres(floor.place(foot), body)
    heading_deg = (moment.heading_deg + _outward_deg(foot, moment.stance, geometry)) % 360
    if foot not in floor.in_air:
        return Footprint(at_m=at_m, heading_deg=heading_deg)
    if moment.move is None or moment.move.how != "kick" or moment.move.foot != foot:
        return Footprint(at_m=at_m, heading_deg=heading_deg, height_m=LIFTED_OF_HEIGHT * body.height_m)
    return Footprint(
        at_m=at_m.moved(floor.kicked_toward, KICK_REACH_OF_HEIGHT * body.height_m),
        heading_deg=heading_deg,
        height_m=KICK_OF_HEIGHT[_level(foot, moment.step)] * body.height_m,
    )


def _outward_deg(foot: Foot, stance: Stance | None, geometry: Geometry | None) -> float:
    if stance is None or geometry is None:
        return 0.0
    is_rear = stance.front == other(foot)
    outward = geometry.rear_foot_outward_deg if is_rear else geometry.front_foot_outward_deg
    return -outward if foot == "left" else outward


def _level(foot: Foot, step: Step | None) -> str:
    techniques = step.techniques if step else ()
    return next((technique.level for technique in techniques if technique.side == foot and technique.level), "middle")


def _weight(floor: Floor, stance: Stance | None, geometry: Geometry | None) -> Point:
    on_floor = [floor.place(foot) for foot in ("left", "right") if foot not in floor.in_air]
    if len(on_floor) == 1:
        return on_floor[0]
    if stance is None or geometry is None:
        return floor.centre()
    if geometry.weight_front_percent is None:
        return floor.place("left" if stance.side == "left" else "right")
    if stance.front not in ("left", "right"):
        return floor.centre()
    rear, front = floor.place(other(stance.front)), floor.place(stance.front)
    return between(rear, front, geometry.weight_front_percent / 100)


def _in_metres(at: Point, body: Body) -> Point:
    return Point(at.x * body.shoulder_width_m, at.y * body.shoulder_width_m)
