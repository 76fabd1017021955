"""What lies between two poses of a walk, for a film."""

from tkd_rules.tul.floor import between, nearest_deg
from tkd_rules.tul.pose import Footprint, Pose


def pose_between(before: Pose, after: Pose, turned_deg: float, share: float) -> Pose:
    """Return the pose at a share of the way; the body and both feet turn as far as `turned_deg` says."""
    return Pose(
        left=_foot_between(before.left, after.left, turned_deg, share),
        right=_foot_between(before.right, after.right, turned_deg, share),
        weight_at_m=between(before.weight_at_m, after.weight_at_m, share),
        heading_deg=(before.heading_deg + share * turned_deg) % 360,
        stance=after.stance,
    )


def _foot_between(before: Footprint, after: Footprint, turned_deg: float, share: float) -> Footprint:
    rest = nearest_deg(after.heading_deg - before.heading_deg - turned_deg)
    return Footprint(
        at_m=between(before.at_m, after.at_m, share),
        heading_deg=(before.heading_deg + share * (turned_deg + rest)) % 360,
        height_m=before.height_m + share * (after.height_m - before.height_m),
    )
