"""How long the movements of a tul take: an even breath for most of them, faster, slower or joined where it says so."""

from dataclasses import dataclass

from tkd_rules.tul.notation import Step, Timing, Tul

READY_S = 0.8
CLOSING_S = 1.2
RETURN_S = 1.0
MORE_FOOTWORK_S = 0.5
MOVING_S: dict[Timing, float] = {
    "normal": 1.0,
    "fast": 0.6,
    "slow": 2.6,
    "continuous": 1.0,
    "connecting": 0.8,
    "consecutive": 0.8,
}
STANDING_S: dict[Timing, float] = {
    "normal": 0.5,
    "fast": 0.3,
    "slow": 0.6,
    "continuous": 0.1,
    "connecting": 0.1,
    "consecutive": 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When a movement begins, when it is formed, when a return after it begins, and when the next one may begin.

    The ready posture is movement 0, the return to it the one after the last.
    """

    number: int
    starts_s: float
    formed_s: float
    left_s: float
    ends_s: float


def timeline(tul: Tul) -> tuple[Span, ...]:
    """Return when each movement happens at the tempo of a class, in seconds from the ready posture."""
    spans = [Span(number=0, starts_s=0.0, formed_s=0.0, left_s=READY_S, ends_s=READY_S)]
    for step in tul.steps:
        spans.append(_after(spans[-1], step.number, moving_s(step), STANDING_S[step.timing], returns=bool(step.after)))
    spans.append(_after(spans[-1], spans[-1].number + 1, CLOSING_S, READY_S, returns=False))
    return tuple(spans)


def moving_s(step: Step) -> float:
    return MOVING_S[step.timing] + MORE_FOOTWORK_S * max(0, len(step.footwork) - 1)


def _after(before: Span, number: int, moving: float, standing: float, *, returns: bool) -> Span:
    formed_s = before.ends_s + moving
    left_s = formed_s + standing
    return Span(
        number=number,
        starts_s=before.ends_s,
        formed_s=formed_s,
        left_s=left_s,
        ends_s=left_s + (RETURN_S if returns else 0.0),
    )
