"""Trainings on the device: one's own plans, one made from the grade, and the run that goes on after the app slept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tkd_client.offline.catalogue import Catalogue, Summary, Wanted
from tkd_client.offline.ids import new_id
from tkd_client.state.observed import Observed
from tkd_client.state.preferences import Preferences
from tkd_rules.training.plans import Block, Plan, PlanError, block_data, plan_of
from tkd_rules.training.running import Press, Pressed, Run, RunState, Sound, sounds_between, state_at

GRADE = "grade"  # the plan that is made from the learner's grade
TECHNIQUES_A_TRAINING = 6
CATEGORIES = ("punch", "strike", "thrust", "block", "kick")
EXERCISE_S, EXERCISE_REST_S, TUL_S, TUL_ROUNDS, TUL_REST_S = 40, 20, 60, 3, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    id: str
    name: str
    plan: Plan


class Training(Observed):
    """Changes with the plans, with what is pressed, and with every second and stretch of a run."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        preferences: Preferences,
        kept: Callable[[str], Any],
        keep: Callable[[str, Any], object],
        now: Callable[[], datetime],
    ) -> None:
        """`kept(name)` returns what `keep(name, value)` stored last, None for nothing."""
        super().__init__()
        self._catalogue, self._preferences, self._kept, self._keep, self._now = catalogue, preferences, kept, keep, now
        self.run, self.run_name = _read_run(kept("training"))
        self._heard_at = now()
        self._shown: tuple[int, int | None] | None = None

    # --- plans

    @property
    def own_plans(self) -> list[OwnPlan]:
        """Return the plans that were made here, the newest first; what can't be read is left where it is."""
        found = []
        for data in self._kept("plans") or []:
            try:
                found.append(OwnPlan(id=data["id"], name=data["name"], plan=plan_of(data)))
            except (PlanError, KeyError, TypeError):
                continue
        return found

    def plan(self, id_: str) -> OwnPlan | None:
        return next((own for own in self.own_plans if own.id == id_), None)

    def grade_plan(self) -> Plan | None:
        """Return a training of what the learner's grade adds: some techniques, then its tul; None without any."""
        belt_rank = self._preferences.belt.rank
        techniques = [
            item
            for item in self._catalogue.items(Wanted(kind="technique", belt_rank=belt_rank))
            if item.category in CATEGORIES
        ]
        tuls = self._catalogue.items(Wanted(kind="tul", belt_rank=belt_rank))
        blocks = [_timed(item) for item in techniques[-TECHNIQUES_A_TRAINING:]]
        blocks += [
            Block(kind="tul", slug=tul.slug, work_s=TUL_S, rounds=TUL_ROUNDS, rest_s=TUL_REST_S) for tul in tuls[-1:]
        ]
        return Plan(blocks=tuple(blocks)) if blocks else None

    def item(self, block: Block) -> Summary | None:
        """Return what a block is about, as the catalogue has it."""
        return self._catalogue.summary(block.kind, block.slug)

    def save(self, name: str, plan: Plan, *, id_: str | None = None) -> str:
        """Keep a plan under a name, a new one unless `id_` names one; return its id."""
        own = OwnPlan(id=id_ or new_id(self._now()), name=name, plan=plan)
        self._keep_plans([own, *(other for other in self.own_plans if other.id != own.id)])
        return own.id

    def delete(self, id_: str) -> None:
        self._keep_plans([own for own in self.own_plans if own.id != id_])

    def _keep_plans(self, plans: list[OwnPlan]) -> None:
        self._keep("plans", [{"id": own.id, "name": own.name, **_plan_data(own.plan)} for own in plans])
        self.changed()

    # --- the run

    def start(self, name: str, plan: Plan) -> None:
        """Begin a training; one that is under way ends."""
        now = self._now()
        self.run, self.run_name, self._heard_at = Run(plan=plan, started_at=now), name, now
        self._run_changed()

    def press(self, what: Press) -> None:
        if self.run:
            self.run = self.run.pressed(what, self._now())
            self._run_changed()

    def toggle_pause(self) -> None:
        state = self.state()
        if state and state.phase != "done":
            self.press("resume" if state.is_paused else "pause")

    def end(self) -> None:
        self.run, self.run_name = None, ""
        self._run_changed()

    def state(self) -> RunState | None:
        return state_at(self.run, self._now()) if self.run else None

    def tick(self) -> list[Sound]:
        """Return the sounds that are due since the last time, and let the screen follow when what it shows differs.

        Sounds of the time in which nobody asked, because the app slept, are not made up for.
        """
        run, now = self.run, self._now()
        if run is None:
            return []
        due = [sound for at, sound in sounds_between(run, self._heard_at, now) if (now - at).total_seconds() < 1]
        self._heard_at = now
        state = state_at(run, now)
        shown = (state.index, None if state.left_s is None else int(state.left_s))
        if shown != self._shown:
            self._shown = shown
            self.changed()
        return due

    def _run_changed(self) -> None:
        self._keep("training", _run_data(self.run, self.run_name) if self.run else None)
        self._shown = None
        self.changed()


def with_block(plan: Plan | None, block: Block) -> Plan:
    """Return a plan with one more block at its end."""
    return replace(plan, blocks=(*plan.blocks, block)) if plan else Plan(blocks=(block,))


def _timed(item: Summary) -> Block:
    return Block(kind="technique", slug=item.slug, work_s=EXERCISE_S, rest_s=EXERCISE_REST_S)


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {"prepare_s": plan.prepare_s, "blocks": [block_data(block) for block in plan.blocks]}


def _run_data(run: Run, name: str) -> dict[str, Any]:
    presses = [{"what": press.what, "at": press.at.isoformat()} for press in run.presses]
    return {
        "name": name,
        "plan": _plan_data(run.plan),
        "started_at": run.started_at.isoformat(),
        "presses": presses,
    }


def _read_run(kept: Mapping[str, Any] | None) -> tuple[Run | None, str]:
    """Go on with the run that was kept; what can't be read is none."""
    try:
        if not kept:
            return None, ""
        presses = tuple(
            Pressed(what=press["what"], at=datetime.fromisoformat(press["at"])) for press in kept["presses"]
        )
        started_at = datetime.fromisoformat(kept["started_at"])
        return Run(plan=plan_of(kept["plan"]), started_at=started_at, presses=presses), str(kept["name"])
    except (PlanError, KeyError, TypeError, ValueError):
        return None, ""
