"""A technique or stance: what it is called, how it is done, what goes wrong, where it occurs."""

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
    points,
)
from tkd_client.components.question import Question
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.lexicon import Restriction
from tkd_client.state.texts import in_language
from tkd_rules.grading import parse_belt


@ft.component
def TechniqueCard() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook, shell.handbook.sync)
    slug = ft.use_route_params().get("slug", "")
    document = shell.handbook.catalogue.document("technique", slug)
    ft.use_effect(lambda: shell.handbook.opened("technique", slug) if document else None, dependencies=[slug])
    return screen(
        shell,
        path=f"/techniques/{slug}",
        parent="/techniques",
        title=in_language(document["name"], shell.language) if document else shell.texts("nav.lexicon"),
        actions=[favourite_button(shell, "technique", slug)] if document else [],
        body=_body(shell, document) if document else missing_card(shell, "/techniques"),
    )


def _body(shell: Shell, document: dict[str, Any]) -> ft.Control:
    texts, language = shell.texts, shell.language
    safety = in_language(document["safety"], language)
    return card_body(
        names(shell, document),
        _facts(shell, document),
        *points(texts("card.key_points"), in_language(document["key_points"], language) or [], ft.Icons.CHECK),
        *points(texts("card.mistakes"), in_language(document["mistakes"], language) or [], ft.Icons.CLOSE),
        *points(texts("card.safety"), [safety] if safety else [], ft.Icons.HEALTH_AND_SAFETY_OUTLINED),
        Question("technique", document),
        heading(texts("card.media")),
        ft.Text(texts("card.no_media"), theme_style=ft.TextThemeStyle.BODY_SMALL),
        *_related(shell, document),
        *_tuls(shell, document),
        *_also_written(shell, document),
    )


def _facts(shell: Shell, document: dict[str, Any]) -> ft.Control:
    rank = parse_belt(document["min_belt"]).rank
    category = document["category"]
    return ft.Row(
        [
            *grade(shell.texts, rank),
            ft.Text("·"),
            ft.Text(shell.texts.known(f"category.{category}", category)),
        ],
        wrap=True,
    )


def _related(shell: Shell, document: dict[str, Any]) -> list[ft.Control]:
    """The technique that this one varies, the part of the body that it uses, and its own variants."""
    catalogue = shell.handbook.catalogue
    base = catalogue.summary("technique", document["base"] or "")
    tool = catalogue.summary("term", document["tool"] or "")
    variants = catalogue.variants(document["slug"])
    found: list[ft.Control] = []
    if base:
        found += [heading(shell.texts("card.base")), item_row(shell, base)]
    if tool:
        found += [heading(shell.texts("card.tool")), item_row(shell, tool)]
    if variants:
        found += [heading(shell.texts("card.variants")), *(item_row(shell, item) for item in variants)]
    return found


def _tuls(shell: Shell, document: dict[str, Any]) -> list[ft.Control]:
    uses = shell.handbook.catalogue.uses(document["slug"])
    if not uses:
        return [
            heading(shell.texts("card.in_tuls")),
            ft.Text(shell.texts("card.in_no_tul"), theme_style=ft.TextThemeStyle.BODY_SMALL),
            ft.TextButton(shell.texts("nav.tuls"), on_click=lambda _: shell.go("/tuls")),
        ]
    rows = []
    for use in uses:
        key = "card.step" if len(use.steps) == 1 else "card.steps"
        note = shell.texts(key, numbers=", ".join(map(str, use.steps)))
        rows.append(item_row(shell, use.tul, note=note))
    return [heading(shell.texts("card.in_tuls")), *rows]


def _also_written(shell: Shell, document: dict[str, Any]) -> list[ft.Control]:
    aliases = ", ".join(document["aliases"])
    lexicon = shell.handbook.lexicons["technique"]

    def show(tag: str) -> None:
        lexicon.clear()
        lexicon.restrict(Restriction(tag=tag))
        shell.go("/techniques")

    chips: list[ft.Control] = [
        ft.Chip(shell.texts.known(f"tag.{tag}", tag), on_click=lambda _, tag=tag: show(tag)) for tag in document["tags"]
    ]
    found: list[ft.Control] = []
    if aliases:
        found += [heading(shell.texts("card.aliases")), ft.Text(aliases)]
    if chips:
        found += [heading(shell.texts("card.tags")), ft.Row(chips, wrap=True, spacing=8, run_spacing=4)]
    return found
