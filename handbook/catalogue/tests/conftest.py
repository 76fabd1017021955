from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handbook.catalogue.tests.edge import Edge

Get = Callable[..., Any]  # the test client's response, which has `json()`


@pytest.fixture
def get(client: Client) -> Get:
    """GET a path below /api/v1."""

    def get(path: str, **headers: str) -> Any:
        return client.get(f"/api/v1/{path}", headers=headers)

    return get


@pytest.fixture
def edge() -> Edge:
    return Edge()
