"""The three lists: techniques, tuls, terms."""

import flet as ft

from tkd_client.components.finder import Finder
from tkd_client.components.frame import screen
from tkd_client.components.shell import use_shell


@ft.component
def TechniqueList() -> ft.Control:
    shell = use_shell()
    body = Finder(shell.handbook.lexicons["technique"], shell.texts("lexicon.search"), with_tags=True)
    return screen(shell, path="/techniques", title=shell.texts("nav.lexicon"), body=body)


@ft.component
def TulList() -> ft.Control:
    shell = use_shell()
    body = Finder(shell.handbook.lexicons["tul"], shell.texts("tuls.search"))
    return screen(shell, path="/tuls", title=shell.texts("nav.tuls"), body=body)


@ft.component
def TermList() -> ft.Control:
    shell = use_shell()
    body = Finder(shell.handbook.lexicons["term"], shell.texts("glossary.search"))
    return screen(shell, path="/glossary", title=shell.texts("nav.glossary"), body=body)
