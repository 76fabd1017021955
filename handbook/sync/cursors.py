"""A learner's last number in the shared cache, so that a device that asks for news in vain costs no SQL.

While a batch is being stored the entry is its mark, and readers ask the database. Of two devices that push at once the
one whose batch was stored first may be the last to speak: it leaves the other's mark, and a higher number, alone. A
process that is killed between its commit and its last word leaves its mark, which runs out in seconds.
"""

import uuid
from uuid import UUID

import structlog
from redis import RedisError

from handbook.common.shared_cache import replace_mark, shared_cache

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
    return int(held) if isinstance(held, bytes) and held.isdigit() else None


def mark_busy(learner_id: UUID) -> str:
    """Keep readers from trusting or filling the cache; returns the mark. To be called by who holds the lock."""
    mark = f"busy {uuid.uuid4()}"
    _set(learner_id, mark, lifetime_s=BUSY_S)
    return mark


def committed(learner_id: UUID, change: int, *, mark: str) -> None:
    """Tell readers the number, unless another batch has begun since."""
    try:
        replace_mark(_key(learner_id), mark, change, lifetime_s=LIFETIME_S)
    except RedisError as error:
        log.warning("sync_cursor_cache_unreachable", error=type(error).__name__)


def read_from_database(learner_id: UUID, change: int) -> None:
    """Remember for the next reader, unless a batch has begun since."""
    _set(learner_id, str(change), lifetime_s=LIFETIME_S, only_if_absent=True)


def _set(learner_id: UUID, value: str, *, lifetime_s: int, only_if_absent: bool = False) -> None:
    try:
        shared_cache().set(_key(learner_id), value, ex=lifetime_s, nx=only_if_absent)
    except RedisError as error:
        log.warning("sync_cursor_cache_unreachable", error=type(error).__name__)


def _key(learner_id: UUID) -> str:
    return f"handbook:sync:{learner_id}"
