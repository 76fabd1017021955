from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from handbook.search import services
from handbook.search.engines import embedded
from handbook.search.engines.breaker import CircuitBreaker
from handbook.search.engines.embedded import EmbeddedEngine
from handbook.search.tests import meilisearch_server
from handbook.search.tests.meilisearch_server import API_KEY, Meilisearch

Search = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_engine(monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    """An index and a breaker of the test's own, as a freshly started worker has them."""
    fresh = EmbeddedEngine()
    monkeypatch.setattr(embedded, "engine", fresh)
    monkeypatch.setattr(services, "engine", fresh)
    monkeypatch.setattr(services, "breaker", CircuitBreaker())
    return fresh


@pytest.fixture
def search(client: Client) -> Search:
    """Search as the public does; further words become parameters."""

    def search(text: str, **parameters: str) -> Any:
        query = "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
        return client.get(f"/api/v1/search?q={quote(text)}{query}")

    return search


@pytest.fixture
def meilisearch(settings: Settings) -> Iterator[Meilisearch]:
    with meilisearch_server.running() as (state, url):
        settings.MEILISEARCH_URL = url
        settings.MEILISEARCH_API_KEY = API_KEY
        yield state
