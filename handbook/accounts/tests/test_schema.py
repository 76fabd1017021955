"""The OpenAPI description of these endpoints."""

from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from handbook.accounts import auth_urls, urls


@pytest.fixture
def schema() -> Any:
    GENERATOR_STATS.reset()
    generator = SchemaGenerator(patterns=[*auth_urls.urlpatterns, *urls.urlpatterns])  # type: ignore[no-untyped-call]
    return generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def test_it_is_made_without_a_warning(schema: Any) -> None:
    assert schema["paths"]
    assert not GENERATOR_STATS


def test_what_needs_a_bearer_token_says_so(schema: Any) -> None:
    signed = {
        path: operation.get("security")
        for path, operations in schema["paths"].items()
        for operation in operations.values()
    }
    assert {path for path, security in signed.items() if security == [{"jwtAuth": []}]} == {"/me", "/password/change/"}
    assert schema["components"]["securitySchemes"]["jwtAuth"] == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
    }


def test_refusals_are_described_as_problems(schema: Any) -> None:
    answers = schema["paths"]["/token/"]["post"]["responses"]
    assert {status: list(answer["content"]) for status, answer in answers.items()} == {
        "200": ["application/json"],
        "400": ["application/problem+json"],
        "401": ["application/problem+json"],
        "415": ["application/problem+json"],
        "429": ["application/problem+json"],
    }
