"""Tabs of one browser: a Web Lock says which one writes, a BroadcastChannel carries what they tell each other."""

import asyncio
import json
from contextvars import copy_context
from typing import Any

import js
from pyodide.ffi import create_proxy

from tkd_client.offline.tabs import Listener, Message

LOCK = "handbook-store"


class BrowserTabs:
    """Call `take_part` once; the lock is given back when the tab is closed, however that happens."""

    def __init__(self) -> None:
        self.is_writer = False
        self._listeners: list[Listener] = []
        self._context = copy_context()  # whatever a screen needs to redraw itself; a browser's event comes without
        self._channel = js.BroadcastChannel.new("handbook-tabs")
        self._tasks: set[asyncio.Task[None]] = set()

    async def take_part(self) -> None:
        """Become the writer when no other tab is, else stand in line; returns when that is known."""
        self._channel.onmessage = create_proxy(lambda event: self._hand(json.loads(event.data)))
        known: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def first_try(lock: Any) -> Any:
            if lock is None:
                known.set_result(None)
                return None
            self.is_writer = True
            known.set_result(None)
            return js.Promise.new(create_proxy(lambda *_: None))  # never resolved: kept until the tab goes

        js.navigator.locks.request(LOCK, js.JSON.parse('{"ifAvailable": true}'), create_proxy(first_try))
        await known
        if not self.is_writer:
            js.navigator.locks.request(LOCK, create_proxy(self._promoted))

    def tell(self, message: Message) -> None:
        self._channel.postMessage(json.dumps(message))

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def _promoted(self, _lock: Any) -> Any:
        self.is_writer = True
        self._hand({"type": "writer"})
        return js.Promise.new(create_proxy(lambda *_: None))

    def _hand(self, message: Message) -> None:
        for listener in self._listeners:
            task = self._context.run(asyncio.ensure_future, listener(message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
