"""Exercises, plans and the diary. Thin."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from handbook.accounts.http import SignedInRequest, learner_id_of
from handbook.catalogue.http import SHARED_CACHE
from handbook.catalogue.queries import LanguageQuery
from handbook.common.endpoints import HandbookView
from handbook.common.pagination import page_as_json
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.common.schema import PROBLEM_TYPE, ProblemSerializer
from handbook.training.http import TrainingView, conditional_response, json_response
from handbook.training.selectors import diary as diary_selectors
from handbook.training.selectors import exercises as exercise_selectors
from handbook.training.selectors import plans as selectors
from handbook.training.selectors.pages import Page
from handbook.training.serializers import plans as serializers
from handbook.training.services import diary, plans


def problem(status: HTTPStatus, description: str) -> dict[Any, OpenApiResponse]:
    return {(status.value, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=description)}


NO_CONTENT: dict[Any, Any] = {204: None}
READY = problem(HTTPStatus.FORBIDDEN, "`ready-plan`: it is for everybody.")
TAKEN = problem(HTTPStatus.CONFLICT, "`id-taken`, or `too-many-plans`.")
TOO_LARGE = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")


def page_bytes(request: Request, found: Page, asked: dict[str, Any]) -> bytes:
    page, size = asked["page"], asked["page_size"]
    return json_bytes(page_as_json(request, found.results, count=found.count, page=page, page_size=size))


class ExerciseList(HandbookView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "training"
    query: ClassVar[type[Query]] = serializers.ExerciseListQuery

    @extend_schema(
        operation_id="exercises_list",
        summary="Exercises of trainings that are no technique and no tul",
        parameters=[serializers.ExerciseListQuery],
        responses=serializers.EXERCISE_PAGE,
        tags=["training"],
    )
    def get(self, request: Request) -> HttpResponse:
        found = exercise_selectors.page_of_exercises(**self.asked)
        response = conditional_response(request, page_bytes(request, found, self.asked))
        response["Cache-Control"] = SHARED_CACHE
        return response


class PlanList(TrainingView):
    query: ClassVar[type[Query]] = serializers.PlanListQuery

    def get_permissions(self) -> list[Any]:
        return [IsAuthenticated() if self.request.method == "POST" else AllowAny()]

    def query_for(self, request: Request) -> type[Query]:
        return Query if request.method == "POST" else self.query

    @extend_schema(
        operation_id="training_plans_list",
        summary="Ready plans, and the learner's own",
        parameters=[serializers.PlanListQuery],
        responses=serializers.PLAN_PAGE,
        tags=["training"],
    )
    def get(self, request: Request) -> HttpResponse:
        found = selectors.page_of_plans(learner_id_of(request), **self.asked)
        return conditional_response(request, page_bytes(request, found, self.asked))

    @extend_schema(
        operation_id="training_plans_create",
        summary="Make a plan",
        description="Sending it again under its id answers 200 with the plan that there is.",
        request=serializers.NewPlanInput,
        responses={201: serializers.PlanOutput, 200: serializers.PlanOutput} | TAKEN | TOO_LARGE,
        tags=["training"],
    )
    def post(self, request: SignedInRequest) -> HttpResponse:
        body = serializers.NewPlanInput(data=request.data)
        body.is_valid(raise_exception=True)
        plan_id = body.validated_data.get("id")
        plan, is_new = plans.create_plan(owner_id=request.user.pk, plan_id=plan_id, wish=body.wish)
        return json_response(plan, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


class PlanDetail(TrainingView):
    def get_permissions(self) -> list[Any]:
        return [AllowAny() if self.request.method in {"GET", "HEAD", "OPTIONS"} else IsAuthenticated()]

    def query_for(self, request: Request) -> type[Query]:
        return LanguageQuery if request.method in {"GET", "HEAD"} else Query

    @extend_schema(
        operation_id="training_plans_retrieve",
        summary="A plan with its blocks",
        parameters=[LanguageQuery],
        responses=serializers.PlanOutput,
        tags=["training"],
    )
    def get(self, request: Request, plan: str) -> HttpResponse:
        found = selectors.plan_with(learner_id_of(request), plan, lang=self.asked.get("lang"))
        return conditional_response(request, json_bytes(found))

    @extend_schema(
        operation_id="training_plans_replace",
        summary="Change a plan of one's own",
        request=serializers.PlanInput,
        responses={200: serializers.PlanOutput} | READY | TOO_LARGE,
        tags=["training"],
    )
    def put(self, request: SignedInRequest, plan: str) -> HttpResponse:
        body = serializers.PlanInput(data=request.data)
        body.is_valid(raise_exception=True)
        return json_response(plans.replace_plan(owner_id=request.user.pk, key=plan, wish=body.wish))

    @extend_schema(
        operation_id="training_plans_delete",
        summary="Delete a plan of one's own; the diary stays",
        responses=NO_CONTENT | READY,
        tags=["training"],
    )
    def delete(self, request: SignedInRequest, plan: str) -> HttpResponse:
        plans.delete_plan(owner_id=request.user.pk, key=plan)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class PlanShare(TrainingView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="training_plans_share",
        summary="Make the secret link by which anybody reads a plan of one's own",
        description="A link that there was leads nowhere from then on.",
        request=None,
        responses={201: serializers.LinkOutput} | READY,
        tags=["training"],
    )
    def post(self, request: SignedInRequest, plan: str) -> HttpResponse:
        token = plans.share_plan(owner_id=request.user.pk, key=plan)
        url = request.build_absolute_uri(reverse("training-plan-shared", args=[token]))
        return json_response({"url": url, "token": token}, status=HTTPStatus.CREATED)

    @extend_schema(
        operation_id="training_plans_unshare",
        summary="Revoke the link of a plan",
        responses=NO_CONTENT | READY,
        tags=["training"],
    )
    def delete(self, request: SignedInRequest, plan: str) -> HttpResponse:
        plans.unshare_plan(owner_id=request.user.pk, key=plan)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class SharedPlan(TrainingView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    query: ClassVar[type[Query]] = LanguageQuery

    @extend_schema(
        operation_id="training_plans_shared",
        summary="The plan behind a secret link, for anybody who has it",
        parameters=[LanguageQuery],
        responses=serializers.PlanOutput,
        tags=["training"],
    )
    def get(self, request: Request, token: str) -> HttpResponse:
        found = selectors.plan_behind(token, lang=self.asked.get("lang"))
        return conditional_response(request, json_bytes(found))


class SessionList(TrainingView):
    permission_classes = (IsAuthenticated,)
    query: ClassVar[type[Query]] = serializers.SessionListQuery

    def query_for(self, request: Request) -> type[Query]:
        return Query if request.method == "POST" else self.query

    @extend_schema(
        operation_id="training_sessions_list",
        summary="When the learner trained by a plan, the latest first",
        description="Also of a plan that was deleted since.",
        parameters=[serializers.SessionListQuery],
        responses=serializers.SESSION_PAGE,
        tags=["training"],
    )
    def get(self, request: SignedInRequest, plan: str) -> HttpResponse:
        found = diary_selectors.page_of_sessions(request.user.pk, plan, **self.asked)
        return conditional_response(request, page_bytes(request, found, self.asked))

    @extend_schema(
        operation_id="training_sessions_record",
        summary="Tell of a training that was done",
        description="Telling it again under its id changes nothing and answers 200.",
        request=serializers.TrainingSessionInput,
        responses={201: serializers.TrainingSessionOutput, 200: serializers.TrainingSessionOutput}
        | problem(HTTPStatus.CONFLICT, "`id-taken`: another training has this id, and was kept."),
        tags=["training"],
    )
    def post(self, request: SignedInRequest, plan: str) -> HttpResponse:
        body = serializers.TrainingSessionInput(data=request.data)
        body.is_valid(raise_exception=True)
        told = dict(body.validated_data)
        row, is_new = diary.record_session(
            learner_id=request.user.pk, key=plan, session_id=told.pop("id"), at=timezone.now(), **told
        )
        return json_response(row, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)
