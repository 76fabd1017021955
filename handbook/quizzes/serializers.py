"""What the quizzes accept and return."""

from typing import Any

from rest_framework import serializers

from handbook.common.query import Query
from handbook.quizzes.selectors import Learning
from tkd_rules.repetition.days import ONE_DAY
from tkd_rules.repetition.settings import ALGORITHMS

MOST_SHOWN = 500


class DueQuery(Query):
    limit = serializers.RegexField(
        r"^(?:500|[1-4][0-9]{2}|[1-9][0-9]?)\Z",
        required=False,
        default="100",
        trim_whitespace=False,
        help_text=f"How many cards to list, 1 to {MOST_SHOWN}; the counts are of all.",
    )


class DueCardOutput(serializers.Serializer[Any]):
    card = serializers.CharField(help_text="kind/slug/facet, such as technique/ap-chagi/meaning.")
    due_on = serializers.DateField()
    interval_days = serializers.IntegerField()
    reviews = serializers.IntegerField()
    lapses = serializers.IntegerField()


class DueOutput(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="The study day; it begins at 04:00 in the learner's time zone.")
    ends_at = serializers.DateTimeField()
    algorithm = serializers.ChoiceField(choices=list(ALGORITHMS))
    due_count = serializers.IntegerField()
    new_count = serializers.IntegerField()
    due = DueCardOutput(many=True)
    new = serializers.ListField(child=serializers.CharField(), help_text="Cards to meet today, in their order.")


class ForecastDayOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    due = serializers.IntegerField(help_text="On the first day with all that is overdue.")


class ForecastOutput(serializers.Serializer[Any]):
    days = ForecastDayOutput(many=True)


def due_as_json(learning: Learning, new: list[str], *, limit: int) -> dict[str, Any]:
    due = learning.due
    return {
        "on": learning.on,
        "ends_at": learning.ends_at,
        "algorithm": learning.settings.current.algorithm,
        "due_count": len(due),
        "new_count": len(new),
        "due": [
            {
                "card": state.card,
                "due_on": state.due_on,
                "interval_days": state.interval_days,
                "reviews": state.reviews,
                "lapses": state.lapses,
            }
            for state in due[:limit]
        ],
        "new": new[:limit],
    }


def forecast_as_json(learning: Learning) -> dict[str, Any]:
    return {"days": [{"on": learning.on + ahead * ONE_DAY, "due": due} for ahead, due in enumerate(learning.forecast)]}
