"""Where the app starts, on phones and in the browser."""

import flet as ft


def main(page: ft.Page) -> None:
    page.title = "ITF Taekwon-Do"
    page.add(
        ft.Text("Podręcznik 앞차기 ąćęłńóśźż"), ft.TextField(label="Szukaj"), ft.Button("OK"), ft.Icon(ft.Icons.SEARCH)
    )


def start() -> None:
    ft.run(main)
