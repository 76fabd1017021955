"""What the schedule and its calendar accept and return."""

from datetime import date, time
from typing import Any

from rest_framework import serializers

from handbook.accounts.serializers import LanguageField, NumberField, StrictInput, TimeZoneField
from handbook.common.query import Query
from handbook.training.link_secrets import SECRET_FORM
from handbook.training.models import ScheduleFeed
from handbook.training.selectors.schedule import Schedule, Training
from handbook.training.serializers.fields import ClockField
from tkd_rules.studying import Goal, GoalError, StudyDay, check_goal
from tkd_rules.training.weeks import MOST_A_WEEK

BEGINS_AT = time(18)
WEEKDAYS = range(7)


class DayField(serializers.DateField):
    """A day as text; DRF would take a moment's day for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class ScheduleQuery(Query):
    since = DayField(required=False, help_text="The first day to show; else today.")
    until = DayField(required=False, help_text="The last day to show; else the eve of the grading.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "since" in attrs and "until" in attrs and attrs["until"] < attrs["since"]:
            raise serializers.ValidationError({"until": ["Give a day not before since."]})
        return attrs


class ScheduleInput(StrictInput):
    grading_on = DayField(allow_null=True, help_text="Null where no grading is planned.")
    weekdays = serializers.ListField(
        child=NumberField(min_value=0, max_value=6),
        max_length=len(WEEKDAYS),
        help_text="On which one studies, 0 for Monday to 6 for Sunday; one at least.",
    )
    minutes_a_day = NumberField(help_text="5 to 240.")
    trainings_a_week = NumberField(
        required=False, min_value=0, max_value=MOST_A_WEEK, help_text="One a day at most; left out, it stays."
    )

    def check(self, *, today: date) -> dict[str, Any]:
        """Return what was set. Raises ValidationError for what no plan can be made of on this day."""
        self.is_valid(raise_exception=True)
        given: dict[str, Any] = {**self.validated_data, "weekdays": frozenset(self.validated_data["weekdays"])}
        try:
            goal = Goal(
                grading_on=given["grading_on"] or today,
                weekdays=given["weekdays"],
                minutes_a_day=given["minutes_a_day"],
            )
            check_goal(goal, today=today)
        except GoalError as error:
            raise serializers.ValidationError({error.field: [error.reason]}) from error
        most = len(goal.weekdays)
        if given.get("trainings_a_week", 0) > most:
            raise serializers.ValidationError({"trainings_a_week": [f"One a day at most: 0 to {most} on these days."]})
        return given


class FeedInput(StrictInput):
    """What is left out is that of the profile; the training begins at 18:00."""

    time_zone = TimeZoneField(required=False, help_text="An IANA name, for example Europe/Warsaw.")
    begins_at = ClockField(required=False, help_text="When one begins to study, such as 18:30.")
    language = LanguageField(required=False)


class CalendarQuery(Query):
    token = serializers.RegexField(
        rf"^{SECRET_FORM.pattern}\Z",
        trim_whitespace=False,
        error_messages={"invalid": "This is no token; take the whole address."},
        help_text="From schedule/feed.",
    )


class FeedOutput(serializers.Serializer[Any]):
    time_zone = serializers.CharField()
    begins_at = serializers.CharField()
    language = serializers.CharField()
    created_at = serializers.DateTimeField()


class NewFeedOutput(serializers.Serializer[Any]):
    url = serializers.CharField(help_text="Shown this once: the server keeps a digest of it only.")


class TrainingOutput(serializers.Serializer[Any]):
    plan = serializers.CharField(help_text="The slug of a ready plan.")
    about_s = serializers.IntegerField()


class StudyDayOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    is_study_day = serializers.BooleanField()
    reviews = serializers.IntegerField()
    new = serializers.IntegerField()
    tuls = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    minutes = serializers.IntegerField()
    left_over = serializers.IntegerField(help_text="Reviews that had no room and wait for the next day.")
    training = TrainingOutput(allow_null=True, help_text="Beside the minutes.")


class ScheduleOutput(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="The learner's study day.")
    grading_on = serializers.DateField(allow_null=True)
    weekdays = serializers.ListField(child=serializers.IntegerField())
    minutes_a_day = serializers.IntegerField()
    trainings_a_week = serializers.IntegerField()
    new = serializers.IntegerField(help_text="Cards to meet until the grading.")
    new_without_room = serializers.IntegerField(help_text="How many of them find no room in the days that are left.")
    days = StudyDayOutput(many=True, help_text="To the eve of the grading; none without one that is to come.")
    feed = FeedOutput(allow_null=True, help_text="How the calendar is shown, where it has an address.")


def schedule_as_json(
    schedule: Schedule, feed: ScheduleFeed | None, *, since: date = date.min, until: date = date.max
) -> dict[str, Any]:
    plan = schedule.plan
    days = [day for day in plan.days if since <= day.on <= until] if plan else []
    return {
        "on": schedule.on,
        "grading_on": schedule.grading_on,
        "weekdays": sorted(schedule.weekdays),
        "minutes_a_day": schedule.minutes_a_day,
        "trainings_a_week": schedule.trainings_a_week,
        "new": plan.new if plan else 0,
        "new_without_room": plan.new_without_room if plan else 0,
        "days": [_day(day, schedule.trainings.get(day.on)) for day in days],
        "feed": _feed(feed) if feed else None,
    }


def _day(day: StudyDay, training: Training | None) -> dict[str, Any]:
    return {
        "on": day.on,
        "is_study_day": day.is_study_day,
        "reviews": day.reviews,
        "new": day.new,
        "tuls": list(day.tuls),
        "minutes": day.minutes,
        "left_over": day.left_over,
        "training": {"plan": training.plan, "about_s": training.about_s} if training else None,
    }


def _feed(feed: ScheduleFeed) -> dict[str, Any]:
    return {
        "time_zone": feed.time_zone,
        "begins_at": f"{feed.begins_at:%H:%M}",
        "language": feed.language,
        "created_at": feed.created_at,
    }
