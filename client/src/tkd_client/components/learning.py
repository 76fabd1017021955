"""How the day's learning stands, for the screens that lead to it."""

import flet as ft

from tkd_client.components.shell import use_observed, use_shell
from tkd_client.state.held import Today
from tkd_client.state.texts import Texts


@ft.component
def DueCard() -> ft.Control:
    """How many cards wait, days in a row, and the button that begins; a quiet line until the answers are read."""
    shell = use_shell()
    learning, texts = shell.handbook.learning, shell.texts
    use_observed(learning, shell.handbook)
    if not shell.handbook.catalogue.cursor:
        return ft.Container()
    if not learning.is_read:
        return ft.Container(ft.ProgressBar(), padding=16)
    today, streak = learning.today, learning.streak_days()
    lines: list[ft.Control] = [ft.Text(_in_words(texts, today), theme_style=ft.TextThemeStyle.TITLE_MEDIUM, key="due")]
    if streak:
        flame = ft.Icon(ft.Icons.LOCAL_FIRE_DEPARTMENT, size=18, color=ft.Colors.PRIMARY)
        lines.append(ft.Row([flame, ft.Text(texts.count("learn.streak", streak))], spacing=4))
    begin = "learn.go_on" if today.answered else "learn.begin"
    lines.append(
        ft.FilledButton(
            texts(begin),
            key="review",
            icon=ft.Icons.STYLE,
            visible=bool(today.left),
            on_click=lambda _: shell.go("/learn/review"),
        )
    )
    return ft.Card(ft.Container(ft.Column(lines, spacing=10), padding=16))


def _in_words(texts: Texts, today: Today) -> str:
    if not today.left:
        return texts("learn.done")
    waits = len({*today.due, *today.again})
    parts = [
        texts.count("learn.due", waits) if waits else "",
        texts.count("learn.new", len(today.new)) if today.new else "",
    ]
    return ", ".join(filter(None, parts))
