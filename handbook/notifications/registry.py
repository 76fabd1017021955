"""Where apps say of whom they know that something is due; this app knows no other app's data.

In an app's `ready()`: `register(Planner(kind=Kind.TRAINING_TODAY, asked_from=time(7), due=sessions_today))`. `due` is
given people and a moment and returns the context (`FACTS` in kinds.py) of those to be told; the others are left out.
It is asked about everybody once a local day, when their clock shows `asked_from` or more, also after an outage, and
only reads. What happens at a moment of its own, such as a message from a club, is told by `notify` instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from handbook.notifications.kinds import Context, Kind

Due = Callable[[Sequence[UUID], datetime], Mapping[UUID, Context]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    kind: Kind
    asked_from: time
    due: Due


_planners: dict[Kind, Planner] = {}


def register(planner: Planner) -> None:
    _planners[planner.kind] = planner


def planners() -> Mapping[Kind, Planner]:
    return _planners
