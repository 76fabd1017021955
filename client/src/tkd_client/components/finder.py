"""A list that is searched while one types, narrowed by chips, and built only as far as it is scrolled."""

import asyncio

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.buttons import icon_button
from tkd_client.components.filters import filters
from tkd_client.components.items import item_row, on_its_way
from tkd_client.components.keyboard import text_field, use_keys
from tkd_client.components.shell import BACK_KEY, SEARCH_KEY, Shell, use_observed, use_shell
from tkd_client.state.lexicon import Lexicon

NEAR_END_PX = 600
SETTLES_AFTER_S = 0.03


@ft.component
def Finder(lexicon: Lexicon, hint: str, *, with_tags: bool = False) -> ft.Control:
    shell = use_shell()
    use_observed(lexicon, shell.handbook, shell.handbook.sync)
    return ft.Column(
        [
            search_row(lexicon, hint),
            filters(shell, lexicon, with_tags=with_tags),
            results(shell, lexicon),
        ],
        expand=True,
        spacing=4,
    )


def search_row(lexicon: Lexicon, hint: str) -> ft.Control:
    """The search field over the whole width."""
    field = ft.Container(SearchField(lexicon, hint), expand=True)
    return ft.Container(ft.Row([field]), padding=ft.Padding.only(left=12, right=12, top=8))


@ft.component
def SearchField(lexicon: Lexicon, hint: str) -> ft.Control:
    """Searches when the typing pauses for a moment, so that a fast typist is never waited for."""
    shell = use_shell()
    use_observed(lexicon)
    field: MutableRef[ft.Ref[ft.TextField]] = ft.use_ref(ft.Ref)

    async def typed(event: ft.Event[ft.TextField]) -> None:
        text = lexicon.text = event.control.value  # at once: a screen drawn anew meanwhile must not lose a letter
        await asyncio.sleep(SETTLES_AFTER_S)
        if lexicon.text == text:
            lexicon.refresh()

    def focus() -> None:
        if field.current and field.current.current:
            ft.context.page.run_task(field.current.current.focus)

    def focus_when_wanted() -> None:
        if shell.keyboard.search_is_wanted:
            shell.keyboard.search_is_wanted = False
            focus()

    ft.use_effect(focus_when_wanted, dependencies=[])
    use_keys({SEARCH_KEY: focus, BACK_KEY: lambda: lexicon.type("")})
    clear = icon_button(ft.Icons.CLOSE, shell.texts("action.clear"), on_click=lambda _: lexicon.type(""), icon_size=18)
    return text_field(
        ft.TextField(
            ref=field.current,
            key="search",
            value=lexicon.text,
            label=hint,
            prefix_icon=ft.Icons.SEARCH,
            suffix=clear if lexicon.text else None,
            on_change=typed,
            border_radius=28,
            dense=True,
            width=float("inf"),
        )
    )


def results(shell: Shell, lexicon: Lexicon) -> ft.Control:
    if not lexicon.rows:
        return _nothing(shell, lexicon)

    def scrolled(event: ft.OnScrollEvent) -> None:
        if event.pixels > event.max_scroll_extent - NEAR_END_PX:
            lexicon.show_more()

    rows = [item_row(shell, item, note=lexicon.snippets.get((item.kind, item.slug), "")) for item in lexicon.rows]
    return ft.ListView(rows, key="results", expand=True, on_scroll=scrolled, scroll_interval=100)


def _nothing(shell: Shell, lexicon: Lexicon) -> ft.Control:
    if not shell.handbook.catalogue.cursor:
        return on_its_way(shell)
    return ft.Column(
        [
            ft.Icon(ft.Icons.SEARCH_OFF, size=48),
            ft.Text(shell.texts("list.nothing"), theme_style=ft.TextThemeStyle.TITLE_MEDIUM),
            ft.Text(shell.texts("list.nothing_hint"), text_align=ft.TextAlign.CENTER),
            ft.TextButton(
                shell.texts("action.show_all"), visible=lexicon.is_restricted, on_click=lambda _: lexicon.clear()
            ),
        ],
        expand=True,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
