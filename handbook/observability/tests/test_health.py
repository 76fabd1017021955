"""Health against the real parts, with each of them really unreachable in turn."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests.services import free_port

pytestmark = pytest.mark.django_db


def states(client: Client) -> tuple[int, str, dict[str, str]]:
    answer = client.get("/health/")
    body = answer.json()
    return answer.status_code, body["status"], {name: check["status"] for name, check in body["checks"].items()}


def test_a_well_server_says_so_with_latencies(client: Client) -> None:
    assert states(client) == (200, "ok", {"db": "ok", "redis": "ok", "meilisearch": "disabled"})
    checks = client.get("/health/").json()["checks"]
    assert checks["db"]["latency_ms"] >= 0
    assert checks["redis"]["latency_ms"] >= 0
    assert checks["meilisearch"]["latency_ms"] is None


def test_without_the_cache_it_is_degraded_and_serves(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert states(client) == (200, "degraded", {"db": "ok", "redis": "error", "meilisearch": "disabled"})


def test_without_meilisearch_it_is_degraded_and_serves(client: Client, settings: Settings) -> None:
    settings.MEILISEARCH_URL = f"http://127.0.0.1:{free_port()}"
    assert states(client) == (200, "degraded", {"db": "ok", "redis": "ok", "meilisearch": "error"})


def test_with_meilisearch_it_is_ok(client: Client, settings: Settings) -> None:
    class Healthy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.MEILISEARCH_URL = f"http://127.0.0.1:{server.server_port}"
        assert states(client) == (200, "ok", {"db": "ok", "redis": "ok", "meilisearch": "ok"})
        server.shutdown()


def test_without_the_database_it_is_down(client: Client) -> None:
    def unreachable(*_words: Any) -> Any:
        raise OperationalError("the database went away")

    with connection.execute_wrapper(unreachable):
        code, state, checks = states(client)
    assert (code, state, checks["db"]) == (503, "error", "error")


def test_live_asks_nothing_else(client: Client) -> None:
    def unreachable(*_words: Any) -> Any:
        raise OperationalError("the database went away")

    with connection.execute_wrapper(unreachable):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/health/", "/health/live"])
def test_no_cache_keeps_it(client: Client, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


def test_metrics_count_requests_for_a_scraper_on_this_machine(client: Client) -> None:
    client.get("/health/live")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert b"django_http_requests_before_middlewares_total" in answer.content


def test_metrics_are_not_for_strangers(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 403


def test_metrics_ask_for_the_token_when_there_is_one(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "scraper"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer scraper"}).status_code == 200
