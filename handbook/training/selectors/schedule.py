"""The way to the next grading, worked out anew from what the learner chose and has done."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from handbook.accounts.models import User
from handbook.accounts.selectors import profile_of
from handbook.catalogue.known_items import items_up_to
from handbook.catalogue.models import Tul
from handbook.progress.selectors import chosen_by
from handbook.quizzes.selectors import Learning, learning_of
from handbook.training.link_secrets import digest_of
from handbook.training.models import Plan, ScheduleFeed, TrainingSession
from handbook.training.problems import LinkUnknown
from tkd_rules.grading import ALL_BELTS, parse_belt
from tkd_rules.operations import (
    GRADING_ON,
    NEW_PER_DAY,
    STUDY_MINUTES,
    STUDY_WEEKDAYS,
    TRAININGS_A_WEEK,
    day_of_number,
)
from tkd_rules.repetition.cards import belt_deck, parse_card
from tkd_rules.repetition.days import study_day, zone_named
from tkd_rules.repetition.session import NEW_PER_DAY as USUAL_NEW_PER_DAY
from tkd_rules.repetition.statistics import seconds_an_answer
from tkd_rules.studying import REVIEW_S, Goal, StudyPlan, Work, study_plan
from tkd_rules.training.weeks import training_days

EVERY_DAY, MINUTES = frozenset(range(7)), 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A ready plan for the learner's grade; `names` are by language."""

    plan: str
    about_s: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What was set, and the days from `on`, a study day in `zone`, to the eve of the grading.

    `plan` is none without a grading that is to come. `trainings` are by their days, and have a time of their own.
    """

    on: date
    zone: ZoneInfo
    grading_on: date | None
    weekdays: frozenset[int]
    minutes_a_day: int
    trainings_a_week: int
    plan: StudyPlan | None
    trainings: Mapping[date, Training]


def schedule_of(user: User, *, at: datetime) -> Schedule:
    """Five queries, and at most one for each kind of item, revision and process, four for trainings."""
    learning, choices = learning_of(user.pk, at=at), chosen_by(user.pk)
    number, bits = choices.get(GRADING_ON), choices.get(STUDY_WEEKDAYS)
    grading_on = day_of_number(number) if number else None
    weekdays = EVERY_DAY if bits is None else frozenset(day for day in EVERY_DAY if bits >> day & 1)
    minutes = choices.get(STUDY_MINUTES, MINUTES)
    plan = None
    if grading_on is not None and grading_on >= learning.on:
        goal = Goal(grading_on=grading_on, weekdays=weekdays, minutes_a_day=minutes)
        new_a_day = choices.get(NEW_PER_DAY, USUAL_NEW_PER_DAY)
        plan = study_plan(goal, _work(learning, parse_belt(profile_of(user).belt).rank, new_a_day))
    a_week = choices.get(TRAININGS_A_WEEK, 0)
    return Schedule(
        on=learning.on,
        zone=zone_named(learning.settings.current.time_zone),
        grading_on=grading_on,
        weekdays=weekdays,
        minutes_a_day=minutes,
        trainings_a_week=a_week,
        plan=plan,
        trainings=dict(_trainings(user, learning, plan, a_week=a_week)) if plan and a_week else {},
    )


def feed_of(user: User) -> ScheduleFeed | None:
    """One query."""
    return ScheduleFeed.objects.filter(learner=user).first()


def feed_behind(secret: str) -> ScheduleFeed:
    """Return the feed with its learner and their profile. One query. Raises LinkUnknown."""
    feeds = ScheduleFeed.objects.select_related("learner__profile")
    feed = feeds.filter(digest=digest_of(secret), learner__is_active=True).first()
    if feed is None:
        raise LinkUnknown
    return feed


def names_of_tuls() -> dict[str, str]:
    """Return the names of all tuls by slug, as they are romanized. One query."""
    return dict(Tul.objects.values_list("slug", "romanization"))


def _work(learning: Learning, belt_rank: int, new_a_day: int) -> Work:
    """Return what there is to do, as a device of the learner counts it."""
    everything = items_up_to(len(ALL_BELTS))
    items = {(kind, item["slug"]) for kind, found in everything.items() for item in found}
    due = [state.due_on for card, state in learning.states.items() if _item_of(card) in items]
    tuls = sorted(items_up_to(belt_rank)["tul"], key=_place_of_tul, reverse=True)
    return Work(
        today=learning.on,
        new=sum(card not in learning.states for card in belt_deck(everything, belt_rank=belt_rank)),
        new_a_day=new_a_day,
        due=Counter(due),
        tuls=[tul["slug"] for tul in tuls],
        review_s=seconds_an_answer(learning.log) or REVIEW_S,
    )


def _trainings(user: User, learning: Learning, plan: StudyPlan, *, a_week: int) -> Iterator[tuple[date, Training]]:
    """Yield the ready plans of the grade in turn, going on after those that were trained."""
    plans = _ready_trainings(parse_belt(profile_of(user).belt).rank)
    if not plans:
        return
    zone = zone_named(learning.settings.current.time_zone)
    done = TrainingSession.objects.filter(learner=user)
    this_week = done.filter(started_at__date__gte=learning.on - timedelta(days=8)).values_list("started_at", flat=True)
    days = [day.on for day in plan.days if day.is_study_day]
    trained_on = {study_day(moment, zone) for moment in this_week}
    turns = count(done.count())
    for day in training_days(days, a_week=a_week, trained_on=trained_on):
        yield day, plans[next(turns) % len(plans)]


def _ready_trainings(belt_rank: int) -> list[Training]:
    """Return those of the grade, or of the nearest one before it that has some."""
    plans = Plan.objects.filter(owner=None, withdrawn_at=None, belt__lte=belt_rank).order_by("-belt", "slug")
    found = list(plans.prefetch_related("texts"))
    return [
        Training(plan=plan.key, about_s=plan.about_s, names={text.lang: text.name for text in plan.texts.all()})
        for plan in found
        if plan.belt == found[0].belt
    ]


def _item_of(card: str) -> tuple[str, str]:
    parsed = parse_card(card)
    return parsed.kind, parsed.slug


def _place_of_tul(tul: dict[str, str]) -> tuple[int, int, str]:
    return parse_belt(tul["min_belt"]).rank, int(tul["number"] or 0), tul["slug"]
