"""Reading a tul from its file or from its catalogue document; what can't be read is named by file, step and field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

from tkd_rules.tul.notation import (
    FEET_NAMED,
    Foot,
    FootMove,
    How,
    Level,
    Manner,
    Return,
    Side,
    Stance,
    Step,
    Support,
    Technique,
    Timing,
    Tul,
    Turn,
    heading_deg,
    line_of,
)

T = TypeVar("T", bound=str)


class NotationError(ValueError):
    """A file that is no tul: `source`, `step` (none for the header), `field` as a path, and why."""

    def __init__(self, source: str, step: int | None, field: str, reason: str) -> None:
        where = source if step is None else f"{source}, step {step}"
        super().__init__(f"{where}: {field}: {reason}")
        self.source, self.step, self.field, self.reason = source, step, field, reason


def tul_of_content(data: Mapping[str, Any], source: str) -> Tul:
    """Return the tul that a file under content/tuls holds. Raises NotationError."""
    head = _Part(source, None, "", data)
    start, end, ends_off = head.part("start"), head.part("end"), head.part_or_none("ends_off")
    return Tul(
        slug=head.text("slug"),
        movements=head.whole("movements"),
        ready_stance=start.text("ready"),
        start_facing=start.direction("facing"),
        closing=Return(
            foot=end.one_of("returns", get_args(Foot)), ready_stance=end.text("ready"), facing=end.direction("facing")
        ),
        steps=tuple(_step(part) for part in head.steps("steps")),
        ends_off_shoulder_widths=ends_off.distance("shoulder_widths") if ends_off else None,
    )


def tul_of_document(document: Mapping[str, Any]) -> Tul:
    """Return the tul that a catalogue document holds, as the API and a device have it. Raises NotationError."""
    ready = document["ready_stance"]
    data = {
        "slug": document["slug"],
        "movements": document["movements"],
        "start": {"ready": ready, "facing": document["start_facing"]},
        "end": {"ready": ready, "facing": document["end_facing"], "returns": document["closing_foot"]},
        "steps": [_as_in_a_file(step) for step in document["steps"]],
    }
    return tul_of_content(data, document["slug"])


def _as_in_a_file(step: Mapping[str, Any]) -> dict[str, Any]:
    stance, after = step["stance"], step["after"]
    return {
        "n": step["number"],
        "feet": [
            _known(
                move,
                foot="foot",
                how="how",
                to="to",
                over="over",
                turn="turn",
                deg="turn_deg",
                manner="manner",
                place="place",
                dist="distance_shoulder_widths",
                land="landing_foot",
            )
            for move in step["footwork"]
        ],
        "stance": stance and _known(stance, key="slug", side="side", front="front"),
        "support": step["support"],
        "facing": step["facing"],
        "tech": [
            _known(technique, key="slug", tool="tool", side="side", level="level", dir="direction")
            for technique in step["techniques"]
        ],
        "timing": {"mode": step["timing"], "group": step["timing_group"]},
        "hands": {"keep": step["keeps_hands_of"]},
        **(
            {
                "after": {
                    "feet": [{"foot": after["foot"], "how": "return"}],
                    "ready": after["ready_stance"],
                    "facing": after["facing"],
                }
            }
            if after
            else {}
        ),
    }


def _known(document: Mapping[str, Any], **names: str) -> dict[str, Any]:
    return {short: document[name] for short, name in names.items() if document[name] is not None}


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping of a file with its place in it."""

    source: str
    step: int | None
    path: str
    data: Mapping[str, Any]

    def broken(self, field: str, reason: str) -> NotationError:
        return NotationError(self.source, self.step, f"{self.path}{field}", reason)

    def text(self, field: str) -> str:
        value = self.data.get(field)
        if not isinstance(value, str) or not value:
            raise self.broken(field, f"{value!r} is no text")
        return value

    def whole(self, field: str) -> int:
        value = self.data.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.broken(field, f"{value!r} is no whole number from 1")
        return value

    def whole_or_none(self, field: str) -> int | None:
        return None if self.data.get(field) is None else self.whole(field)

    def distance(self, field: str) -> float | None:
        value = self.data.get(field)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            raise self.broken(field, f"{value!r} is no distance")
        return float(value)

    def one_of(self, field: str, known: Sequence[T]) -> T:
        value = self.data.get(field)
        if value not in known:
            raise self.broken(field, f"{value!r} is none of {', '.join(known)}")
        return cast("T", value)

    def one_of_or_none(self, field: str, known: Sequence[T]) -> T | None:
        return None if self.data.get(field) is None else self.one_of(field, known)

    def direction(self, field: str) -> str:
        """Return one or two letters that are a heading, not a whole line."""
        value = self.text(field)
        if _is_nowhere(value) or heading_deg(value) is None:
            raise self.broken(field, f"{value!r} is no direction")
        return value

    def target(self, field: str) -> str | None:
        value = self.data.get(field)
        if value is None or value in FEET_NAMED:
            return cast("str | None", value)
        if not isinstance(value, str) or (_is_nowhere(value) and line_of(value) is None):
            raise self.broken(field, f"{value!r} is no direction, line or foot")
        return value

    def part(self, field: str) -> "_Part":
        value = self.data.get(field)
        if not isinstance(value, Mapping):
            raise self.broken(field, f"{value!r} is no group of fields")
        return _Part(self.source, self.step, f"{self.path}{field}.", value)

    def part_or_none(self, field: str) -> "_Part | None":
        return None if self.data.get(field) is None else self.part(field)

    def parts(self, field: str) -> Iterator["_Part"]:
        for index, member in self._members(field):
            yield _Part(self.source, self.step, f"{self.path}{field}.{index}.", member)

    def steps(self, field: str) -> Iterator["_Part"]:
        for index, member in self._members(field):
            yield _Part(self.source, index + 1, "", member)

    def numbers(self, field: str) -> tuple[int, ...]:
        value = self.data.get(field) or []
        if not isinstance(value, list) or not all(isinstance(number, int) for number in value):
            raise self.broken(field, f"{value!r} is no list of numbers")
        return tuple(value)

    def _members(self, field: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        value = self.data.get(field)
        if not isinstance(value, list):
            raise self.broken(field, f"{value!r} is no list")
        for index, member in enumerate(value):
            if not isinstance(member, Mapping):
                raise self.broken(f"{field}.{index}", f"{member!r} is no group of fields")
            yield index, member


def _is_nowhere(letters: str) -> bool:
    try:
        heading_deg(letters)
    except KeyError:
        return True
    return False


def _step(part: _Part) -> Step:
    timing, hands, after = part.part("timing"), part.part_or_none("hands"), part.part_or_none("after")
    return Step(
        number=part.whole("n"),
        footwork=tuple(_move(move) for move in part.parts("feet")),
        stance=_stance(part.part_or_none("stance")),
        support=part.one_of("support", get_args(Support)),
        facing=part.direction("facing"),
        techniques=tuple(_technique(technique) for technique in part.parts("tech")),
        timing=timing.one_of("mode", get_args(Timing)),
        timing_group=timing.numbers("group"),
        keeps_hands_of=hands.whole_or_none("keep") if hands else None,
        after=_return(after) if after else None,
    )


def _move(part: _Part) -> FootMove:
    return FootMove(
        foot=part.one_of("foot", get_args(Side)),
        how=part.one_of("how", get_args(How)),
        to=part.target("to"),
        over=part.one_of_or_none("over", get_args(Foot)),
        turn=part.one_of_or_none("turn", get_args(Turn)),
        turn_deg=part.whole_or_none("deg"),
        manner=part.one_of_or_none("manner", get_args(Manner)),
        place=part.one_of_or_none("place", ("side-front",)),
        distance_shoulder_widths=part.distance("dist"),
        landing_foot=part.one_of_or_none("land", get_args(Side)),
    )


def _stance(part: _Part | None) -> Stance | None:
    if part is None:
        return None
    return Stance(
        slug=part.text("key"),
        side=part.one_of_or_none("side", get_args(Side)),
        front=part.one_of_or_none("front", get_args(Side)),
    )


def _technique(part: _Part) -> Technique:
    return Technique(
        slug=part.text("key"),
        tool=part.text("tool") if part.data.get("tool") is not None else None,
        side=part.one_of("side", get_args(Side)),
        level=part.one_of_or_none("level", get_args(Level)),
        direction=part.direction("dir"),
    )


def _return(part: _Part) -> Return:
    moves = list(part.parts("feet"))
    if len(moves) != 1:
        raise part.broken("feet", f"{len(moves)} feet return, where one does")
    return Return(
        foot=moves[0].one_of("foot", get_args(Foot)),
        ready_stance=part.text("ready"),
        facing=part.direction("facing"),
    )
