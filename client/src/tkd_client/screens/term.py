"""A word of the glossary: what it means and which words it is made of."""

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
from tkd_client.offline.catalogue import Wanted
from tkd_client.state.texts import in_language
from tkd_rules.grading import parse_belt

SHOWN_NEIGHBOURS = 4


@ft.component
def TermCard() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook, shell.handbook.sync)
    slug = ft.use_route_params().get("slug", "")
    document = shell.handbook.catalogue.document("term", slug)
    ft.use_effect(lambda: shell.handbook.opened("term", slug) if document else None, dependencies=[slug])
    return screen(
        shell,
        path=f"/glossary/{slug}",
        parent="/glossary",
        title=in_language(document["name"], shell.language) if document else shell.texts("nav.glossary"),
        actions=[favourite_button(shell, "term", slug)] if document else [],
        body=_body(shell, document) if document else missing_card(shell, "/glossary"),
    )


def _body(shell: Shell, document: dict[str, Any]) -> ft.Control:
    texts, catalogue = shell.texts, shell.handbook.catalogue
    rank, category = parse_belt(document["min_belt"]).rank, document["category"]
    parts = [part for part in (catalogue.summary("term", slug) for slug in document["parts"]) if part]
    note = in_language(document["note"], shell.language)
    promises = in_language(document.get("promises") or {}, shell.language) or []
    return card_body(
        names(shell, document),
        ft.Row(
            [
                *grade(texts, rank),
                ft.Text("·"),
                ft.Text(texts.known(f"category.{category}", category)),
            ],
            wrap=True,
        ),
        *([ft.Text(note)] if note else []),
        *points("", promises, ft.Icons.CHECK),
        Question("term", document),
        *([heading(texts("card.parts")), *(item_row(shell, part) for part in parts)] if parts else []),
        *([heading(texts("card.aliases")), ft.Text(", ".join(document["aliases"]))] if document["aliases"] else []),
        *_neighbours(shell, document),
    )


def _neighbours(shell: Shell, document: dict[str, Any]) -> list[ft.Control]:
    """Words of the same kind that come next in learning, so that no card is a dead end."""
    same = shell.handbook.catalogue.items(Wanted(kind="term", category=document["category"]))
    slugs = [item.slug for item in same]
    place = slugs.index(document["slug"])
    others = [*same[place + 1 :], *same[:place]][:SHOWN_NEIGHBOURS]
    return [heading(shell.texts("card.same_tag")), *(item_row(shell, item) for item in others)] if others else []
