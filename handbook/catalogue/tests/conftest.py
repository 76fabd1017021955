from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.response import Response

Get = Callable[..., Response]


@pytest.fixture
def get(client: Client) -> Get:
    """GET a path below /api/v1."""

    def get(path: str, **headers: str) -> Response:
        response: Response = client.get(f"/api/v1/{path}", headers=headers)  # type: ignore[assignment]
        return response

    return get
