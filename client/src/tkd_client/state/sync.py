"""Following the server: when it was last heard, what waits to be sent, what went wrong, and when to try again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal

from tkd_client.api.catalogue import fetch_changes
from tkd_client.api.transport import ApiError, Transport
from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.database import DiskFull
from tkd_client.state.observed import Observed

Phase = Literal["idle", "pulling", "failed"]
EVERY_S = 120.0
FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 60.0


class Sync(Observed):
    """One attempt at a time. A failure leaves the store as it was and is told in words."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        transport: Transport,
        keep: Callable[[], Awaitable[None]],
        push: Callable[[], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.phase: Phase = "idle"
        self.reason = ""
        self.last_heard_at: datetime | None = None
        self.catalogue_changed: list[Callable[[], None]] = []
        self._catalogue, self._transport, self._keep, self._push, self._now = catalogue, transport, keep, push, now
        self._failures = 0
        self._retry_after_s: float | None = None
        self._wake = asyncio.Event()
        self._busy = asyncio.Lock()

    def wake(self) -> None:
        """Try now: the network is back, the app is in front again, or the person asked."""
        self._wake.set()

    async def run(self) -> None:
        """Follow the server until cancelled."""
        while True:
            await self.once()
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), self.pause_s())
            except TimeoutError:
                continue

    def pause_s(self) -> float:
        """Return how long to wait: longer with each failure, never in step with other devices."""
        if not self._failures:
            return EVERY_S
        pause = min(LONGEST_RETRY_S, FIRST_RETRY_S * float(2 ** min(self._failures - 1, 10)))
        return max(self._retry_after_s or 0, pause * random.uniform(0.75, 1.25))  # noqa: S311 - spreads requests

    async def once(self) -> bool:
        """Send what waits, take over what is new; tell whether both went well."""
        async with self._busy:
            self.phase = "pulling"
            self.changed()
            try:
                await self._push()
                await self._pull()
            except ApiError as error:
                self._failed(error.reason, error.retry_after_s)
            except DiskFull:
                self._failed("error.disk_full", None)
            else:
                self._failures, self._retry_after_s = 0, None
                self.phase, self.reason, self.last_heard_at = "idle", "", self._now()
            self.changed()
            return self.phase == "idle"

    async def _pull(self) -> None:
        since = self._catalogue.cursor
        etag = self._catalogue.fact("etag") or None
        got = await fetch_changes(self._transport, since=since, etag=etag if since else None)
        if got is None:
            return
        changes, new_etag = got
        known = new_etag if changes.cursor == since else None  # an ETag belongs to the question, and the next differs
        if self._catalogue.apply(changes, etag=known):
            await self._keep()
            for listener in list(self.catalogue_changed):
                listener()

    def _failed(self, reason: str, retry_after_s: float | None) -> None:
        self._failures += 1
        self._retry_after_s = retry_after_s
        self.phase, self.reason = "failed", reason
