"""How long and wide a stance is, and where its feet point; measured in content/stances.yaml, with the source there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

NamedAfter = Literal["front", "rear", "supporting", "none"]


class UnknownStanceError(LookupError):
    """A step forms a stance of which no measures are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Distances between the centres of the feet in shoulder widths: along the facing, and across it.

    The foot angles are in degrees outward from the facing. Without a share of weight in front, all of it
    is on the supporting leg.
    """

    slug: str
    length_shoulder_widths: float
    width_shoulder_widths: float
    named_after: NamedAfter
    weight_front_percent: int | None
    front_foot_outward_deg: float
    rear_foot_outward_deg: float

    @property
    def is_long(self) -> bool:
        return self.length_shoulder_widths > 0

    @property
    def is_on_one_leg(self) -> bool:
        return self.named_after == "supporting" and self.width_shoulder_widths == 0


Stances = Mapping[str, Geometry]


def geometry_of(slug: str, data: Mapping[str, Any]) -> Geometry:
    """Return the measures in a stance of content/stances.yaml, or in `geometry` of a technique's document."""
    return Geometry(
        slug=slug,
        length_shoulder_widths=float(data["length_shoulder_widths"]),
        width_shoulder_widths=float(data["width_shoulder_widths"]),
        named_after=data["named_after"],
        weight_front_percent=data["weight_front_percent"],
        front_foot_outward_deg=float(data["front_foot_outward_deg"]),
        rear_foot_outward_deg=float(data["rear_foot_outward_deg"]),
    )
