"""The short way to the shared cache answers what the long way does, also over a connection that broke."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest
import redis
from django.test import Client
from pytest_django import Settings

from handbook.common import shared_cache as module
from handbook.common.shared_cache import CacheSkipped, get_often, shared_cache
from tests.services import free_port

KEY = "handbook:test:often"


def test_it_answers_what_is_held() -> None:
    assert get_often(KEY) is None
    shared_cache().set(KEY, "żółty")
    assert get_often(KEY) == "żółty".encode()
    assert get_often("handbook:test:돌려") is None


def test_a_connection_that_broke_is_mended() -> None:
    shared_cache().set(KEY, "1")
    assert get_often(KEY) == b"1"
    connection = shared_cache().connection
    assert connection is not None
    connection.disconnect()
    assert get_often(KEY) == b"1"


def test_a_connection_that_the_server_closed_is_mended(settings: Settings) -> None:
    shared_cache().set(KEY, "1")
    mine = shared_cache().client_id()
    with redis.Redis.from_url(settings.REDIS_URL) as other:
        other.client_kill_filter(_id=str(mine))
    assert get_often(KEY) == b"1"


def test_without_a_server_it_raises_and_comes_back(settings: Settings) -> None:
    shared_cache().set(KEY, "1")
    url = settings.REDIS_URL
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    for _ in range(2):
        with pytest.raises(redis.RedisError):
            get_often(KEY)
    settings.REDIS_URL = url
    assert get_often(KEY) == b"1"


@pytest.fixture
def connections(settings: Settings) -> Iterator[Callable[[], int]]:
    """Point the cache at a server that hangs: it lets everybody connect and answers nobody. Counts who came."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as hanging:
        hanging.settimeout(0)
        settings.REDIS_URL = f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"
        held = []

        def count() -> int:
            while True:
                try:
                    held.append(hanging.accept()[0])
                except BlockingIOError:
                    return len(held)

        yield count
        for one in held:
            one.close()


def test_who_hangs_is_asked_once_and_then_skipped(connections: Callable[[], int]) -> None:
    with pytest.raises(redis.TimeoutError):
        get_often(KEY)
    for _ in range(20):
        with pytest.raises(CacheSkipped):
            get_often(KEY)
        with pytest.raises(CacheSkipped):
            shared_cache().set(KEY, "1")
    assert connections() == 1


def test_when_the_time_is_over_one_caller_tries_and_the_others_still_skip(
    connections: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(redis.TimeoutError):
        get_often(KEY)
    later_s = time.monotonic() + module.SKIP_S
    monkeypatch.setattr("handbook.common.shared_cache.time.monotonic", lambda: later_s)
    with pytest.raises(redis.TimeoutError):
        get_often(KEY)
    with pytest.raises(CacheSkipped):
        get_often(KEY)
    assert connections() == 2


def test_who_answers_again_is_no_longer_skipped() -> None:
    breaker = shared_cache().breaker
    breaker._skip_until_s = 0.001  # long ago
    shared_cache().set(KEY, "1")
    assert breaker._skip_until_s == 0.0
    breaker._skip_until_s = 0.001
    assert (get_often(KEY), breaker._skip_until_s) == (b"1", 0.0)


@pytest.mark.django_db
def test_the_handbook_is_served_while_the_cache_hangs(client: Client, connections: Callable[[], int]) -> None:
    paths = ["/api/v1/techniques", "/api/v1/search?q=ap", "/api/v1/sync/catalogue?since=0", "/api/v1/me"]
    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 401]
    assert connections() == 1
