"""What learners want their plans to be."""

from dataclasses import dataclass

from tkd_rules.training.plans import Plan as Trained


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants a plan of theirs to be; `belt` is a rank."""

    name: str
    description: str
    belt: int | None
    trained: Trained
