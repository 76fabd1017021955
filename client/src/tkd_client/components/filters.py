"""The chips that narrow a list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import flet as ft

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
    return _menu(
        shell,
        shell.texts("filter.category"),
        key="filter-category",
        options=[(name, shell.texts.known(f"category.{name}", name)) for name in names],
        chosen=lexicon.restriction.category,
        choose=lambda name: lexicon.restrict(replace(lexicon.restriction, category=name)),
    )


def _tag(shell: Shell, lexicon: Lexicon) -> ft.Control:
    names = shell.handbook.catalogue.tags(lexicon.kind) if lexicon.kind else []
    return _menu(
        shell,
        shell.texts("filter.tag"),
        key="filter-tag",
        options=[(name, shell.texts.known(f"tag.{name}", name)) for name in names],
        chosen=lexicon.restriction.tag,
        choose=lambda name: lexicon.restrict(replace(lexicon.restriction, tag=name)),
    )


def _menu(
    shell: Shell,
    label: str,
    *,
    key: str,
    options: Sequence[tuple[str, str]],
    chosen: str | None,
    choose: Callable[[str | None], None],
) -> ft.Control:
    """A chip that opens a menu: what is chosen, or what could be."""
    shown = next((text for name, text in options if name == chosen), label)
    return ft.PopupMenuButton(
        key=key,
        tooltip=label,
        padding=0,
        content=ft.Container(
            ft.Row([ft.Text(shown), ft.Icon(ft.Icons.ARROW_DROP_DOWN, size=18)], spacing=2, tight=True),
            border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
            border_radius=8,
            bgcolor=ft.Colors.SECONDARY_CONTAINER if chosen else None,
            padding=ft.Padding.only(left=12, right=4, top=6, bottom=6),
        ),
        items=[
            ft.PopupMenuItem(shell.texts("filter.any"), on_click=lambda _: choose(None)),
            *(
                ft.PopupMenuItem(text, checked=name == chosen, on_click=lambda _, name=name: choose(name))
                for name, text in options
            ),
        ],
    )
