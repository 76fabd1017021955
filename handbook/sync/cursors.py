"""A learner's last number in the shared cache, so that a device that asks for news in vain costs no SQL.

While a batch is being stored the entry says so and readers ask the database. A process that is killed between its
commit and its last word leaves that mark, which runs out in seconds; what was stored is then read from the database.
"""

from uuid import UUID

import structlog
from redis import RedisError

from handbook.common.shared_cache import shared_cache

BUSY = b"busy"
BUSY_S = 30
LIFETIME_S = 300

log = structlog.get_logger(__name__)


def cached_change(learner_id: UUID) -> int | None:
    """Return the last number, None when the cache can't tell. Never asks the database."""
    try:
        held = shared_cache().get(_key(learner_id))
    except RedisError as error:
        log.warning("sync_cursor_cache_unreachable", error=type(error).__name__)
        return None
    return int(held) if isinstance(held, bytes) and held != BUSY else None


def mark_busy(learner_id: UUID) -> None:
    """Keep readers from trusting or filling the cache until the batch is committed."""
    _set(learner_id, BUSY, lifetime_s=BUSY_S)


def committed(learner_id: UUID, change: int) -> None:
    _set(learner_id, str(change).encode(), lifetime_s=LIFETIME_S)


def read_from_database(learner_id: UUID, change: int) -> None:
    """Remember for the next reader, unless a batch has begun since."""
    _set(learner_id, str(change).encode(), lifetime_s=LIFETIME_S, only_if_absent=True)


def _set(learner_id: UUID, value: bytes, *, lifetime_s: int, only_if_absent: bool = False) -> None:
    try:
        shared_cache().set(_key(learner_id), value, ex=lifetime_s, nx=only_if_absent)
    except RedisError as error:
        log.warning("sync_cursor_cache_unreachable", error=type(error).__name__)


def _key(learner_id: UUID) -> str:
    return f"handbook:sync:{learner_id}"
