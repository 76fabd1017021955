"""Two tabs of one store: one writes, the others read, follow, and ask the one to write for them."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

Message = dict[str, Any]
Listener = Callable[[Message], Awaitable[None]]


class Tabs(Protocol):
    """What one tab sees of the others."""

    is_writer: bool

    def tell(self, message: Message) -> None:
        """Send to all other tabs."""

    def listen(self, listener: Listener) -> None:
        """Hand what other tabs tell, and `{"type": "writer"}` when this tab becomes the writer."""


class OnlyTab:
    """A phone has one."""

    is_writer = True

    def tell(self, message: Message) -> None:
        return

    def listen(self, listener: Listener) -> None:
        return
