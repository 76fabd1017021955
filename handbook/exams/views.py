"""What a grading asks, and how ready a learner is. Thin."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest
from handbook.catalogue.endpoints import PublicView
from handbook.catalogue.http import revision_response
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.exams import selectors
from handbook.exams.serializers import (
    NamedSyllabus,
    ReadinessOutput,
    ReadinessQuery,
    SyllabusQuery,
    readiness_as_json,
)


class SyllabusView(PublicView):
    query: ClassVar[type[Query]] = SyllabusQuery

    @extend_schema(
        operation_id="exams_syllabus",
        summary="What a holder of a grade learns and shows at the next grading",
        parameters=[SyllabusQuery],
        responses=NamedSyllabus,
        tags=["exams"],
    )
    def get(self, request: Request, belt: str) -> HttpResponse:
        asked = {"on": None, "variant": None, "lang": None} | self.asked
        return revision_response(request, asked, lambda: selectors.named_syllabus(belt, **asked), on_miss=self.count)


class ReadinessView(PrivateView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "quizzes"
    query: ClassVar[type[Query]] = ReadinessQuery

    @extend_schema(
        operation_id="exams_readiness",
        summary="How likely the learner is to know what a grading asks, on its day",
        parameters=[ReadinessQuery],
        responses=ReadinessOutput,
        tags=["exams"],
    )
    def get(self, request: SignedInRequest, belt: str) -> HttpResponse:
        asked = {"variant": None} | self.asked
        lang = asked.pop("lang")
        ready = selectors.readiness_of(request.user.pk, belt, **asked, at=timezone.now())
        return HttpResponse(json_bytes(readiness_as_json(ready, lang=lang)), content_type="application/json")
