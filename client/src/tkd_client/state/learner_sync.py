"""Telling the server what the learner did, and taking over what other devices did."""

from collections.abc import Callable
from datetime import datetime

from tkd_client.api import learner
from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import Transport
from tkd_client.offline.learner import LearnerStore

MOST_ROUNDS = 1_000  # of batches in one go: a server that always refuses must not be asked for ever


async def sync_learner(
    store: LearnerStore,
    transport: Transport,
    tokens: Tokens,
    *,
    catalogue_revision: int,
    now: Callable[[], datetime],
) -> None:
    """Send all that waits, then take over all that is new. What was done meanwhile waits for the next time.

    Raises ApiError, after which everything that was stored stays, and DiskFull.
    """
    for _ in range(MOST_ROUNDS):
        if not await _push_some(store, transport, tokens, catalogue_revision=catalogue_revision, now=now):
            break
    told_back = store.sent()
    for _ in range(MOST_ROUNDS):
        news = await learner.pull(transport, tokens, since=store.cursor)
        store.take_over(
            news.changes,
            cursor=news.cursor,
            told_back=[] if news.has_more else told_back,
            is_behind=news.is_behind,
        )
        if not news.has_more:
            break


async def _push_some(
    store: LearnerStore,
    transport: Transport,
    tokens: Tokens,
    *,
    catalogue_revision: int,
    now: Callable[[], datetime],
) -> bool:
    """Send one batch; tell whether there may be more to send."""
    sent = store.to_send()
    if not sent:
        return False
    batch = [{"id": one.id, "kind": one.kind, "payload": one.payload} for one in sent]
    pushed = await learner.push(transport, tokens, batch, device=store.device, catalogue_revision=catalogue_revision)
    return store.settle(sent, pushed.results, device_now=now(), server_now=pushed.sent_at)
