"""Which revision the catalogue is at, read from the shared cache instead of the database.

The cache holds `"<revision> <seconds since 1970 of the next scheduled change, or 0> <epoch>"`. Within an epoch it
only ever moves forward (a Lua comparison), lives 30 s, and is written after each commit that took a revision.
So a reader pays one cache read; a process killed between its commit and that write delays others by 30 s at
most; and without a cache every reader asks the database.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import redis
import structlog
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from handbook.catalogue import documents
from handbook.catalogue.models import (
    CatalogueItem,
    CatalogueState,
    Syllabus,
    Technique,
    Term,
    TheoryQuestion,
    Tul,
    new_epoch,
)
from handbook.common.shared_cache import get_often, shared_cache

STATE_KEY = "handbook:catalogue:published"
STATE_LIFETIME_S = 30
KEEP_THE_NEWER = """
local held = redis.call('GET', KEYS[1])
local function revision(state) return tonumber(string.match(state, '^%d+')) end
local function epoch(state) return string.match(state, '%S+$') end
if held and epoch(held) == epoch(ARGV[1]) and revision(held) > revision(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BEFORE_THE_FIRST_EPOCH = "0"  # nothing was ever published, so all that can be answered is empty
ITEM_MODELS: tuple[type[CatalogueItem], ...] = (Technique, Tul, Term, TheoryQuestion, Syllabus)

log = structlog.get_logger(__name__)
_published_callbacks: list[Callable[[int], None]] = []
_due_callbacks: list[Callable[[], object]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The state a reader sees; `next_change_at_s` counts from 1970, 0 when nothing is scheduled.

    `catalogue_id` names this life of the database and the layout of its documents. Revisions, and bytes and cursors
    made of them, compare only where it is the same.
    """

    revision: int
    next_change_at_s: float
    catalogue_id: str


def on_published(callback: Callable[[int], None]) -> None:
    """Have `callback(revision)` called after each commit that took a revision."""
    if callback not in _published_callbacks:
        _published_callbacks.append(callback)


def on_due(callback: Callable[[], object]) -> None:
    """Have `callback()` publish what has come due, before a reader learns the revision."""
    if callback not in _due_callbacks:
        _due_callbacks.append(callback)


def take_revision() -> int:
    """Return the next revision, inside the caller's transaction; its row stays locked until that ends.

    The lock makes revisions become visible in their order, so that a cursor never skips one.
    """
    ensure_state()
    CatalogueState.objects.filter(pk=1).update(revision=F("revision") + 1)
    revision = CatalogueState.objects.values_list("revision", flat=True).get(pk=1)
    transaction.on_commit(refresh_cached_state)
    # Robust: what is published is published, also while the task queue is down.
    transaction.on_commit(lambda: _tell_subscribers(revision), robust=True)
    return revision


def ensure_state() -> None:
    CatalogueState.objects.get_or_create(pk=1, defaults={"settled_at": timezone.now(), "epoch": new_epoch()})


def current_revision() -> int:
    """Return the published revision; a change that was scheduled for a moment now past is published first."""
    return published_state().revision


def published_state() -> Published:
    state = cached_state() or _stored_state()
    if 0 < state.next_change_at_s <= time.time():
        for settle in _due_callbacks:
            settle()
        state = _stored_state()
    return state


def forget_cached_state() -> None:
    """Drop the cached state; for tests, whose changes are rolled back."""
    shared_cache().delete(STATE_KEY)


def refresh_cached_state() -> None:
    """Read the state from the database into the cache; after a change of schedule that took no revision."""
    _stored_state()


def _tell_subscribers(revision: int) -> None:
    for callback in _published_callbacks:
        callback(revision)


def cached_state() -> Published | None:
    """Return what the shared cache holds, or None: it has expired, or there is no cache. Never asks the database."""
    try:
        held = get_often(STATE_KEY)
    except redis.RedisError as error:
        log.warning("catalogue_state_cache_unreachable", error=type(error).__name__)
        return None
    if held is None:
        return None
    revision, next_change_at_s, epoch = held.decode().split()
    return _published(int(revision), float(next_change_at_s), epoch)


def _published(revision: int, next_change_at_s: float, epoch: str) -> Published:
    return Published(
        revision=revision, next_change_at_s=next_change_at_s, catalogue_id=f"{epoch}-{documents.LAYOUT_VERSION}"
    )


def _stored_state() -> Published:
    row = CatalogueState.objects.filter(pk=1).values_list("revision", "epoch").first()
    revision, epoch = row or (0, BEFORE_THE_FIRST_EPOCH)
    due = _next_change_at()
    state = _published(revision, due.timestamp() if due else 0, epoch)
    try:
        value = f"{state.revision} {state.next_change_at_s} {epoch}"
        shared_cache().eval(KEEP_THE_NEWER, 1, STATE_KEY, value, str(STATE_LIFETIME_S))
    except redis.RedisError as error:
        log.warning("catalogue_state_cache_unreachable", error=type(error).__name__)
    return state


def _next_change_at() -> datetime | None:
    """Return the first moment after the last settlement at which an item's visibility changes."""
    settled_at = CatalogueState.objects.filter(pk=1).values_list("settled_at", flat=True).first()
    settled_at = settled_at or LONG_AGO
    moments: list[datetime] = []
    for model in ITEM_MODELS:
        for field in ("valid_from", "valid_to"):
            scheduled = model._default_manager.filter(is_draft=False, **{f"{field}__gt": settled_at})
            moments += filter(None, [scheduled.aggregate(first=Min(field))["first"]])
    return min(moments, default=None)
