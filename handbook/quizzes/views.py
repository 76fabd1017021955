"""What a learner is asked, and when. Thin."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest, learner_id_of
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.common.schema import PROBLEM_TYPE, ProblemSerializer
from handbook.quizzes import selectors, services
from handbook.quizzes.serializers import (
    AnswerInput,
    DueOutput,
    DueQuery,
    ForecastOutput,
    SessionOutput,
    StartQuery,
    VerdictOutput,
    due_as_json,
    forecast_as_json,
    graded_as_json,
    quiz_as_json,
)
from handbook.quizzes.sessions import new_quiz, session_of


def _problem(status: HTTPStatus, description: str) -> dict[Any, OpenApiResponse]:
    return {(status.value, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=description)}


ANSWER_REFUSED = (
    _problem(HTTPStatus.FORBIDDEN, "`other-learners-session`.")
    | _problem(HTTPStatus.NOT_FOUND, "`unknown-session` or `unknown-question`.")
    | _problem(HTTPStatus.CONFLICT, "`already-answered`: another answer came first, and was kept.")
    | _problem(HTTPStatus.GONE, "`session-expired` after 24 hours, `question-gone` when its item was withdrawn.")
)


class PlayersView(PrivateView):
    # Strangers play too.
    permission_classes = (AllowAny,)
    throttle_scope = "quizzes"


class Start(PlayersView):
    query: ClassVar[type[Query]] = StartQuery

    @extend_schema(
        operation_id="quizzes_start",
        summary="Begin a quiz",
        description="Nothing is stored. `session` holds the quiz, may be answered for 24 hours, and is the learner's.",
        parameters=[StartQuery],
        responses=SessionOutput,
        tags=["quizzes"],
    )
    def get(self, request: Request) -> HttpResponse:
        asked = self.asked
        quiz = new_quiz(
            learner_id=learner_id_of(request),
            mode=asked["mode"],
            belt_rank=asked.get("belt"),
            count=asked["count"],
            language=asked["lang"],
            typed=asked["typed"],
            at=timezone.now(),
        )
        return HttpResponse(json_bytes(quiz_as_json(quiz)), content_type="application/json")


class Answer(PlayersView):
    @extend_schema(
        operation_id="quizzes_answer",
        summary="Answer a question of a quiz",
        description=(
            "A learner's answer to a question about a card is recorded as a review. The first answer stands: giving it "
            "again changes nothing and is answered alike."
        ),
        request=AnswerInput,
        responses={200: VerdictOutput} | ANSWER_REFUSED,
        tags=["quizzes"],
    )
    def post(self, request: Request, session: str) -> HttpResponse:
        at = timezone.now()
        played = session_of(session, learner_id=learner_id_of(request), at=at)
        body = AnswerInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        graded = services.answer_question(
            session=played,
            number=given["question"],
            answer=given["answer"],
            elapsed_ms=given["elapsed_ms"],
            at=at,
        )
        return HttpResponse(json_bytes(graded_as_json(graded)), content_type="application/json")


class LearnersView(PrivateView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "quizzes"


class Due(LearnersView):
    query: ClassVar[type[Query]] = DueQuery

    @extend_schema(
        operation_id="quizzes_due",
        summary="What to repeat and what to meet today",
        parameters=[DueQuery],
        responses=DueOutput,
        tags=["quizzes"],
    )
    def get(self, request: SignedInRequest) -> HttpResponse:
        learning = selectors.learning_of(request.user.pk, at=timezone.now())
        new = selectors.new_cards(request.user, learning)
        answer = due_as_json(learning, new, limit=int(self.asked["limit"]))
        return HttpResponse(json_bytes(answer), content_type="application/json")


class Forecast(LearnersView):
    @extend_schema(
        operation_id="quizzes_forecast",
        summary="How many cards fall due on each of the next 30 days",
        responses=ForecastOutput,
        tags=["quizzes"],
    )
    def get(self, request: SignedInRequest) -> HttpResponse:
        learning = selectors.learning_of(request.user.pk, at=timezone.now())
        return HttpResponse(json_bytes(forecast_as_json(learning)), content_type="application/json")
