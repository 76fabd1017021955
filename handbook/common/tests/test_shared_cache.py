"""The short way to the shared cache answers what the long way does, also over a connection that broke."""

import pytest
import redis
from pytest_django import Settings

from handbook.common.shared_cache import get_often, shared_cache
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
