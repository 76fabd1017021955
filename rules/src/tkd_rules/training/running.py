"""Where a training is at a moment. All of it follows from when it was started and what was pressed since.

Nothing counts down by itself: an app that slept, or was killed and opened again, asks once more and is right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from tkd_rules.training.plans import Block, Plan

Phase = Literal["prepare", "work", "rest", "done"]
Press = Literal["pause", "resume", "next", "previous"]
Sound = Literal["start", "halfway", "tick", "rest", "end"]

COUNTDOWN = tuple(timedelta(seconds=left) for left in (3, 2, 1))
BACK_TO_START_S = 3  # who goes back later than this into a stretch wants it again, earlier the one before
HALFWAY_FROM = timedelta(seconds=20)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What happens without a break: preparing, a round of a block, a rest. Without `length_s` somebody ends it."""

    phase: Phase
    block: int
    round: int
    length_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    what: Press
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A training that was started; `presses` in the order in which they happened."""

    plan: Plan
    started_at: datetime
    presses: tuple[Pressed, ...] = ()

    def pressed(self, what: Press, at: datetime) -> "Run":
        """Return the run with one more press, never before the last one: clocks of devices are set back."""
        latest = self.presses[-1].at if self.presses else self.started_at
        return replace(self, presses=(*self.presses, Pressed(what=what, at=max(at, latest))))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """`index` counts stretches; the last one is followed by a done state with the phase `done`.

    `gone_s` is how long the stretch has lasted without pauses, `left_s` how long it still does, none where nobody
    knows. `trained_s` is the time in all stretches without pauses.
    """

    index: int
    phase: Phase
    block: int
    round: int
    gone_s: float
    left_s: float | None
    trained_s: float
    is_paused: bool


def stretches(plan: Plan) -> tuple[Stretch, ...]:
    """Return what a plan leads through; blocks and rounds count from 0. No rest follows the last round."""
    found = [Stretch(phase="prepare", block=0, round=0, length_s=plan.prepare_s)] if plan.prepare_s else []
    for number, block in enumerate(plan.blocks):
        for round_ in range(block.rounds):
            found.append(Stretch(phase="work", block=number, round=round_, length_s=block.work_s))
            if block.rest_s:
                found.append(Stretch(phase="rest", block=number, round=round_, length_s=block.rest_s))
    return tuple(found[:-1] if found[-1].phase == "rest" else found)


def state_at(run: Run, now: datetime) -> RunState:
    """Return where a training is. A moment before its start counts as the start."""
    walk = _Walk(run.plan, run.started_at)
    for press in _until(run.presses, now):
        walk.goes_on_to(press.at)
        walk.press(press.what)
    walk.goes_on_to(now)
    return walk.state()


def sounds_between(run: Run, after: datetime, until: datetime) -> list[tuple[datetime, Sound]]:
    """Return the sounds that are due after one moment and not after another, in order.

    However often it is asked, no sound is missed or comes twice as long as each question begins where the last ended.
    """
    walk = _Walk(run.plan, run.started_at)
    for press in _until(run.presses, until):
        walk.goes_on_to(press.at)
        walk.press(press.what)
    walk.goes_on_to(until)
    return sorted((heard for heard in walk.sounds if after < heard[0] <= until), key=lambda heard: heard[0])


def _until(presses: Iterable[Pressed], now: datetime) -> Iterator[Pressed]:
    return (press for press in presses if press.at <= now)


class _Walk:
    """Goes through a run from press to press.

    It reckons in whole microseconds, as moments do: sums of fractions are off by one now and then, and who asks at the
    very moment of a sound would miss it.
    """

    def __init__(self, plan: Plan, started_at: datetime) -> None:
        self._plan, self._stretches = plan, stretches(plan)
        self._at = started_at
        self._index, self._gone, self._trained = 0, NOTHING, NOTHING
        self._is_paused = False
        self.sounds: list[tuple[datetime, Sound]] = []
        self._enter()

    def goes_on_to(self, moment: datetime) -> None:
        while not self._is_paused and self._index < len(self._stretches) and self._at < moment:
            length = _length(self._stretches[self._index])
            left = moment - self._at
            step = left if length is None else min(left, length - self._gone)
            self._hear(self._gone, self._gone + step)
            self._at, self._gone, self._trained = self._at + step, self._gone + step, self._trained + step
            if self._gone == length:
                self._go_to(self._index + 1)
        self._at = max(self._at, moment)

    def press(self, what: Press) -> None:
        if what in ("pause", "resume"):
            self._is_paused = what == "pause"
        elif what == "next":
            self._go_to(min(self._index + 1, len(self._stretches)))
        else:
            is_again = self._gone > timedelta(seconds=BACK_TO_START_S) and self._index < len(self._stretches)
            self._go_to(self._index if is_again else max(0, self._index - 1))

    def state(self) -> RunState:
        if self._index == len(self._stretches):
            last = self._stretches[-1]
            return RunState(
                index=self._index,
                phase="done",
                block=last.block,
                round=last.round,
                gone_s=0.0,
                left_s=None,
                trained_s=self._trained.total_seconds(),
                is_paused=False,
            )
        stretch = self._stretches[self._index]
        length = _length(stretch)
        return RunState(
            index=self._index,
            phase=stretch.phase,
            block=stretch.block,
            round=stretch.round,
            gone_s=self._gone.total_seconds(),
            left_s=None if length is None else (length - self._gone).total_seconds(),
            trained_s=self._trained.total_seconds(),
            is_paused=self._is_paused,
        )

    def _go_to(self, index: int) -> None:
        self._index, self._gone = index, NOTHING
        self._enter()

    def _enter(self) -> None:
        if self._index == len(self._stretches):
            self.sounds.append((self._at, "end"))
            return
        stretch = self._stretches[self._index]
        block = self._plan.blocks[stretch.block]
        if stretch.phase == "work" and "start" in block.signals:
            self.sounds.append((self._at, "start"))
        elif stretch.phase == "rest" and "end" in block.signals:
            self.sounds.append((self._at, "rest"))

    def _hear(self, begins: timedelta, ends: timedelta) -> None:
        """Note the sounds inside a stretch between two times of it."""
        stretch = self._stretches[self._index]
        for at, sound in _inside(stretch, self._plan.blocks[stretch.block]):
            if begins < at <= ends:
                self.sounds.append((self._at + (at - begins), sound))


def _length(stretch: Stretch) -> timedelta | None:
    return None if stretch.length_s is None else timedelta(seconds=stretch.length_s)


def _inside(stretch: Stretch, block: Block) -> Sequence[tuple[timedelta, Sound]]:
    """Return the sounds of a stretch by their time in it: three ticks before something begins or ends, and halfway."""
    length = _length(stretch)
    if length is None:
        return ()
    heard: list[tuple[timedelta, Sound]] = []
    if stretch.phase == "work" and "halfway" in block.signals and length >= HALFWAY_FROM:
        heard.append((length / 2, "halfway"))
    if "countdown" in block.signals:
        heard += [(length - left, "tick") for left in COUNTDOWN if left < length]
    return heard
