"""What the quizzes accept and return."""

from datetime import timedelta
from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.serializers import NumberField, StrictInput, TextField
from handbook.catalogue.models import ItemKind
from handbook.catalogue.queries import BeltField, DigitsField, FlagField
from handbook.common.query import LANGUAGES, Query
from handbook.quizzes.grading import Given, Graded
from handbook.quizzes.selectors import Learning
from handbook.quizzes.sessions import LIFETIME, Quiz, token_of
from tkd_rules.quiz import Question, Shown, card_of
from tkd_rules.quiz.answers import LONGEST_ANSWER, Outcome
from tkd_rules.quiz.question import KINDS, MODES
from tkd_rules.repetition.days import ONE_DAY
from tkd_rules.repetition.reviews import Rating
from tkd_rules.repetition.settings import ALGORITHMS

MOST_SHOWN = 500
MOST_QUESTIONS = 20  # so many make a session of at most 2 kB, see docs/adr/0028-quiz-sessions.md
QUESTIONS = 10
LONGEST_NUMBER = 3
LONGEST_TIME_MS = LIFETIME // timedelta(milliseconds=1)


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


class StartQuery(Query):
    mode = serializers.ChoiceField(choices=MODES)
    belt = BeltField(help_text="Ask what a student of this grade must know, rather what was learned last; else all.")
    count = DigitsField(required=False, default=QUESTIONS, min_value=1, max_value=MOST_QUESTIONS)
    lang = serializers.ChoiceField(
        choices=LANGUAGES, required=False, default="pl", help_text="The learner's own language."
    )
    typed = FlagField(default=False, help_text="Have names typed instead of chosen.")


class QuestionOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    is_typed = serializers.BooleanField()
    card = serializers.CharField(allow_null=True, help_text="The card that an answer reviews, if any.")
    values = serializers.DictField(child=serializers.CharField(), help_text="What the question shows, by its name.")
    points = serializers.ListField(child=serializers.CharField())
    options = serializers.ListField(
        child=serializers.CharField(),
        help_text="Texts; for the kind belt grades, for movements numbers. None when the answer is typed.",
    )
    media = serializers.JSONField(help_text="Audio or picture, as the catalogue holds it; null for other kinds.")


class SessionOutput(serializers.Serializer[Any]):
    session = serializers.CharField(help_text="Signed; readable, and it holds the right answers too.")
    ends_at = serializers.DateTimeField()
    questions = QuestionOutput(many=True)


@extend_schema_field({"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "maxLength": LONGEST_ANSWER}]})
class GivenField(TextField):
    """The place of an option from 0, or what was typed; null for no answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ANSWER, allow_null=True, allow_blank=True, trim_whitespace=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Given:
        if isinstance(data, float) and data.is_integer():
            return int(data)
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        text: str | None = super().run_validation(data)
        return text


class AnswerInput(StrictInput):
    question = TextField(max_length=LONGEST_NUMBER, help_text="Its id.")
    answer = GivenField(help_text="The place of an option from 0, or what was typed; null for no answer.")
    elapsed_ms = NumberField(min_value=0, max_value=LONGEST_TIME_MS)


class DifferenceOutput(serializers.Serializer[Any]):
    at = serializers.IntegerField(help_text="The place in the right spelling.")
    typed = serializers.CharField()
    right = serializers.CharField()


class MeantOutput(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=ItemKind.choices)
    slug = serializers.CharField()


class VerdictOutput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=get_args(Outcome))
    right_answer = serializers.CharField()
    differences = DifferenceOutput(many=True, help_text="For nearly right: which letters are off.")
    meant = MeantOutput(allow_null=True, help_text="For wrong: the other item that was named, if any.")
    rating = serializers.ChoiceField(choices=[rating.value for rating in Rating])
    card = serializers.CharField(allow_null=True)


def quiz_as_json(quiz: Quiz) -> dict[str, Any]:
    """Return what a learner sees; outside of the session nothing says which option is right."""
    asked = zip(quiz.session.questions, quiz.texts, strict=True)
    return {
        "session": token_of(quiz.session),
        "ends_at": quiz.session.ends_at,
        "questions": [_question_as_json(question, texts) for question, texts in asked],
    }


def _question_as_json(question: Question, texts: Shown) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "is_typed": question.is_typed,
        "card": card_of(question),
        "values": texts.values,
        "points": texts.points,
        "options": texts.options,
        "media": texts.media,
    }


def graded_as_json(graded: Graded) -> dict[str, Any]:
    verdict = graded.verdict
    return {
        "outcome": verdict.outcome,
        "right_answer": verdict.right_answer,
        "differences": [{"at": one.at, "typed": one.typed, "right": one.right} for one in verdict.differences],
        "meant": dict(zip(("type", "slug"), verdict.meant, strict=True)) if verdict.meant else None,
        "rating": graded.rating,
        "card": graded.card,
    }
