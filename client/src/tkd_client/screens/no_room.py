"""What is shown instead of the app while the device has no room even for an empty store."""

from collections.abc import Callable

import flet as ft

from tkd_client.state.texts import LANGUAGES, Texts


def no_room(language: str, again: Callable[[], None]) -> ft.Control:
    texts = Texts(language if language in LANGUAGES else "en")
    return ft.Column(
        [
            ft.Icon(ft.Icons.WARNING_AMBER, size=48),
            ft.Text(texts("error.no_room"), text_align=ft.TextAlign.CENTER),
            ft.FilledButton(texts("action.retry"), key="retry", on_click=lambda _: again()),
        ],
        expand=True,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
