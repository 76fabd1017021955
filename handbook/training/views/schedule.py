"""The way to the next grading, and the calendar that shows it. Thin."""

from http import HTTPStatus
from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from handbook.accounts.http import SignedInRequest
from handbook.accounts.selectors import profile_of
from handbook.common.endpoints import WhateverAccepted
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.quizzes.selectors import learning_of
from handbook.training import calendars
from handbook.training.http import TrainingView, conditional_response, json_response
from handbook.training.selectors import schedule as selectors
from handbook.training.serializers import schedule as serializers
from handbook.training.services import schedule as services


class Schedule(TrainingView):
    permission_classes = (IsAuthenticated,)
    query: ClassVar[type[Query]] = serializers.ScheduleQuery

    def query_for(self, request: Request) -> type[Query]:
        return Query if request.method == "PUT" else self.query

    @extend_schema(
        operation_id="schedule_retrieve",
        summary="What to do on which day until the next grading",
        description="Worked out anew from what was done: who misses a day finds its work on those that are left.",
        parameters=[serializers.ScheduleQuery],
        responses=serializers.ScheduleOutput,
        tags=["training"],
    )
    def get(self, request: SignedInRequest) -> HttpResponse:
        return conditional_response(request, self._schedule(request))

    @extend_schema(
        operation_id="schedule_set",
        summary="Set the day of the grading, the days of the week and the minutes a day",
        description="They are the learner's choices, and reach their devices by sync.",
        request=serializers.ScheduleInput,
        responses=serializers.ScheduleOutput,
        tags=["training"],
    )
    def put(self, request: SignedInRequest) -> HttpResponse:
        at = timezone.now()
        body = serializers.ScheduleInput(data=request.data)
        given = body.check(today=learning_of(request.user.pk, at=at).on)
        services.set_schedule(learner_id=request.user.pk, settings=services.Settings(**given), at=at)
        return HttpResponse(self._schedule(request), content_type="application/json")

    def _schedule(self, request: SignedInRequest) -> bytes:
        found = selectors.schedule_of(request.user, at=timezone.now())
        return json_bytes(serializers.schedule_as_json(found, selectors.feed_of(request.user), **self.asked))


class Feed(TrainingView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="schedule_feed_open",
        summary="Make the secret address of the calendar",
        description="One that there was leads nowhere from then on. Local times stay right when the clocks change.",
        request=serializers.FeedInput,
        responses={201: serializers.NewFeedOutput},
        tags=["training"],
    )
    def post(self, request: SignedInRequest) -> HttpResponse:
        body = serializers.FeedInput(data=request.data)
        body.is_valid(raise_exception=True)
        profile = profile_of(request.user)
        usual = {
            "time_zone": profile.time_zone,
            "begins_at": serializers.BEGINS_AT,
            "language": profile.language,
        }
        token = services.open_feed(learner_id=request.user.pk, **usual | body.validated_data)
        url = request.build_absolute_uri(f"{reverse('schedule-calendar')}?token={token}")
        return json_response({"url": url}, status=HTTPStatus.CREATED)

    @extend_schema(
        operation_id="schedule_feed_close",
        summary="Revoke the address of the calendar",
        responses={204: None},
        tags=["training"],
    )
    def delete(self, request: SignedInRequest) -> HttpResponse:
        services.close_feed(learner_id=request.user.pk)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class Calendar(TrainingView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = WhateverAccepted
    query: ClassVar[type[Query]] = serializers.CalendarQuery

    @extend_schema(
        operation_id="schedule_calendar",
        summary="The schedule as a calendar to subscribe to, for whoever has its address",
        parameters=[serializers.CalendarQuery],
        responses={(200, "text/calendar"): OpenApiResponse(str, description="iCalendar, an event a study day.")},
        tags=["training"],
    )
    def get(self, request: Request) -> HttpResponse:
        feed = selectors.feed_behind(self.asked["token"])
        found = selectors.schedule_of(feed.learner, at=timezone.now())
        content = calendars.calendar_of(feed, found, tuls=selectors.names_of_tuls())
        return conditional_response(request, content, content_type=calendars.CONTENT_TYPE)
