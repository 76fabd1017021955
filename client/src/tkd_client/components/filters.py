"""The chips that narrow a list."""

from dataclasses import replace

import flet as ft

from tkd_client.components.choice import choice_chip
from tkd_client.components.shell import Shell
from tkd_client.state.lexicon import Lexicon


def filters(shell: Shell, lexicon: Lexicon, *, with_tags: bool) -> ft.Control:
    """What narrows the list, in one row that scrolls, and how much is left of it."""
    chips = [_belt(shell, lexicon), _favourites(shell, lexicon), _category(shell, lexicon)]
    if with_tags:
        chips.append(_tag(shell, lexicon))
    count = ft.Text(shell.texts.count("list.found", lexicon.total), theme_style=ft.TextThemeStyle.BODY_SMALL)
    row = ft.Row(chips, scroll=ft.ScrollMode.HIDDEN, spacing=8)
    return ft.Container(ft.Column([row, count], spacing=4, tight=True), padding=ft.Padding.symmetric(horizontal=12))


def _belt(shell: Shell, lexicon: Lexicon) -> ft.Control:
    now = lexicon.restriction
    rank = shell.handbook.preferences.belt.rank if now.belt_rank is None else None
    return ft.Chip(
        shell.texts("filter.belt"),
        key="filter-belt",
        selected=now.belt_rank is not None,
        on_select=lambda _: lexicon.restrict(replace(now, belt_rank=rank)),
    )


def _favourites(shell: Shell, lexicon: Lexicon) -> ft.Control:
    now = lexicon.restriction
    slugs = frozenset(slug for kind, slug in shell.handbook.favourites if kind == lexicon.kind)
    return ft.Chip(
        shell.texts("filter.favourites"),
        key="filter-favourites",
        selected=now.slugs is not None,
        on_select=lambda _: lexicon.restrict(replace(now, slugs=slugs if now.slugs is None else None)),
    )


def _category(shell: Shell, lexicon: Lexicon) -> ft.Control:
    names = shell.handbook.catalogue.categories(lexicon.kind) if lexicon.kind else []
    return choice_chip(
        shell.texts("filter.category"),
        shell.texts("filter.any"),
        key="filter-category",
        options=[(name, shell.texts.known(f"category.{name}", name)) for name in names],
        chosen=lexicon.restriction.category,
        choose=lambda name: lexicon.restrict(replace(lexicon.restriction, category=name)),
    )


def _tag(shell: Shell, lexicon: Lexicon) -> ft.Control:
    names = shell.handbook.catalogue.tags(lexicon.kind) if lexicon.kind else []
    return choice_chip(
        shell.texts("filter.tag"),
        shell.texts("filter.any"),
        key="filter-tag",
        options=[(name, shell.texts.known(f"tag.{name}", name)) for name in names],
        chosen=lexicon.restriction.tag,
        choose=lambda name: lexicon.restrict(replace(lexicon.restriction, tag=name)),
    )
