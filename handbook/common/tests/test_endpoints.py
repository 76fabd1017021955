"""What every view refuses, whoever asks."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

STRICT = [
    ("get", "/api/v1/me?x=1"),
    ("post", "/api/auth/token/?x=1"),
    ("post", "/api/auth/password/change/?x=1"),
    ("get", "/api/schema?x=1"),
    ("get", "/api/docs?x=1"),
    ("get", "/health/?x=1"),
    ("get", "/metrics?x=1"),
]


@pytest.mark.parametrize(("method", "path"), STRICT)
def test_an_unknown_parameter_is_refused_by_name(admin_user: Any, method: str, path: str) -> None:
    client = APIClient()
    client.force_authenticate(admin_user)
    answer = getattr(client, method)(path)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["x"])


@pytest.mark.parametrize("path", ["/health/live?x=1", "/robots.txt?x=1"])
def test_two_paths_take_whatever_they_are_given(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "content_type"),
    [
        ("", "application/vnd.oai.openapi"),
        ("?format=json", "application/vnd.oai.openapi+json"),
        ("?format=yaml&lang=pl", "application/vnd.oai.openapi"),
    ],
)
def test_the_description_is_given_in_the_format_asked_for(client: Client, query: str, content_type: str) -> None:
    answer = client.get(f"/api/schema{query}")
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, content_type)


@pytest.mark.parametrize("query", ["?format=xml", "?format=", "?lang=de"])
def test_a_format_or_language_that_is_none_is_refused_by_name(client: Client, query: str) -> None:
    answer = client.get(f"/api/schema{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query[1:].partition("=")[0]])


def test_the_documentation_asks_for_its_script(client: Client) -> None:
    answer = client.get("/api/docs?script=&lang=pl")
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, "application/javascript")
