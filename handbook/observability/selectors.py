"""Is each part alive? Quick, bounded, and silent about details that strangers need not know."""

import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import redis
import structlog
from django.conf import settings
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

Status = Literal["ok", "disabled", "error"]
TIMEOUT_S = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    status: Status
    latency_ms: float | None = None

    def as_json(self) -> dict[str, str | float | None]:
        return {"status": self.status, "latency_ms": self.latency_ms}


def health() -> dict[str, Check]:
    """Return the state of `db`, `redis` and `meilisearch`."""
    return {
        "db": _checked("db", database_answers),
        "redis": _checked("redis", cache_answers),
        "meilisearch": _checked("meilisearch", meilisearch_answers)
        if settings.MEILISEARCH_URL
        else Check(status="disabled"),
    }


def _checked(name: str, ask: Callable[[], None]) -> Check:
    started_s = time.perf_counter()
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever breaks, the answer is that it is broken
        log.warning("health_check_failed", part=name, error=repr(error))
        return Check(status="error")
    return Check(status="ok", latency_ms=round((time.perf_counter() - started_s) * 1000, 2))


def database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def cache_answers() -> None:
    """Ask over a connection of its own: the shared cache would answer for a server that it skips."""
    limits = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S}
    with redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits) as client:
        client.ping()


def meilisearch_answers() -> None:
    with urllib.request.urlopen(f"{settings.MEILISEARCH_URL.rstrip('/')}/health", timeout=TIMEOUT_S):  # noqa: S310
        return
