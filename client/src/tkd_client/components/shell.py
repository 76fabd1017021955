"""What every screen is handed: the app's state, and the way from screen to screen."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.state.handbook import Handbook
from tkd_client.state.observed import Observed
from tkd_client.state.texts import Texts

WIDE_FROM_PX = 840


class Window(Observed):
    """How much room there is, and whether a new version of the app waits."""

    def __init__(self, width_px: float) -> None:
        super().__init__()
        self.is_wide = width_px >= WIDE_FROM_PX
        self.has_update = False

    def resized(self, width_px: float) -> None:
        if self.is_wide != (width_px >= WIDE_FROM_PX):
            self.is_wide = not self.is_wide
            self.changed()

    def update_is_ready(self) -> None:
        self.has_update = True
        self.changed()


SEARCH_KEY, BACK_KEY, PREVIOUS_KEY, NEXT_KEY = "/", "Escape", "Arrow Left", "Arrow Right"


class Keyboard:
    """Hands keys to what is shown. While something is typed only Escape is a key, the others are letters."""

    def __init__(self) -> None:
        self.search_is_wanted = False
        self._is_typing = False
        self._listeners: list[Callable[[str], None]] = []

    def listen(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Hand keys to `listener` until what is returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def typing(self, *, is_so: bool) -> None:
        self._is_typing = is_so

    def pressed(self, key: str) -> None:
        if key != BACK_KEY and self._is_typing:
            return
        for listener in list(self._listeners):
            listener(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Handed to every screen; `go` opens one by its path, `reload` starts the new version."""

    handbook: Handbook
    window: Window
    go: Callable[[str], None]
    reload: Callable[[], None] = field(default=lambda: None)
    keyboard: Keyboard = field(default_factory=Keyboard)

    @property
    def texts(self) -> Texts:
        return self.handbook.preferences.texts

    @property
    def language(self) -> str:
        """The language of the content."""
        return str(self.handbook.preferences.content_language)


ShellContext: ft.ContextProvider[Shell | None] = ft.create_context(None)


def use_shell() -> Shell:
    """Return the shell; the component is drawn again when languages, belt or the width change."""
    shell = ft.use_context(ShellContext)
    if shell is None:
        raise RuntimeError("a screen is drawn outside the app")
    use_observed(shell.handbook.preferences, shell.window)
    return shell


def use_observed(*states: Observed) -> None:
    """Draw the component again whenever one of these states changes."""
    _count, set_count = ft.use_state(0)
    disposers: MutableRef[list[Callable[[], None]]] = ft.use_ref()

    def subscribe() -> None:
        disposers.current = [state.subscribe(lambda: set_count(lambda count: count + 1)) for state in states]

    def unsubscribe() -> None:
        for dispose in disposers.current or []:
            dispose()

    ft.use_effect(subscribe, dependencies=[], cleanup=unsubscribe)
