"""A body over its feet: joints, head and hands as points in metres, from how it stands."""

import math
from typing import NamedTuple

from tkd_rules.tul.floor import Point, toward
from tkd_rules.tul.pose import Body
from tkd_rules.tul.space import Spot, above, joint

# Of the height of the body, as grown people measure on average.
THIGH, SHIN, ANKLE, SOLE = 0.245, 0.246, 0.045, 0.15
UPPER_ARM, FOREARM = 0.18, 0.185
TRUNK, NECK_TO_HEAD, HEAD_RADIUS = 0.29, 0.115, 0.068
HALF_HIP = 0.055
HEEL_SHARE = 0.35  # of the sole that lies behind the ankle
ALMOST_STRAIGHT = 0.985
HANDS_MEASURED_AT_M = 1.72


class Posture(NamedTuple):
    """How a body stands, as numbers that can be mixed: metres, degrees that count whole turns.

    `left_z` is how far the left foot is above the floor, `sink` how much lower than it could the body stands,
    `lift` how high all of it is in the air. Hands are seen from the chest: right, ahead, up.
    """

    left_x: float
    left_y: float
    left_z: float
    left_deg: float
    right_x: float
    right_y: float
    right_z: float
    right_deg: float
    hips_x: float
    hips_y: float
    weight_x: float
    weight_y: float
    sink: float
    lift: float
    heading_deg: float
    left_hand_x: float
    left_hand_y: float
    left_hand_z: float
    right_hand_x: float
    right_hand_y: float
    right_hand_z: float


class Limbs(NamedTuple):
    """The limbs of one side."""

    shoulder: Spot
    elbow: Spot
    hand: Spot
    hip: Spot
    knee: Spot
    ankle: Spot
    heel: Spot
    toe: Spot


class Figure(NamedTuple):
    """`face` lies before the head, where the eyes look; `weight` is on the floor below the body."""

    left: Limbs
    right: Limbs
    head: Spot
    face: Spot
    head_radius_m: float
    weight: Spot
    heading_deg: float


def figure_of(posture: Posture, body: Body) -> Figure:
    """Return the figure of a posture. A leg that is too short for its stance is drawn longer."""
    height_m = body.height_m
    ahead, right = toward(posture.heading_deg), toward(posture.heading_deg + 90)
    hips = Spot(posture.hips_x, posture.hips_y, _hips_z(posture, height_m) + posture.lift)
    chest = hips.moved(Spot(0, 0, TRUNK * height_m))
    head = chest.moved(Spot(0, 0, NECK_TO_HEAD * height_m))
    frame = _Frame(right=right, ahead=ahead, hips=hips, chest=chest, body=body, lift=posture.lift)
    left_foot = Spot(posture.left_x, posture.left_y, posture.left_z)
    right_foot = Spot(posture.right_x, posture.right_y, posture.right_z)
    left_hand = Spot(posture.left_hand_x, posture.left_hand_y, posture.left_hand_z)
    right_hand = Spot(posture.right_hand_x, posture.right_hand_y, posture.right_hand_z)
    return Figure(
        left=_limbs(frame, -1, left_foot, posture.left_deg, left_hand),
        right=_limbs(frame, 1, right_foot, posture.right_deg, right_hand),
        head=head,
        face=head.moved(above(ahead, 0.0), HEAD_RADIUS * height_m),
        head_radius_m=HEAD_RADIUS * height_m,
        weight=Spot(posture.weight_x, posture.weight_y, 0.0),
        heading_deg=posture.heading_deg % 360,
    )


class _Frame(NamedTuple):
    right: Point
    ahead: Point
    hips: Spot
    chest: Spot
    body: Body
    lift: float

    def spot(self, seen: Spot, start: Spot, scale: float) -> Spot:
        """Return where something is that is seen from the body."""
        return Spot(
            start.x + scale * (self.right.x * seen.x + self.ahead.x * seen.y),
            start.y + scale * (self.right.y * seen.x + self.ahead.y * seen.y),
            start.z + scale * seen.z,
        )


def _hips_z(posture: Posture, height_m: float) -> float:
    """Return how high the hips can be over the feet that stand, less what the stance sinks."""
    leg_m = (THIGH + SHIN) * height_m * ALMOST_STRAIGHT
    reach = (
        z + math.sqrt(max(0.0, leg_m**2 - (x - posture.hips_x) ** 2 - (y - posture.hips_y) ** 2))
        for x, y, z in (
            (posture.left_x, posture.left_y, posture.left_z),
            (posture.right_x, posture.right_y, posture.right_z),
        )
    )
    return max(min(*reach, leg_m), leg_m / 2) + ANKLE * height_m - posture.sink


def _limbs(frame: _Frame, side: int, foot: Spot, foot_deg: float, hand: Spot) -> Limbs:
    height_m = frame.body.height_m
    shoulder = frame.spot(Spot(side * frame.body.shoulder_width_m / 2, 0, 0), frame.chest, 1)
    hip = frame.spot(Spot(side * HALF_HIP * height_m, 0, 0), frame.hips, 1)
    held = frame.spot(hand, frame.chest, height_m / HANDS_MEASURED_AT_M)
    ankle = foot.moved(Spot(0, 0, ANKLE * height_m + frame.lift))
    points = toward(foot_deg)
    sole = above(points, 0.0)
    down = Spot(foot.x, foot.y, foot.z + frame.lift)
    knee_way = Spot(frame.ahead.x + points.x, frame.ahead.y + points.y, 0.2)
    elbow_way = Spot(side * frame.right.x - 0.3 * frame.ahead.x, side * frame.right.y - 0.3 * frame.ahead.y, -1.0)
    return Limbs(
        shoulder=shoulder,
        elbow=joint(shoulder, held, UPPER_ARM * height_m, FOREARM * height_m, elbow_way),
        hand=held,
        hip=hip,
        knee=joint(hip, ankle, THIGH * height_m, SHIN * height_m, knee_way),
        ankle=ankle,
        heel=down.moved(sole, -HEEL_SHARE * SOLE * height_m),
        toe=down.moved(sole, (1 - HEEL_SHARE) * SOLE * height_m),
    )
