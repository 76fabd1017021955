"""A tul being played: where in it one is, how fast, how it is looked at, and the drill that hides what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tkd_client.state.observed import Observed
from tkd_rules.tul.animation import Animation
from tkd_rules.tul.timing import Span

TEMPOS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
QUARTER_TURN_DEG = 90
LONGEST_FRAME_S = 1.0  # who waits longer between two frames slept, and goes on where they were


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """`asked` is the movement that comes next, none once all were asked. Nothing of it is kept."""

    asked: int | None
    is_revealed: bool = False
    right: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The movements that are repeated, both ends included."""

    first: int
    last: int


class Player(Observed):
    """Changes with the movement, with playing and pausing and with every setting, not with every frame.

    Where it is follows from the moment it was started, so that nothing drifts.
    """

    def __init__(self, animation: Animation, *, clock_s: Callable[[], float], is_still: bool = False) -> None:
        """`clock_s` never goes back. A still player shows formed movements only, one after the other."""
        super().__init__()
        self._animation, self._clock_s = animation, clock_s
        self.is_still = is_still
        self.at_s = 0.0
        self.is_playing = False
        self.tempo = 1.0
        self.is_mirrored = False
        self.turned_deg = 0
        self.section = Section(first=1, last=self.last)
        self.is_looped = False
        self.drill: Drill | None = None
        self._from_s, self._started_s, self._ticked_s = 0.0, 0.0, 0.0
        self._until_s = animation.ends_s

    @property
    def last(self) -> int:
        """Return the number of movements."""
        return len(self._animation.spans) - 2

    @property
    def span(self) -> Span:
        return self._animation.span_at(self.at_s)

    @property
    def number(self) -> int:
        """Return the movement that is shown: 0 for the ready posture, one after the last for the way back to it."""
        return self.span.number

    @property
    def shown_s(self) -> float:
        """Return the moment whose figure is drawn."""
        return self.span.formed_s if self.is_still else self.at_s

    def play(self) -> None:
        """Play on, from the beginning again after the end."""
        begins_s, ends_s = self._bounds()
        if not begins_s <= self.at_s < ends_s:
            self.at_s = begins_s
        self._run(until_s=ends_s)

    def pause(self) -> None:
        self.is_playing = False
        self.changed()

    def toggle(self) -> None:
        """Play or pause; in a drill show what is asked."""
        if self.drill:
            self.reveal()
        elif self.is_playing:
            self.pause()
        else:
            self.play()

    def next(self) -> None:
        """Play the next movement and stop. A still player shows it at once."""
        if self.drill is None and self.number <= self.last:
            self._play_one(self.number + 1)

    def previous(self) -> None:
        """Stand where the movement before this one is formed."""
        if self.drill is None:
            self.stand_at(max(0, self.number - 1))

    def stand_at(self, number: int) -> None:
        """Stop where a movement is formed."""
        self.at_s = self._animation.spans[number].formed_s
        self.pause()

    def tick(self) -> None:
        """Move on to where the clock is. Called for every frame."""
        if not self.is_playing:
            return
        now_s = self._clock_s()
        if now_s - self._ticked_s > LONGEST_FRAME_S:
            self._started_s += now_s - self._ticked_s
        self._ticked_s = now_s
        before = self.number
        self.at_s = self._from_s + (now_s - self._started_s) * self.tempo
        if self.at_s >= self._until_s:
            self._arrive()
        elif self.number != before:
            self.changed()

    def set_tempo(self, tempo: float) -> None:
        self.tick()
        self.tempo = tempo
        self._start_from_here()
        self.changed()

    def faster(self) -> None:
        self.set_tempo(next((tempo for tempo in TEMPOS if tempo > self.tempo), self.tempo))

    def slower(self) -> None:
        self.set_tempo(next((tempo for tempo in reversed(TEMPOS) if tempo < self.tempo), self.tempo))

    def mirror(self) -> None:
        self.is_mirrored = not self.is_mirrored
        self.changed()

    def rotate(self) -> None:
        """Turn the floor clockwise by a quarter."""
        self.turned_deg = (self.turned_deg + QUARTER_TURN_DEG) % 360
        self.changed()

    def loop(self) -> None:
        """Repeat the section, or no longer."""
        self.is_looped = not self.is_looped
        self._keep_within()

    def loop_from(self, number: int) -> None:
        self.section = Section(first=number, last=max(number, self.section.last))
        self._keep_within()

    def loop_to(self, number: int) -> None:
        self.section = Section(first=min(number, self.section.first), last=number)
        self._keep_within()

    def start_drill(self) -> None:
        """Ask for the movement after this one, and then for all that follow; from the first one after the last."""
        asked = self.number + 1 if self.number < self.last else 1
        self.drill = Drill(asked=asked)
        self.stand_at(asked - 1)

    def stop_drill(self) -> None:
        self.drill = None
        self.pause()

    def reveal(self) -> None:
        """Play the movement that is asked."""
        drill = self.drill
        if drill and drill.asked and not drill.is_revealed:
            self.drill = replace(drill, is_revealed=True)
            self._play_one(drill.asked)

    def answer(self, *, knew: bool) -> None:
        """Count whether the movement was known, once it was revealed, and ask for the next one."""
        drill = self.drill
        if drill is None or drill.asked is None or not drill.is_revealed:
            return
        self.drill = Drill(
            asked=drill.asked + 1 if drill.asked < self.last else None,
            right=drill.right + knew,
            again=drill.again + (not knew),
        )
        self.stand_at(drill.asked)

    def _bounds(self) -> tuple[float, float]:
        if not self.is_looped:
            return 0.0, self._animation.ends_s
        spans = self._animation.spans
        return spans[self.section.first].starts_s, spans[self.section.last].ends_s

    def _keep_within(self) -> None:
        if self.is_playing:
            self.tick()
            self.play()
        else:
            self.changed()

    def _play_one(self, number: int) -> None:
        span = self._animation.spans[number]
        if self.is_still:
            self.stand_at(number)
            return
        self.at_s = span.starts_s
        self._run(until_s=span.left_s)

    def _run(self, *, until_s: float) -> None:
        self._until_s = until_s
        self._start_from_here()
        self.is_playing = True
        self.changed()

    def _start_from_here(self) -> None:
        self._from_s, self._started_s = self.at_s, self._clock_s()
        self._ticked_s = self._started_s

    def _arrive(self) -> None:
        begins_s, ends_s = self._bounds()
        if self.is_looped and self._until_s == ends_s:
            over_s = (self.at_s - ends_s) % (ends_s - begins_s)
            self._started_s = self._ticked_s - over_s / self.tempo
            self._from_s, self.at_s = begins_s, begins_s + over_s
        else:
            self.at_s = self._until_s
            self.is_playing = False
        self.changed()
