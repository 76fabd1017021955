"""What the handbook stands on, and what it has put there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tkd_client.api.transport import Transport
from tkd_client.offline.disk import Disk
from tkd_client.offline.tabs import Tabs


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What the platform gives."""

    disk: Disk
    tabs: Tabs
    transport: Transport
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
