"""How far a learner is. Thin."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest
from handbook.common.pagination import page_as_json
from handbook.common.query import Query
from handbook.common.rendering import json_bytes
from handbook.progress import selectors, services
from handbook.progress.serializers import PROGRESS_PAGE, ProgressInput, ProgressOutput, ProgressQuery


class ProgressView(PrivateView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "progress"
    query: ClassVar[type[Query]] = ProgressQuery

    def query_for(self, request: Request) -> type[Query]:
        return Query if request.method == "POST" else self.query

    @extend_schema(
        operation_id="progress_list",
        summary="How far the learner is with each item",
        parameters=[ProgressQuery],
        responses=PROGRESS_PAGE,
        tags=["progress"],
    )
    def get(self, request: SignedInRequest) -> HttpResponse:
        asked = self.asked
        page, page_size = asked["page"], asked["page_size"]
        found = selectors.page_of_progress(
            request.user.pk, ordering=asked.get("ordering", ()), page=page, page_size=page_size
        )
        answer = page_as_json(request, found.results, count=found.count, page=page, page_size=page_size)
        return HttpResponse(json_bytes(answer), content_type="application/json")

    @extend_schema(
        operation_id="progress_record",
        summary="Tell how far the learner is with an item",
        description=(
            "Merged with what other devices told: the best score and streak and the farthest status are kept, the rest "
            "is the later one's. Answers the row as it is now; telling it again changes nothing."
        ),
        request=ProgressInput,
        responses=ProgressOutput,
        tags=["progress"],
    )
    def post(self, request: SignedInRequest) -> HttpResponse:
        body = ProgressInput(data=request.data)
        body.is_valid(raise_exception=True)
        progress = dict(body.validated_data)
        row = services.record_progress(
            learner_id=request.user.pk, device=progress.pop("device"), progress=progress, at=timezone.now()
        )
        return HttpResponse(json_bytes(row), content_type="application/json")
