"""State that says when it has changed. Screens listen; nothing here knows what a screen is."""

from collections.abc import Callable

Listener = Callable[[], None]


class Observed:
    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change; returns what ends that."""
        self._listeners.append(listener)

        def dispose() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return dispose

    def changed(self) -> None:
        for listener in list(self._listeners):
            listener()
