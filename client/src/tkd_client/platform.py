"""What differs between the browser and a phone, decided once at the start."""

import asyncio
import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from contextvars import copy_context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tkd_client.offline.disk import PlainDisk
from tkd_client.offline.tabs import OnlyTab
from tkd_client.state.device import Device, NoPush, NoSignals, PushFailed, PushState
from tkd_rules.repetition.days import UnknownZone, zone_named

SERVER_URL = os.environ.get("HANDBOOK_URL", "http://localhost:8000")
IS_BROWSER = sys.platform == "emscripten"


def now() -> datetime:
    return datetime.now(UTC)


def device_language() -> str:
    """Return the two letters of the first language that the browser or the system asks for."""
    if IS_BROWSER:
        import js  # noqa: PLC0415 - exists only in the browser

        return str(js.navigator.language)[:2]
    return os.environ.get("LANG", "en")[:2]


def device_zone() -> str:
    """Return the zone of the device's clock by its IANA name, UTC where it does not say."""
    if IS_BROWSER:
        import js  # noqa: PLC0415 - exists only in the browser

        name = str(js.Intl.DateTimeFormat().resolvedOptions().timeZone)
    else:
        name = os.environ.get("TZ") or "/".join(Path("/etc/localtime").resolve().parts[-2:])
    try:
        return zone_named(name).key
    except UnknownZone:
        return "UTC"


async def this_device(channel: "PageChannel") -> Device:
    return await _browser(channel) if IS_BROWSER else _phone()


async def _browser(channel: "PageChannel") -> Device:
    from tkd_client.api.over_fetch import FetchTransport  # noqa: PLC0415 - exists only in the browser
    from tkd_client.offline.browser_disk import BrowserDisk  # noqa: PLC0415
    from tkd_client.offline.browser_tabs import BrowserTabs  # noqa: PLC0415

    tabs = BrowserTabs()
    await tabs.take_part()
    return Device(
        disk=BrowserDisk(),
        tabs=tabs,
        transport=FetchTransport(),
        push=PagePush(channel),
        signals=PageSignals(channel),
        language=device_language(),
        time_zone=device_zone(),
        now=now,
        clock_s=time.monotonic,
    )


def _phone() -> Device:
    from tkd_client.api.over_http import HttpTransport  # noqa: PLC0415 - the browser has no httpx

    folder = Path(os.environ.get("FLET_APP_STORAGE_DATA", Path.home() / ".itf-handbook"))
    return Device(
        disk=PlainDisk(folder),
        tabs=OnlyTab(),
        transport=HttpTransport(SERVER_URL),
        push=NoPush(),
        signals=NoSignals(),
        language=device_language(),
        time_zone=device_zone(),
        now=now,
        clock_s=time.monotonic,
    )


class PageChannel:
    """Talks with the page around the app: a new version is there, the first screen is drawn, the network is back."""

    def __init__(self) -> None:
        self._channel = None
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        if IS_BROWSER:
            import flet_js  # noqa: PLC0415 - exists only in the browser
            import js  # noqa: PLC0415

            self._channel = js.BroadcastChannel.new(flet_js.args.to_py()["channel"])

    def listen(self, hear: Callable[[dict[str, Any]], None]) -> None:
        """Call `hear` in the context of now: Flet finds its page by it, and a browser's event comes without any."""
        if self._channel is not None:
            from pyodide.ffi import create_proxy  # noqa: PLC0415 - exists only in the browser

            context = copy_context()

            def heard(event: Any) -> None:
                message = json.loads(event.data)
                if message["type"] != "answer":
                    context.run(hear, message)
                elif waiting := self._answers.pop(message["id"], None):
                    waiting.set_result(message)

            self._channel.onmessage = create_proxy(heard)

    def tell(self, what: str, **more: Any) -> None:
        if self._channel is not None:
            self._channel.postMessage(json.dumps({"type": what, **more}))

    async def ask(self, what: str, **more: Any) -> dict[str, Any]:
        """Return what the page answers. Raises PushFailed with the browser's own words where it could not."""
        id_ = uuid.uuid4().hex
        self._answers[id_] = asyncio.get_running_loop().create_future()
        self.tell(what, id=id_, **more)
        answer = await self._answers[id_]
        if "error" in answer:
            raise PushFailed(answer["error"])
        return answer


class PagePush:
    """The browser's push messages: the page has the permission and the subscription."""

    def __init__(self, channel: PageChannel) -> None:
        self._channel = channel

    async def state(self) -> PushState:
        return _push_state(await self._channel.ask("push state"))

    async def subscribe(self, key: str) -> PushState:
        return _push_state(await self._channel.ask("push subscribe", key=key))

    async def unsubscribe(self) -> PushState:
        return _push_state(await self._channel.ask("push unsubscribe"))


class PageSignals:
    """The page's sounds, and its hold on the screen."""

    def __init__(self, channel: PageChannel) -> None:
        self._channel = channel

    def sound(self, name: str) -> None:
        self._channel.tell("sound", name=name)

    def stay_awake(self, *, is_so: bool) -> None:
        self._channel.tell("awake", is_so=is_so)


def _push_state(answer: dict[str, Any]) -> PushState:
    return PushState(permission=answer["permission"], subscription=answer["subscription"])


async def drawn() -> None:
    """Return when what was handed to Flutter has had the time for a frame."""
    await asyncio.sleep(0.05)
