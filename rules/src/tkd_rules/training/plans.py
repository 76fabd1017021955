"""What a training is made of: blocks that are timed or repeated, in rounds with rests, and the sounds between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

Signal = Literal["start", "halfway", "countdown", "end"]
Kind = Literal["exercise", "technique", "tul"]

SIGNALS: Final[tuple[Signal, ...]] = get_args(Signal)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MOST_BLOCKS = 100
SECONDS_PER_REPETITION = 3  # a calm technique and back to guard; says how long a plan takes, never ends a block
LIMITS: Final[Mapping[str, tuple[int, int]]] = {
    "work_s": (5, 3600),
    "repetitions": (1, 500),
    "rounds": (1, 50),
    "rest_s": (0, 900),
    "prepare_s": (0, 60),
}


class PlanError(ValueError):
    """A plan that nobody can train: `block` counts from 1, none for the plan itself; `field` is named, and why."""

    def __init__(self, block: int | None, field: str, reason: str) -> None:
        where = field if block is None else f"block {block}, {field}"
        super().__init__(f"{where}: {reason}")
        self.block, self.field, self.reason = block, field, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing that is trained, `rounds` times, with `rest_s` seconds after every round.

    A round takes `work_s` seconds, or as long as `repetitions` take whoever trains: exactly one of them is given.
    """

    kind: Kind
    slug: str
    work_s: int | None = None
    repetitions: int | None = None
    rounds: int = 1
    rest_s: int = 0
    signals: frozenset[Signal] = frozenset(SIGNALS)
    note: str = ""

    @property
    def about_s(self) -> int:
        """Return how long a round takes, about, where nobody can know."""
        return self.work_s if self.work_s is not None else (self.repetitions or 0) * SECONDS_PER_REPETITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`prepare_s` seconds pass before the first block, for getting into place."""

    blocks: tuple[Block, ...]
    prepare_s: int = 10

    @property
    def about_s(self) -> int:
        """Return how long all of it takes, about; the rest after the last round is not waited for."""
        rounds = sum(block.rounds * (block.about_s + block.rest_s) for block in self.blocks)
        return self.prepare_s + rounds - self.blocks[-1].rest_s


def plan_of(data: Mapping[str, Any]) -> Plan:
    """Return the plan of `prepare_s` (may be missing) and `blocks`, as files, the API and a device hold it.

    Raises PlanError.
    """
    blocks = data.get("blocks")
    if not isinstance(blocks, Sequence) or isinstance(blocks, str) or not 1 <= len(blocks) <= MOST_BLOCKS:
        raise PlanError(None, "blocks", f"a plan has 1 to {MOST_BLOCKS} blocks")
    prepare_s = _whole(None, data, "prepare_s", default=10)
    return Plan(blocks=tuple(_block(number, block) for number, block in enumerate(blocks, 1)), prepare_s=prepare_s)


def block_data(block: Block) -> dict[str, Any]:
    """Return a block as `plan_of` reads it."""
    length = {"work_s": block.work_s} if block.work_s is not None else {"repetitions": block.repetitions}
    return {
        "kind": block.kind,
        "slug": block.slug,
        **length,
        "rounds": block.rounds,
        "rest_s": block.rest_s,
        "signals": sorted(block.signals, key=SIGNALS.index),
        "note": block.note,
    }


def _block(number: int, data: Any) -> Block:
    if not isinstance(data, Mapping):
        raise PlanError(number, "block", "is no object")
    kind, slug, note = data.get("kind"), data.get("slug"), data.get("note", "")
    if kind not in KINDS:
        raise PlanError(number, "kind", f"is one of {', '.join(KINDS)}")
    if not isinstance(slug, str) or not slug:
        raise PlanError(number, "slug", "names what is trained")
    if not isinstance(note, str):
        raise PlanError(number, "note", "is a text")
    lengths = [name for name in ("work_s", "repetitions") if data.get(name) is not None]
    if len(lengths) != 1:
        raise PlanError(number, "work_s", "a round has either seconds or repetitions")
    [length] = lengths
    return Block(
        kind=cast("Kind", kind),
        slug=slug,
        work_s=_whole(number, data, "work_s") if length == "work_s" else None,
        repetitions=_whole(number, data, "repetitions") if length == "repetitions" else None,
        rounds=_whole(number, data, "rounds", default=1),
        rest_s=_whole(number, data, "rest_s", default=0),
        signals=_signals(number, data.get("signals", SIGNALS)),
        note=note,
    )


def _signals(number: int, signals: Any) -> frozenset[Signal]:
    if not isinstance(signals, Sequence) or isinstance(signals, str) or any(one not in SIGNALS for one in signals):
        raise PlanError(number, "signals", f"are some of {', '.join(SIGNALS)}")
    return frozenset(signals)


def _whole(number: int | None, data: Mapping[str, Any], field: str, *, default: int | None = None) -> int:
    value, (least, most) = data.get(field, default), LIMITS[field]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise PlanError(number, field, f"is a whole number from {least} to {most}")
    return value
