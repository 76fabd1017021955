"""Buttons that are a picture alone, and what they are called."""

from typing import Any

import flet as ft


def icon_button(icon: ft.IconData, words: str, **settings: Any) -> ft.Control:
    """A picture to tap, named `words`; a tooltip alone would name a node beside the button to screen readers."""
    return ft.MergeSemantics(ft.IconButton(icon, tooltip=words, **settings))
