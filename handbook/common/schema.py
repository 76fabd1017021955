"""The OpenAPI description of what every operation shares: problems and rate limits."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457: what went wrong, in words, and the id to find it in the log."""

    type = serializers.CharField(help_text="A path that names the kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    request_id = serializers.CharField()
    errors = serializers.DictField(required=False, help_text="Sentences per field.")


PROBLEM = (ProblemSerializer, "application/problem+json")


class ProblemAwareSchema(AutoSchema):
    """Adds the problems an operation can answer with."""

    def get_response_serializers(self) -> Any:
        responses = super().get_response_serializers()
        if not isinstance(responses, dict):
            responses = {self._success_status(): responses}
        for status, description in self._problems():
            key = (status, "application/problem+json")
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
