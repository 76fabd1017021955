"""What a learner is asked, and when. Thin."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.quizzes import selectors
from handbook.quizzes.serializers import DueOutput, DueQuery, ForecastOutput, due_as_json, forecast_as_json


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
