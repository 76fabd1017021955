"""What learners know, and for how many answers a day, under each schedule."""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context
from statistics import fmean, stdev
from zoneinfo import ZoneInfo

from benchmarks.retention.memories import LEARNERS, Learner
from benchmarks.retention.study import WEIGHED_EVERY_DAYS, Course, begun
from handbook.quizzes.fitting.fit import fit_log, has_grown
from tkd_rules.repetition.settings import Rules

UTC_ZONE = ZoneInfo("UTC")
SCHEDULES = ("sm2", "published", "fitted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is simulated: days up to the fitting, days until the measuring begins, days that are measured."""

    seed: int = 2026
    learners: int = 10
    new_a_day: int = 8
    first_days: int = 120
    settling_days: int = 60
    measured_days: int = 120
    retentions: tuple[float, ...] = (0.8, 0.85, 0.9, 0.93, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one learner got: answers a day, and the mean true probability of knowing a card that was met.

    Both are means of the days that are measured; `known_by_day` begins with the first.
    `desired_retention` is 0 for SM-2, which has none. `is_adopted` says that fitted parameters won, at least once.
    """

    model: str
    learner: int
    schedule: str
    desired_retention: float
    answers_a_day: float
    known: float
    known_by_day: tuple[tuple[int, float], ...]
    is_adopted: bool = False

    @property
    def known_at_the_end(self) -> float:
        return self.known_by_day[-1][1]


def simulated(plan: Plan, *, processes: int) -> list[Outcome]:
    """Return the outcomes of all learners, the same for the same plan however many processes there are."""
    jobs = [(plan, model, number) for model in LEARNERS for number in range(plan.learners)]
    if processes == 1:
        return [outcome for job in jobs for outcome in outcomes_of(job)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [outcome for outcomes in pool.map(outcomes_of, jobs) for outcome in outcomes]


def outcomes_of(job: tuple[Plan, str, int]) -> list[Outcome]:
    plan, model, number = job
    name = f"{plan.seed} {model} {number}"
    learner = LEARNERS[model].drawn(random.Random(name))  # noqa: S311 - a simulation
    return [
        Outcome(
            model=model,
            learner=number,
            schedule=schedule,
            desired_retention=rules.desired_retention if schedule != "sm2" else 0,
            answers_a_day=fmean(course.answers[plan.settling_days :]),
            known=fmean(known for day, known in course.known.items() if day >= plan.first_days + plan.settling_days),
            known_by_day=tuple(course.known.items()),
            is_adopted=is_adopted,
        )
        for schedule, rules, course, is_adopted in _courses(plan, learner, name)
    ]


def _courses(plan: Plan, learner: Learner, name: str) -> Iterator[tuple[str, Rules, Course, bool]]:
    """Yield the second parts. The first one of both FSRS schedules is the same; the fitting follows it."""
    by_sm2 = Rules(algorithm="sm2")
    first = begun(learner, by_sm2, seed=f"{name} first").live(plan.first_days, new_a_day=plan.new_a_day)
    yield "sm2", by_sm2, _second(plan, first, by_sm2, name), False
    for desired_retention in plan.retentions:
        published = Rules(algorithm="fsrs", desired_retention=desired_retention)
        first = begun(learner, published, seed=f"{name} first").live(plan.first_days, new_a_day=plan.new_a_day)
        yield "published", published, _second(plan, first, published, name), False
        yield "fitted", published, *_fitted(plan, first, published, name)


def _second(plan: Plan, first: Course, rules: Rules, name: str) -> Course:
    days = plan.settling_days + plan.measured_days
    return first.under(rules, seed=f"{name} second").live(days, new_a_day=plan.new_a_day)


def _fitted(plan: Plan, first: Course, rules: Rules, name: str) -> tuple[Course, bool]:
    """Fit as the server does, now and whenever the log has grown enough; tell whether any parameters were adopted."""
    course, reviews = first.under(rules, seed=f"{name} second"), 0
    is_adopted = False
    for _ in range(0, plan.settling_days + plan.measured_days, WEIGHED_EVERY_DAYS):
        log = course.log
        if has_grown(len(log), since=reviews):
            found, reviews = fit_log(log, UTC_ZONE, in_force=course.rules.parameters), len(log)
            course.rules = replace(rules, parameters=found.parameters)
            is_adopted |= course.rules != rules
        course.live(WEIGHED_EVERY_DAYS, new_a_day=plan.new_a_day)
    return course, is_adopted


Point = tuple[float, float]


def curve(outcomes: Iterable[Outcome]) -> list[tuple[float, Point]]:
    """Return (desired retention, (answers a day, known)), the mean of the learners, in the order of the first."""
    groups: dict[float, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.desired_retention, []).append(outcome)
    return [
        (desired, (fmean(each.answers_a_day for each in group), fmean(each.known for each in group)))
        for desired, group in sorted(groups.items())
    ]


def answers_for(known: float, points: Sequence[Point]) -> float:
    """Return the answers a day for which a learner knows as much, between points and beyond them.

    Logarithms of the answers and of what is forgotten lie nearly on a line.
    """
    ordered = sorted((math.log(1 - point_known), math.log(answers)) for answers, point_known in points)
    forgotten = math.log(1 - known)
    sections = list(pairwise(ordered))
    section = next((each for each in sections if forgotten <= each[1][0]), sections[-1])
    (start, answers), (end, fewer_answers) = section
    return math.exp(answers + (forgotten - start) * (fewer_answers - answers) / (end - start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Answers that a schedule needs for what another one achieves, 1 for as many: mean and standard error."""

    mean: float
    error: float


def ratio(outcomes: Sequence[Outcome], schedule: str, *, to: str) -> Ratio:
    """Compare each learner with himself: the same knowledge, by `schedule` and by `to`."""
    learners = sorted({outcome.learner for outcome in outcomes})
    ratios = [_ratio([each for each in outcomes if each.learner == number], schedule, to) for number in learners]
    return Ratio(mean=fmean(ratios), error=stdev(ratios) / len(ratios) ** 0.5)


def _ratio(own: Sequence[Outcome], schedule: str, to: str) -> float:
    points = [(each.answers_a_day, each.known) for each in own if each.schedule == schedule]
    return fmean(answers_for(each.known, points) / each.answers_a_day for each in own if each.schedule == to)
