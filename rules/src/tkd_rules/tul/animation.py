"""A tul in motion: its postures strung on a timeline, and the figure at any moment of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tkd_rules.tul.figure import Figure, Posture, figure_of
from tkd_rules.tul.floor import Point, between, distance, nearest_deg
from tkd_rules.tul.hands import Hands, guarding, hands_of, ready_hands
from tkd_rules.tul.notation import FootMove, Step, Tul, other
from tkd_rules.tul.pose import Body, Footprint, Pose, Walk, WalkedStep
from tkd_rules.tul.timing import Span, timeline
from tkd_rules.tul.travelling import Way
from tkd_rules.tul.walking import AVERAGE

HOP_M, FLIGHT_M = 0.3, 0.3
KICKED_FROM_M = 0.25  # a raised foot that is farther from where the weight is kicks, nearer it is held
CHAMBER_OF_KICK, CHAMBER_M = 0.35, 0.5  # a kick begins and ends with the knee bent: near the body, this high
# Forward of the middle, where the front knee is bent and the rear leg straight.
FORWARD = {"gunnun-sogi": 0.62, "nachuo-sogi": 0.66}
SINK_M = {
    "annun-sogi": 0.1,
    "niunja-sogi": 0.06,
    "gojung-sogi": 0.06,
    "dwitbal-sogi": 0.07,
    "kyocha-sogi": 0.1,
    "guburyo-junbi-sogi-a": 0.08,
}
# Shares of the time that a movement takes.
CHAMBERING, KICKING, PULLING_BACK, STEPPING = 0.5, 0.4, 0.35, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Animation:
    spans: tuple[Span, ...]
    ways: tuple[Way, ...]
    starts_s: tuple[float, ...]
    body: Body

    @property
    def ends_s(self) -> float:
        return self.spans[-1].ends_s

    def span_at(self, at_s: float) -> Span:
        """Return the movement that happens at a moment; the next one has not begun while one ends."""
        return self.spans[max(0, bisect_left(self.spans, at_s, key=lambda span: span.starts_s) - 1)]

    def posture_at(self, at_s: float) -> Posture:
        return self.ways[max(0, bisect_right(self.starts_s, at_s) - 1)].at(at_s)

    def figure_at(self, at_s: float) -> Figure:
        """Return the figure at a moment, in seconds from the ready posture at the tempo of a class."""
        return figure_of(self.posture_at(at_s), self.body)


def animated(tul: Tul, walk: Walk, classes: Mapping[str, str], body: Body = AVERAGE) -> Animation:
    """Return a walked tul as an animation. `classes` names the category of each technique: block, punch and so on."""
    spans = timeline(tul)
    ways = tuple(_ways(tul, walk, classes, spans))
    return Animation(spans=spans, ways=ways, starts_s=tuple(way.starts_s for way in ways), body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phase:
    posture: Posture
    share: float
    hop_m: float = 0.0


def _ways(tul: Tul, walk: Walk, classes: Mapping[str, str], spans: tuple[Span, ...]) -> Iterator[Way]:
    hands = {0: ready_hands(tul.ready_stance)}
    posture = _posture(walk.start, hands[0], None, 0.0)
    yield Way(start=posture, end=posture, starts_s=0.0, ends_s=spans[0].ends_s)
    for step, walked, span in zip(tul.steps, walk.steps, spans[1:], strict=False):
        kept = hands.get(step.keeps_hands_of or -1)
        hands[step.number] = kept or hands_of(step.techniques, step.stance, step.facing, classes)
        phases = _phases(posture, step, walked, hands[step.number])
        yield from _strung(posture, phases, span.starts_s, span.formed_s)
        posture = phases[-1].posture
        if walked.after and step.after:
            back = _posture(walked.after, ready_hands(step.after.ready_stance), posture, None)
            yield from _strung(posture, [_Phase(posture=back, share=STEPPING)], span.left_s, span.ends_s)
            posture = back
    end = _posture(walk.end, ready_hands(tul.closing.ready_stance), posture, None)
    phases = [*_pulled_back(posture), _Phase(posture=end, share=STEPPING)]
    yield from _strung(posture, phases, spans[-1].starts_s, spans[-1].formed_s)


def _strung(start: Posture, phases: list[_Phase], starts_s: float, ends_s: float) -> Iterator[Way]:
    whole, gone = sum(phase.share for phase in phases), 0.0
    for before, phase in pairwise([_Phase(posture=start, share=0.0), *phases]):
        from_s = starts_s + (ends_s - starts_s) * gone / whole
        gone += phase.share
        to_s = starts_s + (ends_s - starts_s) * gone / whole
        yield Way(start=before.posture, end=phase.posture, starts_s=from_s, ends_s=to_s, hop_m=phase.hop_m)


def _phases(posture: Posture, step: Step, walked: WalkedStep, hands: Hands) -> list[_Phase]:
    """Return what a movement leads through: a posture for each thing that the feet do, and the bent knee of a kick."""
    phases: list[_Phase] = []
    last = len(walked.poses) - 1
    moves: tuple[FootMove | None, ...] = step.footwork or (None,)
    for index, (move, pose) in enumerate(zip(moves, walked.poses, strict=True)):
        phases += _pulled_back(posture)
        before, turned_deg = posture, None if index else walked.turned_deg
        posture = _posture(pose, hands if index == last else guarding(step.stance), before, turned_deg)
        if step.support == "none":
            posture = posture._replace(lift=FLIGHT_M)
        if chamber := _chamber(posture):
            phases += [_Phase(posture=chamber, share=CHAMBERING), _Phase(posture=posture, share=KICKING)]
        else:
            is_jump = move is not None and move.how in ("jump", "spin") and not before.lift
            phases.append(_Phase(posture=posture, share=STEPPING, hop_m=HOP_M if is_jump else 0.0))
    return phases


def _pulled_back(posture: Posture) -> list[_Phase]:
    """Return how a kick comes back; nothing where no foot is out."""
    chamber = _chamber(posture)
    return [_Phase(posture=chamber, share=PULLING_BACK)] if chamber else []


def _chamber(posture: Posture) -> Posture | None:
    weight = Point(posture.weight_x, posture.weight_y)
    left, right = Point(posture.left_x, posture.left_y), Point(posture.right_x, posture.right_y)
    if posture.left_z and distance(left, weight) > KICKED_FROM_M:
        at = between(weight, left, CHAMBER_OF_KICK)
        return posture._replace(left_x=at.x, left_y=at.y, left_z=CHAMBER_M)
    if posture.right_z and distance(right, weight) > KICKED_FROM_M:
        at = between(weight, right, CHAMBER_OF_KICK)
        return posture._replace(right_x=at.x, right_y=at.y, right_z=CHAMBER_M)
    return None


def _posture(pose: Pose, hands: Hands, before: Posture | None, turned_deg: float | None) -> Posture:
    """Return a pose as numbers; its heading counts on from the posture before, on the way that the body turned."""
    heading_deg = pose.heading_deg
    if before is not None:
        turned = nearest_deg(heading_deg - before.heading_deg) if turned_deg is None else turned_deg
        heading_deg = before.heading_deg + turned
    hips = _hips(pose)
    return Posture(
        *_foot(pose.left, pose, heading_deg),
        *_foot(pose.right, pose, heading_deg),
        *hips,
        *pose.weight_at_m,
        SINK_M.get(pose.stance.slug, 0.0) if pose.stance else 0.0,
        0.0,
        heading_deg,
        *hands.left,
        *hands.right,
    )


def _foot(foot: Footprint, pose: Pose, heading_deg: float) -> tuple[float, float, float, float]:
    return (*foot.at_m, foot.height_m, heading_deg + nearest_deg(foot.heading_deg - pose.heading_deg))


def _hips(pose: Pose) -> Point:
    stance = pose.stance
    if stance is None or stance.front not in ("left", "right") or stance.slug not in FORWARD:
        return pose.weight_at_m
    return between(pose.foot(other(stance.front)).at_m, pose.foot(stance.front).at_m, FORWARD[stance.slug])
