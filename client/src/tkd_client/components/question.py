"""Being asked about the item of a card, now and from then on."""

from typing import Any

import flet as ft

from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.faces import face_of
from tkd_rules.repetition.cards import cards_of

ASKED = {"technique": 1, "term": 1, "tul": 0}  # which of the item's cards: the Korean name, or what a tul stands for


@ft.component
def Question(kind: str, document: dict[str, Any]) -> ft.Control:
    """Ask at once, and put the item among the learner's cards, before those that their grade brings."""
    shell = use_shell()
    learning = shell.handbook.learning
    use_observed(learning)
    opened, set_opened = ft.use_state("")  # the slug, so that another card begins with its question closed
    shown, set_shown = ft.use_state("")
    slug = document["slug"]
    name = f"deck/{kind}/{slug}"

    def ask() -> None:
        learning.choose(name, value=True)
        set_opened(slug)

    if opened != slug:
        words = "ask.again" if learning.is_chosen(name) else "ask.me"
        return ft.OutlinedButton(
            shell.texts(words), key="ask-me", icon=ft.Icons.QUIZ_OUTLINED, on_click=lambda _: ask()
        )
    face = face_of(shell.handbook.catalogue, cards_of(kind, slug)[ASKED[kind]], shell.language)
    if face is None:
        return ft.Container()
    answer: list[ft.Control] = [
        ft.Text(" · ".join(face.answer), theme_style=ft.TextThemeStyle.TITLE_LARGE, color=ft.Colors.PRIMARY)
    ]
    if shown != slug:
        reveal = ft.FilledTonalButton(shell.texts("ask.reveal"), key="reveal", on_click=lambda _: set_shown(slug))
        answer = [ft.Row([reveal])]
    return ft.Card(
        ft.Container(
            ft.Column(
                [
                    ft.Text(shell.texts(face.ask), theme_style=ft.TextThemeStyle.BODY_MEDIUM),
                    ft.Text(" · ".join(face.prompt), theme_style=ft.TextThemeStyle.TITLE_LARGE),
                    *answer,
                    *_in_deck(shell, name),
                ],
                spacing=8,
            ),
            padding=16,
        )
    )


def _in_deck(shell: Shell, name: str) -> list[ft.Control]:
    """Say that the item is among the cards, and offer to take it out."""
    learning = shell.handbook.learning
    if not learning.is_chosen(name):
        return []
    return [
        ft.Divider(),
        ft.Text(shell.texts("ask.in_deck"), theme_style=ft.TextThemeStyle.BODY_SMALL),
        ft.Row(
            [
                ft.TextButton(
                    shell.texts("ask.take_out"), key="take-out", on_click=lambda _: learning.choose(name, value=None)
                )
            ]
        ),
    ]
