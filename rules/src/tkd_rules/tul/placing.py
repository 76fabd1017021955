"""Where each thing that a foot does puts it, in shoulder widths.

The foot that moves is placed from the foot that stays. A stance stands with its centre on the line it is walked
along, AB, CD or EF, as it is taught; and before the body turns onto another line, the foot that it turns on comes
onto the line it leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tkd_rules.tul.floor import ORIGIN, Point, between, distance, toward
from tkd_rules.tul.notation import (
    FEET_NAMED,
    LINES,
    Foot,
    FootMove,
    How,
    Line,
    Return,
    Stance,
    Step,
    heading_deg,
    line_of,
    other,
)
from tkd_rules.tul.stances import Geometry, Stances, UnknownStanceError

STEP_WITHOUT_STANCE = 1.5  # shoulder widths, where a foot is put down and nothing says how far: a walking stance
LOWERED_AFTER_KICK = 1.0
BESIDE_AND_AHEAD = 0.3
LEVEL = 1e-9  # feet that are as far as each other, but for rounding
A_STANCE = (
    1.0 + 1e-9
)  # what pivots correct: a walking stance is one shoulder width wide, half on each side of its line;
HALF_A_STANCE = 0.5 + 1e-9  # what is farther from its line than that is no inaccuracy of a pivot but a mistake
SHORT_STEP = 0.6  # a stated distance below it is counted from where the foot was, a longer one from the other foot
PLACING: frozenset[How] = frozenset(
    {"step", "slip", "pull", "lower", "cross", "bring", "jump", "slide", "pivot", "return"}
)
_EITHER: tuple[Foot, Foot] = ("left", "right")


@dataclass(slots=True)
class Floor:
    """Both feet on the floor, and what of the way behind them matters for the next move."""

    stances: Stances
    facing_deg: float
    left: Point = ORIGIN
    right: Point = ORIGIN
    heading_deg: float = 0.0
    line: Line = "AB"
    line_ef_at: Point | None = None
    kicked_toward: Point = ORIGIN
    in_air: set[Foot] = field(default_factory=set)

    def place(self, foot: Foot) -> Point:
        return self.left if foot == "left" else self.right

    def put(self, foot: Foot, at: Point) -> None:
        if foot == "left":
            self.left = at
        else:
            self.right = at
        self.in_air.discard(foot)

    def centre(self) -> Point:
        return between(self.left, self.right)

    def bearing(self, letters: str) -> float | None:
        """Return the heading of letters on a floor that may itself be turned; none for a whole line."""
        deg = heading_deg(letters)
        return None if deg is None else (deg + self.facing_deg) % 360

    def both_moved(self, by: Point) -> None:
        self.left, self.right = self.left.moved(by), self.right.moved(by)

    def stand_ready(self, slug: str) -> None:
        """Stand in a ready posture around X."""
        self.form(Stance(slug=slug), "right", self.heading_deg)
        self.both_moved(ORIGIN.minus(self.centre()))

    def form(self, stance: Stance, anchor: Foot, deg: float) -> None:
        """Put the foot that is not the anchor where the stance wants it."""
        self.put(other(anchor), self.place(anchor).moved(_offset(stance, self.geometry(stance.slug), anchor, deg)))

    def geometry(self, slug: str) -> Geometry:
        """Raises UnknownStanceError."""
        if slug not in self.stances:
            raise UnknownStanceError(slug)
        return self.stances[slug]

    def onto_line(self, foot: Foot, line: Line) -> None:
        """Bring a foot onto a line, straight across it."""
        self.put(foot, self.place(foot).moved(self._back_from(self.place(foot), line, HALF_A_STANCE)))

    def centred_on(self, line: Line) -> None:
        self.both_moved(self._back_from(self.centre(), line, A_STANCE))

    def _back_from(self, at: Point, line: Line, farthest: float) -> Point:
        """Return the way from a point straight onto a line, or none when it is farther than a pivot corrects."""
        across = self._across(at, line)
        return ORIGIN if distance(across, ORIGIN) > farthest else ORIGIN.minus(across)

    def _across(self, at: Point, line: Line) -> Point:
        """Return the way from a line to a point. The line EF lies where it is first stepped on."""
        if line == "EF" and self.line_ef_at is None:
            self.line_ef_at = self.centre()
        start = self.line_ef_at if line == "EF" and self.line_ef_at else ORIGIN
        across = toward(self.facing_deg + (90 if line == "CD" else 0))
        return ORIGIN.moved(across, at.minus(start).along(across))


def _offset(stance: Stance, geometry: Geometry, anchor: Foot, deg: float) -> Point:
    """Return the way from the foot that stays to the foot that a stance puts in its place."""
    mover = other(anchor)
    if geometry.is_on_one_leg:
        return ORIGIN
    if geometry.is_long:
        ahead = ORIGIN.moved(toward(deg), geometry.length_shoulder_widths)
        aside = toward(deg - 90) if stance.front == "left" else toward(deg + 90)
        return ORIGIN.moved(ahead.moved(aside, geometry.width_shoulder_widths), 1 if mover == stance.front else -1)
    beside = mover if geometry.named_after != "supporting" else anchor
    return ORIGIN.moved(toward(deg - 90 if beside == "left" else deg + 90), geometry.width_shoulder_widths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A move to be placed: whether it is the last of its step that puts a foot down, and the heading after it."""

    move: FootMove
    step: Step
    is_final: bool
    deg: float

    @property
    def stance(self) -> Stance | None:
        return self.step.stance if self.is_final else None


def place(floor: Floor, placed: Placed) -> None:
    """Do one move. Raises UnknownStanceError."""
    if placed.move.how in _TOGETHER:
        _TOGETHER[placed.move.how](floor, placed)
        return
    for foot in _EITHER if placed.move.foot == "both" else (placed.move.foot,):
        _SINGLE.get(placed.move.how, _put_down)(floor, placed, foot)


def close_up(floor: Floor, back: Return, deg: float) -> None:
    """Bring a foot back into a ready posture; the other comes onto its line first, as before any turn."""
    if line_of(back.facing) != floor.line:
        floor.onto_line(other(back.foot), floor.line)
    floor.form(Stance(slug=back.ready_stance), other(back.foot), deg)


def settle(floor: Floor, step: Step, deg: float) -> None:
    """Stand on the line that the step leads along, unless it leads across the lines or ends on one leg."""
    line = _line_along(floor, step)
    if line is None:
        return
    floor.line = line
    if step.stance is None or floor.geometry(step.stance.slug).is_on_one_leg:
        return
    if (deg - floor.facing_deg) % 90 == 0:
        floor.centred_on(line)


def _line_along(floor: Floor, step: Step) -> Line | None:
    """Return the line of the last foot that was put somewhere; one that only slips or pivots stays on its line."""
    moves = [move for move in step.footwork if move.how in PLACING]
    if not moves:
        return None
    if moves[-1].to is not None:
        return line_of(moves[-1].to)
    return floor.line if floor.line == line_of(step.facing) else None


def _kick(floor: Floor, placed: Placed, foot: Foot) -> None:
    deg = floor.bearing(placed.move.to or placed.step.facing)
    floor.kicked_toward = toward(placed.deg if deg is None else deg)
    _lift(floor, placed, foot)


def _flies(step: Step) -> bool:
    """Whether both feet leave the floor in a step, so that neither is drawn to the other."""
    return step.support == "none" or any(move.how == "jump" for move in step.footwork)


def _lift(floor: Floor, placed: Placed, foot: Foot) -> None:
    if not _flies(placed.step):
        floor.put(foot, floor.place(other(foot)))
    floor.in_air |= set(_EITHER) if placed.step.support == "none" else {foot}


def _pivot(floor: Floor, placed: Placed, foot: Foot) -> None:
    if placed.stance is not None:
        floor.form(placed.stance, foot, placed.deg)


def _put_down(floor: Floor, placed: Placed, foot: Foot) -> None:
    move, stance = placed.move, placed.stance
    if move.to in FEET_NAMED or move.how == "bring":
        _bring(floor, placed, foot)
    elif stance is not None and move.how == "step" and move.to in LINES and floor.geometry(stance.slug).is_long:
        _turn_on_the_spot(floor, stance, foot, placed.deg)
    elif stance is not None and move.distance_shoulder_widths is None:
        _form_there(floor, stance, move, placed.deg)
    elif stance is not None and move.manner == "sliding":
        _form_there(floor, stance, move, placed.deg)
        _shift(floor, placed)
    else:
        _put_without_stance(floor, placed, foot)


def _bring(floor: Floor, placed: Placed, foot: Foot) -> None:
    beside = floor.place(other(foot))
    if placed.move.place == "side-front":
        beside = beside.moved(toward(floor.heading_deg), BESIDE_AND_AHEAD)
    floor.put(foot, beside)
    if placed.stance is not None and placed.move.place is None:
        floor.form(placed.stance, other(foot), placed.deg)


def _turn_on_the_spot(floor: Floor, stance: Stance, foot: Foot, deg: float) -> None:
    centre = floor.centre()
    floor.form(stance, other(foot), deg)
    floor.both_moved(centre.minus(floor.centre()))


def _form_there(floor: Floor, stance: Stance, move: FootMove, deg: float) -> None:
    anchor: Foot = "right" if move.foot == "left" else "left"
    _leave_the_line(floor, move, anchor)
    floor.form(stance, anchor, deg)


def _leave_the_line(floor: Floor, move: FootMove, anchor: Foot) -> None:
    line = line_of(move.to or "")
    if line is None or line == floor.line:
        return
    floor.onto_line(anchor, floor.line)
    if line == "EF" and floor.line_ef_at is None:
        floor.line_ef_at = floor.place(anchor)


def _put_without_stance(floor: Floor, placed: Placed, foot: Foot) -> None:
    move, far = placed.move, placed.move.distance_shoulder_widths
    deg = floor.bearing(move.to) if move.to else None
    if deg is not None:
        is_short = move.how == "step" and far is not None and far < SHORT_STEP
        start = floor.place(foot if is_short else other(foot))
        floor.put(foot, start.moved(toward(deg), STEP_WITHOUT_STANCE if far is None else far))
        return
    if move.how == "lower":
        beyond = LOWERED_AFTER_KICK if far is None else far
        floor.put(foot, floor.place(other(foot)).moved(floor.kicked_toward, beyond))
    line = line_of(move.to or "")
    if line is not None:
        floor.onto_line(foot, line)


def _slide(floor: Floor, placed: Placed) -> None:
    _shift(floor, placed)
    if placed.stance is not None and placed.stance.front in _EITHER:
        floor.form(placed.stance, other(placed.stance.front), placed.deg)


def _shift(floor: Floor, placed: Placed) -> None:
    deg = floor.bearing(placed.move.to or placed.step.facing)
    if deg is not None:
        floor.both_moved(ORIGIN.moved(toward(deg), placed.move.distance_shoulder_widths or 0.0))


def _jump(floor: Floor, placed: Placed) -> None:
    """Land beyond the foremost foot; the landing foot carries the stance."""
    deg = floor.bearing(placed.move.to or placed.step.facing)
    ahead = toward(placed.deg if deg is None else deg)
    land: Foot = "left" if placed.move.landing_foot == "left" else "right"
    foremost, second = floor.place(land), floor.place(other(land))
    if second.along(ahead) > foremost.along(ahead) + LEVEL:
        foremost = second
    floor.put(land, foremost.moved(ahead, placed.move.distance_shoulder_widths or 0.0))
    if placed.stance is not None:
        floor.form(placed.stance, land, placed.deg)
    elif placed.step.support == land:
        _lift(floor, placed, other(land))


def _spin(floor: Floor, placed: Placed) -> None:
    """Jump and land where one stood."""
    stance = placed.step.stance
    if stance is not None and stance.front in _EITHER:
        _turn_on_the_spot(floor, stance, stance.front, placed.deg)


def _stay(floor: Floor, _: Placed) -> None:
    floor.in_air.clear()


_TOGETHER: dict[How, Callable[[Floor, Placed], None]] = {
    "slide": _slide,
    "shift": _shift,
    "jump": _jump,
    "spin": _spin,
    "turn-in-place": _stay,
}
_SINGLE: dict[How, Callable[[Floor, Placed, Foot], None]] = {"kick": _kick, "lift": _lift, "pivot": _pivot}
