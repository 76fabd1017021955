"""Redis or Valkey itself, for what needs more than Django's cache offers: one step that counts or compares.

A server that is gone or hangs costs one request its timeout; for the seconds after that nobody waits for it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

TIMEOUT_S = 0.5
SKIP_S = 3.0
# A connection that the server closed meanwhile is opened again; who was waited for once is not waited for twice.
RETRY_ONCE = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))

COUNT = """
local counted = redis.call('INCR', KEYS[1])
if counted == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return counted
"""
REPLACE_MARK = """
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] or (tonumber(held) or math.huge) < tonumber(ARGV[2]) then
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
"""

_thread = threading.local()


class CacheSkipped(redis.ConnectionError):
    """The cache has just not answered, so nobody asked it."""


class _Breaker:
    """Shared by the threads of a process, one a URL. When the time is over one caller tries, the others still skip."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._skip_until_s = 0.0  # 0: it answers

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Run the block unless the cache is skipped. Raises CacheSkipped, and whatever the block does."""
        if self._skip_until_s:
            self._take_the_try()
        try:
            yield
        except (redis.ConnectionError, redis.TimeoutError):
            self._skip_until_s = time.monotonic() + SKIP_S
            raise
        self._skip_until_s = 0.0

    def _take_the_try(self) -> None:
        with self._lock:
            now_s = time.monotonic()
            if now_s < self._skip_until_s:
                raise CacheSkipped("The cache did not answer a moment ago.")
            self._skip_until_s = now_s + SKIP_S


@lru_cache(maxsize=100)
def _breaker_of(_url: str) -> _Breaker:
    return _Breaker()


class GuardedRedis(redis.Redis):
    breaker: _Breaker

    def execute_command(self, *args: Any, **options: Any) -> Any:
        with self.breaker.guard():
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis says nothing of it


def shared_cache() -> GuardedRedis:
    """Return this thread's own connection: taking one from a shared pool costs a quarter of the round trip.

    Raises RedisError when there is no server, as every command does.
    """
    if getattr(_thread, "url", None) != settings.REDIS_URL:
        url = settings.REDIS_URL
        with _breaker_of(url).guard():
            _thread.client = _connected(url)
        _thread.url = url  # only now: connecting may have failed
    kept: GuardedRedis = _thread.client
    return kept


def _connected(url: str) -> GuardedRedis:
    client = GuardedRedis.from_url(
        url,
        single_connection_client=True,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        retry=RETRY_ONCE,
    )
    guarded = cast("GuardedRedis", client)  # annotated as what it inherits from
    guarded.breaker = _breaker_of(url)
    return guarded


def get_often(key: str) -> bytes | None:
    """GET for what every request asks: half the cost of the client's own. Raises RedisError.

    A connection that broke since the last request is mended by the client, which asks again.
    """
    client = shared_cache()
    connection = client.connection
    if connection is None:
        return _bytes_or_none(client.get(key))
    with client.breaker.guard():
        try:
            connection.send_packed_command(_packed_get(key), check_health=False)
            return _bytes_or_none(connection.read_response())
        except redis.ConnectionError:
            connection.disconnect()
        except redis.TimeoutError:
            connection.disconnect()  # or its late answer would be taken for the next one's
            raise
    return _bytes_or_none(client.get(key))


def count_up(key: str, *, lifetime_s: int) -> int:
    """Count one more under `key` and return how many there are: one round trip. Raises RedisError."""
    return int(str(shared_cache().eval(COUNT, 1, key, str(lifetime_s))))


def replace_mark(key: str, mark: str, number: int, *, lifetime_s: int) -> None:
    """Put a number in the place of `mark` or of a lower number: one round trip. Raises RedisError."""
    shared_cache().eval(REPLACE_MARK, 1, key, mark, str(number), str(lifetime_s))


@lru_cache(maxsize=1000)
def _packed_get(key: str) -> list[bytes]:
    return [b"*2\r\n$3\r\nGET\r\n$%d\r\n%b\r\n" % (len(key.encode()), key.encode())]


def _bytes_or_none(held: object) -> bytes | None:
    return held if isinstance(held, bytes) else None
