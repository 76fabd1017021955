"""Choosing one of several: a menu whose button says what it is about and what is chosen.

Flutter's own drop-down has no name for a screen reader.
"""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

Options = Sequence[tuple[Any, str]]
Choose = Callable[[Any], object]


def menu(content: ft.Control, *, key: str, options: Options, chosen: Any, choose: Choose) -> ft.PopupMenuButton:
    """`content` is what one taps; each option is a value and its words."""
    return ft.PopupMenuButton(
        key=key,
        tooltip="",
        padding=0,
        content=content,
        items=[
            ft.PopupMenuItem(words, checked=value == chosen, on_click=lambda _, value=value: choose(value))
            for value, words in options
        ],
    )


def choice_chip(label: str, any_words: str, *, key: str, options: Options, chosen: Any, choose: Choose) -> ft.Control:
    """A chip for a row of filters; None stands for no restriction."""
    shown = next((words for value, words in options if value == chosen), label)
    content = ft.Container(
        ft.Row([ft.Text(shown), ft.Icon(ft.Icons.ARROW_DROP_DOWN, size=18)], spacing=2, tight=True),
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        border_radius=8,
        bgcolor=ft.Colors.SECONDARY_CONTAINER if chosen else None,
        padding=ft.Padding.only(left=12, right=4, top=6, bottom=6),
    )
    return menu(content, key=key, options=[(None, any_words), *options], chosen=chosen, choose=choose)


def choice_row(
    label: str, *, key: str, options: Options, chosen: Any, choose: Choose, unchosen: str = ""
) -> ft.Control:
    """A row of settings: what is chosen, or `unchosen`, stands below what it is about."""
    shown = next((words for value, words in options if value == chosen), unchosen)
    lines: list[ft.Control] = [
        ft.Text(label, theme_style=ft.TextThemeStyle.BODY_SMALL, color=ft.Colors.ON_SURFACE_VARIANT),
        ft.Text(shown, theme_style=ft.TextThemeStyle.BODY_LARGE),
    ]
    content = ft.Container(
        ft.Row([ft.Column(lines, spacing=0, expand=True, tight=True), ft.Icon(ft.Icons.ARROW_DROP_DOWN)]),
        border=ft.Border.all(1, ft.Colors.OUTLINE),
        border_radius=8,
        padding=ft.Padding.symmetric(horizontal=12, vertical=8),
    )
    return menu(content, key=key, options=options, chosen=chosen, choose=choose)
