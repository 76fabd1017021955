"""The three lists: techniques, tuls, terms. Techniques and terms are two shelves of one lexicon."""

import flet as ft

from tkd_client.components.finder import Finder
from tkd_client.components.frame import screen
from tkd_client.components.shell import Shell, use_shell


@ft.component
def TechniqueList() -> ft.Control:
    shell = use_shell()
    finder = Finder(shell.handbook.lexicons["technique"], shell.texts("lexicon.search"), with_tags=True)
    return _shelf(shell, "/techniques", finder)


@ft.component
def TulList() -> ft.Control:
    shell = use_shell()
    body = Finder(shell.handbook.lexicons["tul"], shell.texts("tuls.search"))
    return screen(shell, path="/tuls", title=shell.texts("nav.tuls"), body=body)


@ft.component
def TermList() -> ft.Control:
    shell = use_shell()
    finder = Finder(shell.handbook.lexicons["term"], shell.texts("glossary.search"))
    return _shelf(shell, "/glossary", finder)


def _shelf(shell: Shell, path: str, finder: ft.Control) -> ft.View:
    """One of the two lists, and above it the way to the other one."""
    switch = ft.SegmentedButton(
        key="shelf",
        segments=[
            ft.Segment(value="/techniques", label=shell.texts("lexicon.techniques")),
            ft.Segment(value="/glossary", label=shell.texts("nav.glossary")),
        ],
        selected=[path],
        show_selected_icon=False,
        on_change=lambda event: shell.go(event.control.selected[0]),
    )
    bar = ft.Container(switch, padding=ft.Padding.only(left=12, right=12, top=8))
    body = ft.Column(
        [bar, ft.Container(finder, expand=True)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return screen(shell, path=path, title=shell.texts("nav.lexicon"), body=body)
