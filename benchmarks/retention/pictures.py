"""The two pictures, drawn once for each language."""

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from benchmarks.retention.memories import LEARNERS
from benchmarks.retention.schedules import SCHEDULES, Outcome, curve
from benchmarks.retention.switch import Switch
from benchmarks.retention.words import Words
from tkd_rules.repetition.fsrs6 import DEFAULT_RETENTION

# Told apart without colours too; the open circles leave to be seen what they lie upon.
LOOKS: dict[str, dict[str, Any]] = {
    "sm2": {"color": "#d55e00", "marker": "D", "linestyle": "-."},
    "published": {"color": "#0072b2", "marker": "o", "linestyle": "--", "markerfacecolor": "none", "zorder": 3},
    "fitted": {"color": "#007a5e", "marker": "s", "linestyle": "-"},
}
SIZES = {"sm2": 9, "published": 10, "fitted": 5}
WAYS: dict[str, dict[str, Any]] = {
    "recalculated": {"color": "#d55e00", "linestyle": ":", "linewidth": 2.2},
    "stays": {"color": "#666666", "linestyle": "--", "linewidth": 1.6},
    "switches": {"color": "#0072b2", "linestyle": "-", "linewidth": 2.2},
}
DPI = 110


def draw_schedules(outcomes: Sequence[Outcome], words: Words, to: Path) -> None:
    figure, axes = _panels()
    for each, model in zip(axes, LEARNERS, strict=True):
        _draw_model([outcome for outcome in outcomes if outcome.model == model], words, each)
        each.set_title(words.models[model], fontsize=12)
    axes[0].set_ylabel(words.known)
    _legend(figure, axes[0], title=words.point_labels)
    _save(figure, to)


def draw_days(outcomes: Sequence[Outcome], words: Words, to: Path, *, fitted_on_day: int) -> None:
    """The mean of the learners, day by day; FSRS at its usual desired retention."""
    figure, axes = _panels()
    usual = [each for each in outcomes if each.desired_retention in {0, _usual(outcomes)}]
    for each, model in zip(axes, LEARNERS, strict=True):
        for schedule in SCHEDULES:
            own = [outcome.known_by_day for outcome in usual if (outcome.model, outcome.schedule) == (model, schedule)]
            days = [day for day, _known in own[0]]
            known = [fmean(each[place][1] for each in own) for place in range(len(days))]
            each.plot(days, known, label=words.schedules[schedule], **LOOKS[schedule], markersize=SIZES[schedule] / 2)
        each.axvline(fitted_on_day, color="#333333", linewidth=0.8)
        each.set_title(words.models[model], fontsize=12)
        _as_shares(each, words.day)
    axes[0].set_ylabel(words.known)
    desired = words.number(_usual(outcomes), ".2f")
    _legend(figure, axes[0], title=words.days_labels.format(day=fitted_on_day, desired=desired))
    _save(figure, to)


def _usual(outcomes: Sequence[Outcome]) -> float:
    return min({each.desired_retention for each in outcomes}, key=lambda desired: abs(desired - DEFAULT_RETENTION))


def _panels() -> tuple[Figure, Sequence[Axes]]:
    figure = Figure(figsize=(10.5, 5.4), layout="constrained")
    return figure, list(figure.subplots(1, len(LEARNERS), sharey=True))


def _legend(figure: Figure, axes: Axes, *, title: str) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False, title=title)


def _draw_model(outcomes: Sequence[Outcome], words: Words, axes: Axes) -> None:
    for schedule in SCHEDULES:
        points = curve(outcome for outcome in outcomes if outcome.schedule == schedule)
        answers = [answers for _desired, (answers, _known) in points]
        known = [known for _desired, (_answers, known) in points]
        look = LOOKS[schedule] | {"markersize": SIZES[schedule]} | ({"linestyle": "none"} if len(points) == 1 else {})
        axes.plot(answers, known, label=words.schedules[schedule], **look)
        for desired, point in points:
            if schedule == "fitted":
                label = words.number(desired, ".2f")
                axes.annotate(label, point, xytext=(-7, 5), textcoords="offset points", ha="right", fontsize=9)
    axes.margins(x=0.14, y=0.1)
    _as_shares(axes, words.answers_a_day)


def draw_switch(switch: Switch, words: Words, to: Path) -> None:
    figure = Figure(figsize=(10.5, 5.0), layout="constrained")
    axes = figure.subplots()
    before = range(-len(switch.before), 0)
    axes.plot(before, switch.before, label=words.before, color="#666666", linewidth=1.6)
    for way, look in WAYS.items():
        due = getattr(switch, way)
        axes.plot(range(len(due)), due, label=words.ways[way], **look)
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.set_title(words.switch_title, fontsize=12)
    axes.set_xlabel(words.days)
    axes.set_ylabel(words.due)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    _save(figure, to)


def _as_shares(axes: Axes, below: str) -> None:
    axes.set_xlabel(below)
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(alpha=0.3)


def _save(figure: Figure, to: Path) -> None:
    figure.savefig(to, dpi=DPI, metadata={"Software": None})
