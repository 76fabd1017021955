"""Where a body stands: both feet, its weight and its heading, in metres and degrees."""

from dataclasses import dataclass, replace

from tkd_rules.tul.floor import Point
from tkd_rules.tul.mirroring import mirrored_stance
from tkd_rules.tul.notation import Side, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Whose steps are measured. A shoulder width is the unit of every stance."""

    shoulder_width_m: float = 0.42
    height_m: float = 1.72


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """A foot: where its centre is on the floor or above it, and where it points."""

    at_m: Point
    heading_deg: float
    height_m: float = 0.0

    @property
    def is_down(self) -> bool:
        return self.height_m == 0

    def turned(self, deg: float) -> "Footprint":
        return replace(self, at_m=self.at_m.turned(deg), heading_deg=(self.heading_deg + deg) % 360)

    def mirrored(self) -> "Footprint":
        return replace(self, at_m=Point(-self.at_m.x, self.at_m.y), heading_deg=-self.heading_deg % 360)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    left: Footprint
    right: Footprint
    weight_at_m: Point
    heading_deg: float
    stance: Stance | None

    def foot(self, side: Side) -> Footprint:
        return self.left if side == "left" else self.right

    def turned(self, deg: float) -> "Pose":
        """Return the pose as it stands when the whole floor is turned clockwise around X."""
        return replace(
            self,
            left=self.left.turned(deg),
            right=self.right.turned(deg),
            weight_at_m=self.weight_at_m.turned(deg),
            heading_deg=(self.heading_deg + deg) % 360,
        )

    def mirrored(self) -> "Pose":
        """Return the pose as a mirror on the far side shows it: left is right, and A is where B was."""
        return replace(
            self,
            left=self.right.mirrored(),
            right=self.left.mirrored(),
            weight_at_m=Point(-self.weight_at_m.x, self.weight_at_m.y),
            heading_deg=-self.heading_deg % 360,
            stance=self.stance and mirrored_stance(self.stance),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedStep:
    """A step as it was walked: a pose for each thing that the feet did, at least one.

    `turned_deg` is how far the body turned, clockwise as seen from above. `after` is an uncounted return.
    """

    number: int
    poses: tuple[Pose, ...]
    turned_deg: float
    after: Pose | None = None

    @property
    def pose(self) -> Pose:
        return self.poses[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """From the ready posture through every step back to the ready posture."""

    start: Pose
    steps: tuple[WalkedStep, ...]
    end: Pose
