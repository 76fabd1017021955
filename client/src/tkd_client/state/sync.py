"""Following the server: when it was last heard, what waits to be sent, what went wrong, and when to try again."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from tkd_client.api.catalogue import fetch_changes
from tkd_client.api.transport import ApiError, Transport
from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.database import DiskFull, StoreBroken
from tkd_client.state.observed import Observed

Phase = Literal["idle", "pulling", "failed"]
EVERY_S = 120.0
FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 60.0
SOON_S = 4.0  # so that a few answers travel together
CLOCK_TOLERANCE_S = 3600.0  # what a cache on the way may be behind, and more

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How it stands; `reason` is a key of the messages. Clocks are the device's."""

    phase: Phase = "idle"
    reason: str = ""
    last_heard_at: datetime | None = None
    is_clock_wrong: bool = False

    def as_message(self) -> dict[str, Any]:
        return asdict(self) | {"last_heard_at": self.last_heard_at and self.last_heard_at.isoformat()}

    @classmethod
    def of_message(cls, message: Mapping[str, Any]) -> "Status":
        at = message["last_heard_at"]
        return cls(**{**message, "last_heard_at": at and datetime.fromisoformat(at)})


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
        last_heard_at: datetime | None = None,
    ) -> None:
        super().__init__()
        self.status = Status(last_heard_at=last_heard_at)
        self.catalogue_changed: list[Callable[[], None]] = []
        self._catalogue, self._transport, self._keep, self._push, self._now = catalogue, transport, keep, push, now
        self._failures = 0
        self._retry_after_s: float | None = None
        self._wake = asyncio.Event()
        self._is_soon = False
        self._busy = asyncio.Lock()

    def show(self, status: Status) -> None:
        """Take over how it stands: what this tab has found out, or what the tab that syncs has told."""
        self.status = status
        self.changed()

    def wake(self) -> None:
        """Try now: the network is back, the app is in front again, or the person asked."""
        self._wake.set()

    def soon(self) -> None:
        """Send in a moment what was done now, unless the server is out of reach and its turn will come."""
        if not self._failures and not self._is_soon:
            self._is_soon = True
            asyncio.get_running_loop().call_later(SOON_S, self._now_it_is)

    def _now_it_is(self) -> None:
        self._is_soon = False
        self.wake()

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
            self.show(replace(self.status, phase="pulling"))
            try:
                await self._push()
                sent_at = await self._pull()
            except ApiError as error:
                self._failed(error.reason, error.retry_after_s)
            except DiskFull:
                self._failed("error.disk_full")
            except StoreBroken:
                self._catalogue.database.begin_afresh()
                self._failed("error.store_broken")
            except Exception:
                log.exception("sync failed")
                self._failed("error.unknown")
            else:
                self._failures, self._retry_after_s = 0, None
                self.show(Status(last_heard_at=self._now(), is_clock_wrong=self._is_wrong(sent_at)))
            return self.status.phase == "idle"

    async def _pull(self) -> datetime | None:
        """Return the server's clock."""
        since = self._catalogue.cursor
        etag = self._catalogue.fact("etag") or None
        pulled = await fetch_changes(
            self._transport,
            since=since,
            catalogue_id=self._catalogue.fact("catalogue_id") or "",
            etag=etag if since else None,
        )
        changes = pulled.changes
        if changes is None:
            return pulled.sent_at
        known = pulled.etag if changes.cursor == since else None  # an ETag belongs to the question; the next differs
        if self._catalogue.apply(changes, etag=known):
            for listener in list(self.catalogue_changed):
                listener()
            await self._keep()
        return pulled.sent_at

    def _is_wrong(self, sent_at: datetime | None) -> bool:
        return sent_at is not None and abs((sent_at - self._now()).total_seconds()) > CLOCK_TOLERANCE_S

    def _failed(self, reason: str, retry_after_s: float | None = None) -> None:
        self._failures += 1
        self._retry_after_s = retry_after_s
        self.show(replace(self.status, phase="failed", reason=reason))
