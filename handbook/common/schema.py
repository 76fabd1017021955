"""The OpenAPI description of what every operation shares: problems and rate limits."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, inline_serializer
from rest_framework import serializers

ProblemSerializer = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(help_text="A path that names the kind of problem."),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "request_id": serializers.CharField(help_text="Finds the request in the log."),
        "errors": serializers.DictField(required=False, help_text="Sentences per field."),
    },
)
PROBLEM_TYPE = "application/problem+json"


class ProblemAwareSchema(AutoSchema):
    """Adds the problems an operation can answer with."""

    def get_response_serializers(self) -> Any:
        declared: Any = super().get_response_serializers()
        responses = dict(declared) if isinstance(declared, dict) else {self._success_status(): declared}
        for status, description in self._problems():
            key = (status, PROBLEM_TYPE)
            if status not in responses and key not in responses:
                responses[key] = OpenApiResponse(ProblemSerializer, description=description)
        return responses

    def _success_status(self) -> int:
        return {"POST": 201, "DELETE": 204}.get(self.method, 200)

    def _problems(self) -> list[tuple[int, str]]:
        problems = [(400, "The input is not valid."), (429, "Too many requests; see Retry-After.")]
        if self.get_auth():
            problems.append((401, "Sign in first."))
        if "{" in self.path:
            problems.append((404, "Nothing has this id."))
        return problems
