"""Where the app starts, on phones and in the browser."""

import asyncio
from typing import Any

import flet as ft

from tkd_client import platform
from tkd_client.components.shell import Shell, Window
from tkd_client.components.theme import dress
from tkd_client.offline.database import DiskFull
from tkd_client.screens.app import App
from tkd_client.screens.no_room import no_room
from tkd_client.state.device import Device
from tkd_client.state.handbook import Handbook


def start() -> None:
    ft.run(main)


async def main(page: ft.Page) -> None:
    """Open the store, draw the screen that the address names, then follow the server."""
    channel = platform.PageChannel()
    try:
        handbook = await opened(page, await platform.this_device(channel))
        show(page, handbook, channel)
        await platform.drawn()
    except Exception:
        channel.tell("failed")
        raise
    channel.tell("drawn")
    handbook.learning.warm()
    handbook.search.warm()
    await handbook.follow()


async def opened(page: ft.Page, device: Device) -> Handbook:
    """Return the handbook of the device; while it has no room to open it, say so and wait for another try."""
    while True:
        try:
            return await Handbook.opened_on(device)
        except DiskFull:
            again = asyncio.Event()
            page.add(no_room(device.language, again.set))
            await again.wait()
            page.clean()


def show(page: ft.Page, handbook: Handbook, channel: platform.PageChannel) -> None:
    window = Window(page.width or 0)
    page.on_resize = lambda event: window.resized(event.width)

    def hear(message: dict[str, Any]) -> None:
        match message["type"]:
            case "update ready":
                window.update_is_ready()
            case "online" | "visible":
                handbook.sync_now()
            case "open":
                page.navigate(message["path"])

    channel.listen(hear)
    shell = Shell(handbook=handbook, window=window, go=page.navigate, reload=lambda: channel.tell("reload"))

    page.on_keyboard_event = lambda event: shell.keyboard.pressed(event.key)

    def dressed() -> None:
        page.title = handbook.preferences.texts("app.name")
        dress(page, handbook.preferences)

    def redress() -> None:
        dressed()
        page.update()

    dressed()
    handbook.preferences.subscribe(redress)
    page.render_views(App, shell)
