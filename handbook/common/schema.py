"""The OpenAPI description of what operations share: problems, rate limits and pages."""

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
PROBLEM = (ProblemSerializer, PROBLEM_TYPE)


def page_schema(name: str, item: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    return inline_serializer(
        name,
        {
            "count": serializers.IntegerField(),
            "next": serializers.CharField(allow_null=True),
            "previous": serializers.CharField(allow_null=True),
            "results": item(many=True),
        },
    )


class ProblemAwareSchema(AutoSchema):
    """Adds the problems an operation can answer with."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        """Extend what the view declares, which `extend_schema` hands over here and nowhere earlier."""
        bodies = super()._get_response_bodies(direction)
        for status, description in self._problems():
            if status not in bodies:
                problem = OpenApiResponse(ProblemSerializer, description=description)
                bodies[status] = self._get_response_for_code(problem, status, [PROBLEM_TYPE], direction)
        return bodies

    def _problems(self) -> list[tuple[str, str]]:
        problems = [("400", "The input is not valid.")]
        if self.method in {"POST", "PATCH", "PUT"}:
            problems.append(("415", "The body is not JSON."))
        if self.view.get_throttles():
            problems.append(("429", "Too many requests; see Retry-After."))
        if any(self.get_auth()):
            problems.append(("401", "Sign in first."))
        if "{" in self.path or self.method == "GET":
            problems.append(("404", "Nothing is here: an unknown id, or a page past the end."))
        return problems


def close_request_bodies(result: dict[str, Any], **_generator: Any) -> dict[str, Any]:
    """Say of every request body that it takes no other fields, which is how input is read here."""
    for name, component in result["components"]["schemas"].items():
        if name.endswith("Request") and component.get("type") == "object":
            component["additionalProperties"] = False
    return result
