"""The notation of content/NOTATION.md: what the feet, the stance and the techniques of every movement are."""

from dataclasses import dataclass
from typing import Literal, get_args

Foot = Literal["left", "right"]
Side = Literal["left", "right", "both"]
Support = Literal["both", "left", "right", "none"]
Level = Literal["low", "middle", "high"]
Turn = Literal["cw", "ccw"]
Manner = Literal["stamping", "sliding", "double-stepping"]
Timing = Literal["normal", "fast", "slow", "continuous", "connecting", "consecutive"]
Line = Literal["AB", "CD", "EF"]
How = Literal[
    "step",
    "slip",
    "pull",
    "bring",
    "kick",
    "lift",
    "lower",
    "cross",
    "pivot",
    "slide",
    "shift",
    "jump",
    "spin",
    "turn-in-place",
    "return",
]

LINES: tuple[Line, ...] = get_args(Line)
HEADINGS_DEG = {"D": 0.0, "A": 90.0, "C": 180.0, "B": 270.0, "E": 90.0, "F": 270.0}
FEET_NAMED = {"left-foot": "left", "right-foot": "right"}
_DIAGONALS_DEG = {frozenset("AD"): 45.0, frozenset("AC"): 135.0, frozenset("BC"): 225.0, frozenset("BD"): 315.0}
_NEAR = {"E": "A", "F": "B"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FootMove:
    """One thing that a foot does. `to` is a direction, a line, `left-foot` or `right-foot`; none stays where it is."""

    foot: Side
    how: How
    to: str | None = None
    over: Foot | None = None
    turn: Turn | None = None
    turn_deg: int | None = None
    manner: Manner | None = None
    place: Literal["side-front"] | None = None
    distance_shoulder_widths: float | None = None
    landing_foot: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """`side` is the leg that Taekwon-Do names the stance after, `front` the foot that is in front."""

    slug: str
    side: Side | None = None
    front: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    slug: str
    tool: str | None
    side: Side
    level: Level | None
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """An uncounted way back to the ready posture inside an exercise, or after the last movement."""

    foot: Foot
    ready_stance: str
    facing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A counted movement. Without a stance the foot is in the air, or put down where no stance is formed."""

    number: int
    footwork: tuple[FootMove, ...]
    stance: Stance | None
    support: Support
    facing: str
    techniques: tuple[Technique, ...]
    timing: Timing = "normal"
    timing_group: tuple[int, ...] = ()
    keeps_hands_of: int | None = None
    after: Return | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tul:
    """`movements` is the number that the tradition gives.

    `ends_off_shoulder_widths` is how far from X the tul is known to end when every stance has its measure.
    """

    slug: str
    movements: int
    ready_stance: str
    start_facing: str
    closing: Return
    steps: tuple[Step, ...]
    ends_off_shoulder_widths: float | None = None


def heading_deg(letters: str) -> float | None:
    """Return the degrees clockwise from D of a letter or of the diagonal between two; none for a whole line.

    Raises KeyError for anything else.
    """
    if letters in LINES:
        return None
    if len(letters) == 1:
        return HEADINGS_DEG[letters]
    return _DIAGONALS_DEG[frozenset(_NEAR.get(letter, letter) for letter in letters)]


def line_of(letters: str) -> Line | None:
    """Return the line on which a direction lies; none for a diagonal."""
    return next((line for line in LINES if letters == line or (len(letters) == 1 and letters in line)), None)


def other(foot: Foot) -> Foot:
    return "left" if foot == "right" else "right"
