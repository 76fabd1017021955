"""Where the app starts, on phones and in the browser."""

import flet as ft

from tkd_client import platform
from tkd_client.components.shell import Shell, Window
from tkd_client.components.theme import dress
from tkd_client.screens.app import App
from tkd_client.state.handbook import Handbook


def start() -> None:
    ft.run(main)


async def main(page: ft.Page) -> None:
    """Open the store, draw the screen that the address names, then follow the server."""
    handbook = Handbook(await platform.this_device())
    window = Window(page.width or 0)
    page.on_resize = lambda event: window.resized(event.width)

    def hear(what: str) -> None:
        if what == "update ready":
            window.update_is_ready()
        elif what in {"online", "visible"}:
            handbook.sync.wake()

    channel = platform.PageChannel(hear)
    shell = Shell(handbook=handbook, window=window, go=page.navigate, reload=lambda: channel.tell("reload"))

    def redress() -> None:
        page.title = handbook.preferences.texts("app.name")
        dress(page, handbook.preferences)
        page.update()

    dress(page, handbook.preferences)
    handbook.preferences.subscribe(redress)
    page.render_views(App, shell)
    await platform.drawn()
    channel.tell("drawn")
    handbook.search.warm()
    await handbook.follow()
