"""What the handbook stands on, and what it has put there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from tkd_client.api.transport import Transport
from tkd_client.offline.disk import Disk
from tkd_client.offline.tabs import Tabs

Permission = Literal["unsupported", "default", "granted", "denied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PushState:
    """Whether this device may show reminders while the app is closed, and where they are sent to.

    A subscription has the shape that browsers give it: `endpoint`, and `keys` with `p256dh` and `auth`.
    """

    permission: Permission
    subscription: dict[str, Any] | None = None


class PushFailed(Exception):  # noqa: N818 - it names what happened
    """The browser could not subscribe; the message is its own."""


class Push(Protocol):
    async def state(self) -> PushState: ...

    async def subscribe(self, key: str) -> PushState:
        """Ask for permission and subscribe with the server's public key. Raises PushFailed."""

    async def unsubscribe(self) -> PushState: ...


class NoPush:
    """A device without push messages."""

    async def state(self) -> PushState:
        return PushState(permission="unsupported")

    async def subscribe(self, key: str) -> PushState:
        return await self.state()

    async def unsubscribe(self) -> PushState:
        return await self.state()


class Signals(Protocol):
    """What reaches somebody who trains and does not look: sounds, and a screen that stays on."""

    def sound(self, name: str) -> None:
        """Make a sound: start, halfway, tick, rest or end."""

    def stay_awake(self, *, is_so: bool) -> None: ...


class NoSignals:
    """A device that makes no sounds."""

    def sound(self, name: str) -> None:
        """Stay silent."""

    def stay_awake(self, *, is_so: bool) -> None:
        """Leave the screen to the system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What the platform gives."""

    disk: Disk
    tabs: Tabs
    transport: Transport
    push: Push
    signals: Signals
    language: str
    time_zone: str
    now: Callable[[], datetime]
    clock_s: Callable[[], float]  # never goes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """What is on the device."""

    size_bytes: int
    techniques: int
    tuls: int
    terms: int
