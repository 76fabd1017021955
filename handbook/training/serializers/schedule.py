"""What the schedule and its calendar accept and return."""

from datetime import date, time
from typing import Any

from rest_framework import serializers

from handbook.accounts.serializers import LanguageField, NumberField, StrictInput, TimeZoneField
from handbook.common.query import Query
from handbook.training.link_secrets import SECRET_FORM
from handbook.training.models import ScheduleFeed
from handbook.training.selectors.schedule import Schedule
from handbook.training.serializers.fields import ClockField
from tkd_rules.operations import GRADING_ON
from tkd_rules.studying import Goal, GoalError, StudyDay, check_goal

BEGINS_AT = time(18)
WEEKDAYS = range(7)


class DayField(serializers.DateField):
    """A day as text; DRF would take a moment's day for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class ScheduleInput(StrictInput):
    grading_on = DayField(allow_null=True, help_text="Null where no grading is planned.")
    weekdays = serializers.ListField(
        child=NumberField(min_value=0, max_value=6),
        max_length=len(WEEKDAYS),
        help_text="On which one studies, 0 for Monday to 6 for Sunday; one at least.",
    )
    minutes_a_day = NumberField(help_text="5 to 240.")

    def check(self, *, today: date) -> dict[str, Any]:
        """Return what was set. Raises ValidationError for what no plan can be made of on this day."""
        self.is_valid(raise_exception=True)
        given: dict[str, Any] = {**self.validated_data, "weekdays": frozenset(self.validated_data["weekdays"])}
        try:
            check_goal(Goal(**given | {GRADING_ON: given["grading_on"] or today}), today=today)
        except GoalError as error:
            raise serializers.ValidationError({error.field: [error.reason]}) from error
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


class StudyDayOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    is_study_day = serializers.BooleanField()
    reviews = serializers.IntegerField()
    new = serializers.IntegerField()
    tuls = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    minutes = serializers.IntegerField()
    left_over = serializers.IntegerField(help_text="Reviews that had no room and wait for the next day.")


class ScheduleOutput(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="The learner's study day.")
    grading_on = serializers.DateField(allow_null=True)
    weekdays = serializers.ListField(child=serializers.IntegerField())
    minutes_a_day = serializers.IntegerField()
    new = serializers.IntegerField(help_text="Cards to meet until the grading.")
    new_without_room = serializers.IntegerField(help_text="How many of them find no room in the days that are left.")
    days = StudyDayOutput(many=True, help_text="To the eve of the grading; none without one that is to come.")
    feed = FeedOutput(allow_null=True, help_text="How the calendar is shown, where it has an address.")


def schedule_as_json(schedule: Schedule, feed: ScheduleFeed | None) -> dict[str, Any]:
    plan = schedule.plan
    return {
        "on": schedule.on,
        "grading_on": schedule.grading_on,
        "weekdays": sorted(schedule.weekdays),
        "minutes_a_day": schedule.minutes_a_day,
        "new": plan.new if plan else 0,
        "new_without_room": plan.new_without_room if plan else 0,
        "days": [_day(day) for day in plan.days] if plan else [],
        "feed": _feed(feed) if feed else None,
    }


def _day(day: StudyDay) -> dict[str, Any]:
    return {
        "on": day.on,
        "is_study_day": day.is_study_day,
        "reviews": day.reviews,
        "new": day.new,
        "tuls": list(day.tuls),
        "minutes": day.minutes,
        "left_over": day.left_over,
    }


def _feed(feed: ScheduleFeed) -> dict[str, Any]:
    return {
        "time_zone": feed.time_zone,
        "begins_at": f"{feed.begins_at:%H:%M}",
        "language": feed.language,
        "created_at": feed.created_at,
    }
