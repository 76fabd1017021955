"""A question about one item, answered in one's head: the other name is hidden until it is asked for."""

from typing import Any

import flet as ft

from tkd_client.components.shell import use_shell
from tkd_client.state.texts import in_language


@ft.component
def Question(document: dict[str, Any]) -> ft.Control:
    """Ask for the Korean name, or for the meaning where the content is in Korean."""
    shell = use_shell()
    opened, set_opened = ft.use_state("")  # the slug, so that another card begins with its question closed
    shown, set_shown = ft.use_state("")
    slug = document["slug"]
    if opened != slug:
        return ft.OutlinedButton(
            shell.texts("ask.me"), key="ask-me", icon=ft.Icons.QUIZ_OUTLINED, on_click=lambda _: set_opened(slug)
        )
    names = document["name"]
    hangul = " · ".join(filter(None, [document["romanization"], names.get("ko", "")]))
    own = in_language({lang: name for lang, name in names.items() if lang != "ko"}, shell.language)
    asked, answer = (hangul, own) if shell.language == "ko" else (own, hangul)
    return ft.Card(
        ft.Container(
            ft.Column(
                [
                    ft.Text(shell.texts("ask.what_is"), theme_style=ft.TextThemeStyle.BODY_MEDIUM),
                    ft.Text(asked, theme_style=ft.TextThemeStyle.TITLE_LARGE),
                    ft.Text(answer, theme_style=ft.TextThemeStyle.TITLE_LARGE, color=ft.Colors.PRIMARY)
                    if shown == slug
                    else ft.FilledTonalButton(
                        shell.texts("ask.reveal"), key="reveal", on_click=lambda _: set_shown(slug)
                    ),
                ],
                spacing=8,
            ),
            padding=16,
        )
    )
