"""Search over techniques, tuls and glossary."""

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from handbook.common.rendering import json_bytes
from handbook.search import services
from handbook.search.serializers import SearchAnswer, SearchQuery, hit_as_json

SHARED_CACHE = "public, max-age=30, stale-while-revalidate=300"
EXAMPLE = OpenApiExample(
    "A misspelt turning kick",
    response_only=True,
    value={
        "count": 1,
        "results": [
            {
                "type": "technique",
                "slug": "dollyo-chagi",
                "name": {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
                "romanization": "Dollyo Chagi",
                "category": "kick",
                "min_belt": "9kup",
                "matched_field": "romanization",
                "snippet": "<mark>Dollyo</mark> <mark>Chagi</mark>",
            }
        ],
    },
)


class SearchView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "search"

    @extend_schema(
        operation_id="search",
        summary="Find techniques, tuls and terms, however they are spelt",
        parameters=[SearchQuery],
        responses=SearchAnswer,
        examples=[EXAMPLE],
        tags=["search"],
    )
    def get(self, request: Request) -> HttpResponse:
        asked = SearchQuery.of(request)
        answer = services.search(asked["q"], item_type=asked.get("type"), limit=asked["limit"])
        results = [hit_as_json(hit, asked.get("lang")) for hit in answer.hits]
        response = HttpResponse(
            json_bytes({"count": len(results), "results": results}), content_type="application/json"
        )
        response["X-Search-Engine"] = answer.engine
        response["Cache-Control"] = SHARED_CACHE
        return response
