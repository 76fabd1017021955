"""The two ends of sync: a device tells what it did, and asks what others did."""

from http import HTTPStatus
from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest, StrictJSONParser
from handbook.common.problems import RuleBroken
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.common.schema import PROBLEM_TYPE, ProblemSerializer
from handbook.sync import selectors, services
from handbook.sync.registry import Batch
from handbook.sync.serializers import NewsOutput, NewsQuery, PushInput, PushOutput, result_as_json

LARGEST_BATCH_BYTES = 2 * 1024 * 1024


class OtherLearner(RuleBroken):
    slug = "other-learner"
    status = HTTPStatus.CONFLICT
    title = "These operations are somebody else's"


class BatchParser(StrictJSONParser):
    largest_bytes = LARGEST_BATCH_BYTES


class Push(PrivateView):
    permission_classes = (IsAuthenticated,)
    parser_classes = (BatchParser,)
    throttle_scope = "progress"

    @extend_schema(
        operation_id="sync_push",
        summary="Tell what was done on this device",
        description="Each operation is applied or refused on its own; sending one again changes nothing.",
        request=PushInput,
        responses={
            200: PushOutput,
            (409, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description="`other-learner`."),
            (413, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description="Send it in smaller batches."),
        },
        tags=["sync"],
    )
    def post(self, request: SignedInRequest) -> HttpResponse:
        body = PushInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        if given.get("learner", str(request.user.pk)) != str(request.user.pk):
            raise OtherLearner("Sign in as the learner whose device this was, or drop what it has not sent.")
        batch = Batch(
            learner_id=request.user.pk,
            device=given["device"],
            catalogue_revision=given["catalogue_revision"],
            now=timezone.now(),
        )
        results = services.push(batch, given["operations"])
        answer = {"results": [result_as_json(result) for result in results]}
        return HttpResponse(json_bytes(answer), content_type="application/json")


class Learner(PrivateView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "progress"
    query: ClassVar[type[Query]] = NewsQuery

    @extend_schema(
        operation_id="sync_learner",
        summary="Ask what other devices did",
        parameters=[NewsQuery],
        responses=NewsOutput,
        tags=["sync"],
    )
    def get(self, request: SignedInRequest) -> HttpResponse:
        news = selectors.news_for(request.user.pk, since=int(self.asked["since"]))
        answer = {
            "cursor": news.cursor,
            "has_more": news.has_more,
            "is_behind": news.is_behind,
            "changes": [{"kind": change.kind, "payload": change.payload} for change in news.changes],
        }
        return HttpResponse(json_bytes(answer), content_type="application/json")
