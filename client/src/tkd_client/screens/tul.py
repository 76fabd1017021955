"""A tul: its meaning, and its movements, all below each other or one by one."""

from typing import Any

import flet as ft

from tkd_client.components.frame import screen
from tkd_client.components.items import (
    card_body,
    favourite_button,
    grade,
    heading,
    item_row,
    missing_card,
    names,
    path_of,
)
from tkd_client.components.keyboard import use_keys
from tkd_client.components.question import Question
from tkd_client.components.shell import NEXT_KEY, PREVIOUS_KEY, Shell, use_observed, use_shell
from tkd_client.state.texts import Texts, in_language
from tkd_client.state.words import sentences
from tkd_rules.grading import parse_belt

HANJA_FONT = "Handbook Hanja"


@ft.component
def TulCard() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook, shell.handbook.sync)
    slug = ft.use_route_params().get("slug", "")
    document = shell.handbook.catalogue.document("tul", slug)
    ft.use_effect(lambda: shell.handbook.opened("tul", slug) if document else None, dependencies=[slug])
    return screen(
        shell,
        path=f"/tuls/{slug}",
        parent="/tuls",
        title=in_language(document["name"], shell.language) if document else shell.texts("nav.tuls"),
        actions=[favourite_button(shell, "tul", slug)] if document else [],
        body=_body(shell, document) if document else missing_card(shell, "/tuls"),
    )


def _body(shell: Shell, document: dict[str, Any]) -> ft.Control:
    texts, language = shell.texts, shell.language
    ready = shell.handbook.catalogue.summary("technique", document["ready_stance"] or "")
    note = in_language(document["note"], language)
    return card_body(
        ft.Row([ft.Container(names(shell, document), expand=True), _sign(shell, document)]),
        _facts(shell, document),
        heading(texts("tul.meaning")),
        ft.Text(in_language(document["meaning"], language)),
        *([ft.Text(note)] if note else []),
        Question("tul", document),
        *([heading(texts("tul.ready")), item_row(shell, ready)] if ready else []),
        *_steps(shell, document),
    )


def _facts(shell: Shell, document: dict[str, Any]) -> ft.Control:
    rank = parse_belt(document["min_belt"]).rank
    return ft.Row(
        [
            *grade(shell.texts, rank),
            ft.Text("·"),
            ft.Text(shell.texts.count("tul.movements", document["movements"])),
        ],
        wrap=True,
    )


def _sign(shell: Shell, document: dict[str, Any]) -> ft.Control:
    """The sign that the floor line draws, as a picture with a name."""
    sign, shape = document["diagram"]["char"], document["diagram"]["shape"]
    words = shell.texts("tul.diagram", shape=shell.texts.known(f"shape.{shape}", shape))
    is_hanja = bool(sign) and ord(sign[0]) > 0x2E80  # noqa: PLR2004 - where CJK begins
    style = ft.TextStyle(size=44, font_family=HANJA_FONT if is_hanja else None)
    return ft.Container(
        ft.Text(sign or "", style=style), visible=bool(shape), tooltip=words, padding=8, alignment=ft.Alignment.CENTER
    )


def _steps(shell: Shell, document: dict[str, Any]) -> list[ft.Control]:
    if not document["steps"]:
        return [heading(shell.texts("tul.steps")), ft.Text(shell.texts("tul.no_steps"))]
    path = f"/tuls/{document['slug']}/play"
    words = sentences(document, shell.handbook.catalogue, shell.language)
    return [
        heading(shell.texts("tul.walk")),
        ft.FilledButton(
            shell.texts("player.open"),
            key="open-player",
            icon=ft.Icons.PLAY_CIRCLE_OUTLINE,
            height=52,
            on_click=lambda _: shell.go(path),
        ),
        Walk(document, words),
        heading(shell.texts("tul.steps")),
        *(step_row(shell, step, words) for step in document["steps"]),
    ]


@ft.component
def Walk(document: dict[str, Any], words: tuple[str, ...]) -> ft.Control:
    """One movement at a time, large enough to read from the floor."""
    shell = use_shell()
    (of, place), set_place = ft.use_state((document["slug"], 0))
    place = place if of == document["slug"] else 0  # another tul begins at its beginning
    steps = document["steps"]
    last = len(steps) - 1
    step = steps[min(place, last)]

    def walk_to(number: int) -> None:
        set_place((document["slug"], max(0, min(number, last))))

    use_keys({PREVIOUS_KEY: lambda: walk_to(place - 1), NEXT_KEY: lambda: walk_to(place + 1)})
    return ft.Card(
        ft.Container(
            ft.Column(
                [
                    ft.Text(shell.texts("tul.step_of", number=step["number"], total=len(steps))),
                    *step_lines(shell, step, words, ft.TextThemeStyle.TITLE_LARGE),
                    ft.Row(
                        [
                            ft.FilledTonalButton(
                                shell.texts("action.previous"),
                                key="previous-step",
                                disabled=place == 0,
                                on_click=lambda _: walk_to(place - 1),
                            ),
                            ft.FilledButton(
                                shell.texts("action.next"),
                                key="next-step",
                                disabled=place >= last,
                                on_click=lambda _: walk_to(place + 1),
                            ),
                        ],
                        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                    ),
                ],
                spacing=8,
            ),
            padding=16,
        )
    )


def step_row(shell: Shell, step: dict[str, Any], words: tuple[str, ...]) -> ft.Control:
    """A numbered movement with links to its techniques and its stance."""
    return ft.Row(
        [
            ft.Container(ft.Text(str(step["number"]), theme_style=ft.TextThemeStyle.TITLE_MEDIUM), width=36),
            ft.Column(step_lines(shell, step, words, ft.TextThemeStyle.BODY_LARGE), spacing=2, expand=True, tight=True),
        ],
        vertical_alignment=ft.CrossAxisAlignment.START,
        key=f"step-{step['number']}",
    )


def step_lines(
    shell: Shell, step: dict[str, Any], words: tuple[str, ...], style: ft.TextThemeStyle
) -> list[ft.Control]:
    timing = f" ({shell.texts('timing.' + step['timing'])})" if step["timing"] != "normal" else ""
    hangul = in_language(step["name"], "ko")
    slugs = [used["slug"] for used in [*step["techniques"], *filter(None, [step["stance"]])]]
    links = [item for item in (shell.handbook.catalogue.summary("technique", s) for s in dict.fromkeys(slugs)) if item]
    spoken = [step["romanization"], hangul] if shell.language != "ko" or not hangul else [hangul, step["romanization"]]
    return [
        ft.Text(spoken[0] + timing, theme_style=style),
        ft.Text(spoken[1], theme_style=ft.TextThemeStyle.BODY_MEDIUM, visible=bool(spoken[1])),
        *([ft.Text(words[step["number"] - 1])] if words else []),
        ft.Row(
            [
                ft.TextButton(
                    in_language(item.name, shell.language),
                    on_click=lambda _, item=item: shell.go(path_of(item.kind, item.slug)),
                )
                for item in links
            ],
            wrap=True,
            spacing=0,
            run_spacing=0,
        ),
        ft.Text(
            shell.texts("tul.facing", direction=step["facing"], words=direction_in_words(shell.texts, step["facing"])),
            theme_style=ft.TextThemeStyle.BODY_SMALL,
            color=ft.Colors.ON_SURFACE_VARIANT,
        ),
    ]


def direction_in_words(texts: Texts, letters: str) -> str:
    """Return where a letter of the floor lies as seen from the start; two letters are the direction between them."""
    first, *second = (texts(f"direction.{letter}") for letter in letters)
    return texts("direction.between", first=first, second=second[0]) if second else first
