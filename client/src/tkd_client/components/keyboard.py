"""Keys that work wherever nothing is being typed: / to search, arrows to walk through a tul, Escape to go back."""

from collections.abc import Callable, Mapping

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.shell import use_shell

Handlers = Mapping[str, Callable[[], object]]


def use_keys(handlers: Handlers) -> None:
    """Have keys, by Flutter's names for them, call what `handlers` names while the component is shown."""
    keyboard = use_shell().keyboard
    current: MutableRef[Handlers] = ft.use_ref()
    current.current = handlers

    def pressed(key: str) -> None:
        handle = (current.current or {}).get(key)
        if handle:
            handle()

    stop: MutableRef[Callable[[], None]] = ft.use_ref()

    def listen() -> None:
        stop.current = keyboard.listen(pressed)

    ft.use_effect(listen, dependencies=[], cleanup=lambda: stop.current() if stop.current else None)


def text_field(control: ft.TextField) -> ft.TextField:
    """Return the field with what tells the keyboard that letters are letters while it is used.

    A field that goes away while it is used, as a form does that was sent, never says that it is left.
    """
    keyboard = use_shell().keyboard
    ft.use_effect(lambda: None, dependencies=[], cleanup=lambda: keyboard.typing(is_so=False))
    control.on_focus = lambda _: keyboard.typing(is_so=True)
    control.on_blur = lambda _: keyboard.typing(is_so=False)
    return control
