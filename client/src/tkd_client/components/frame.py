"""The frame around every screen: bar, navigation below or beside, and what the app has to say for itself."""

from dataclasses import dataclass

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.keyboard import use_keys
from tkd_client.components.shell import BACK_KEY, SEARCH_KEY, Shell, use_observed, use_shell

WIDEST_TEXT_PX = 760
BAR_TITLE_SIZE = 22  # of one size: the name stands below again, as large as the person wants it


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation."""

    path: str
    label: str
    icon: ft.IconData
    selected_icon: ft.IconData
    also: str = ""  # another path within it

    def holds(self, path: str) -> bool:
        return self.path != "/" and any(path.startswith(own) for own in (self.path, self.also) if own)


SECTIONS = (
    Section("/", "nav.start", ft.Icons.HOME_OUTLINED, ft.Icons.HOME),
    Section("/techniques", "nav.lexicon", ft.Icons.MENU_BOOK_OUTLINED, ft.Icons.MENU_BOOK, also="/glossary"),
    Section("/tuls", "nav.tuls", ft.Icons.ROUTE_OUTLINED, ft.Icons.ROUTE),
    Section("/learn", "nav.learn", ft.Icons.SCHOOL_OUTLINED, ft.Icons.SCHOOL),
    Section("/training", "nav.training", ft.Icons.FITNESS_CENTER_OUTLINED, ft.Icons.FITNESS_CENTER, also="/schedule"),
    Section("/profile", "nav.profile", ft.Icons.PERSON_OUTLINED, ft.Icons.PERSON),
)


def screen(
    shell: Shell,
    *,
    path: str,
    title: str,
    body: ft.Control,
    actions: list[ft.Control] | None = None,
    parent: str | None = None,
) -> ft.View:
    """Return a whole screen: bar with title, navigation below or beside, the body between, no wider than one reads."""
    use_keys({BACK_KEY: lambda: shell.go(parent), SEARCH_KEY: lambda: _search(shell)} if parent else {})
    within = parent or path
    section = next((index for index, one in enumerate(SECTIONS) if one.holds(within)), 0)
    column = ft.Column(
        [
            UpdateBanner(),
            Notices(),
            ft.Container(body, expand=True, width=WIDEST_TEXT_PX if shell.window.is_wide else None),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER if shell.window.is_wide else ft.CrossAxisAlignment.STRETCH,
    )
    back = icon_button(
        ft.Icons.ARROW_BACK,
        shell.texts("action.back"),
        key="back",
        on_click=lambda _: shell.go(parent or "/"),
    )
    return ft.View(
        route=path,
        padding=0,
        spacing=0,
        appbar=ft.AppBar(
            title=ft.Text(title, size=BAR_TITLE_SIZE, overflow=ft.TextOverflow.ELLIPSIS),
            leading=back if parent else None,
            automatically_imply_leading=False,
            actions=[*(actions or []), SyncBadge()],
        ),
        navigation_bar=None if shell.window.is_wide else _navigation_bar(shell, section),
        controls=[
            ft.Row([_navigation_rail(shell, section), ft.VerticalDivider(width=1), column], expand=True, spacing=0)
            if shell.window.is_wide
            else column
        ],
    )


def _search(shell: Shell) -> None:
    shell.keyboard.search_is_wanted = True
    shell.go("/techniques")


def _navigation_bar(shell: Shell, section: int) -> ft.NavigationBar:
    return ft.NavigationBar(
        selected_index=section,
        on_change=lambda event: shell.go(SECTIONS[event.control.selected_index].path),
        destinations=[
            ft.NavigationBarDestination(icon=one.icon, selected_icon=one.selected_icon, label=shell.texts(one.label))
            for one in SECTIONS
        ],
    )


def _navigation_rail(shell: Shell, section: int) -> ft.NavigationRail:
    return ft.NavigationRail(
        selected_index=section,
        label_type=ft.NavigationRailLabelType.ALL,
        on_change=lambda event: shell.go(SECTIONS[event.control.selected_index].path),
        destinations=[
            ft.NavigationRailDestination(icon=one.icon, selected_icon=one.selected_icon, label=shell.texts(one.label))
            for one in SECTIONS
        ],
    )


@ft.component
def SyncBadge() -> ft.Control:
    """A small cloud: in step, with something to send, on the way, or out of reach.

    It leads to the profile, which says it in words.
    """
    shell = use_shell()
    sync, account = shell.handbook.sync, shell.handbook.account
    use_observed(sync, account)
    unsent = account.unsent if account.is_signed_in else 0
    idle = ft.Icons.CLOUD_UPLOAD_OUTLINED if unsent else ft.Icons.CLOUD_DONE_OUTLINED
    icons = {"idle": idle, "pulling": ft.Icons.CLOUD_SYNC_OUTLINED}
    words = shell.texts(sync.status.reason) if sync.status.phase == "failed" else shell.texts("profile.sync")
    if unsent:
        words = f"{words} · {shell.texts.count('sync.waiting', unsent)}"
    return icon_button(
        icons.get(sync.status.phase, ft.Icons.CLOUD_OFF_OUTLINED),
        words,
        key="sync-badge",
        on_click=lambda _: shell.go("/profile"),
    )


@ft.component
def UpdateBanner() -> ft.Control:
    shell = use_shell()
    return ft.Container(
        ft.Row(
            [
                ft.Text(shell.texts("update.ready"), expand=True),
                ft.TextButton(shell.texts("action.reload"), key="reload", on_click=lambda _: shell.reload()),
            ]
        ),
        visible=shell.window.has_update,
        bgcolor=ft.Colors.SECONDARY_CONTAINER,
        padding=ft.Padding.symmetric(horizontal=16),
    )


@ft.component
def Notices() -> ft.Control:
    """What went wrong on this device, in words, until the person has read it."""
    shell = use_shell()
    handbook = shell.handbook
    use_observed(handbook, handbook.sync)
    return ft.Column([_notice(shell, key) for key in handbook.notices()], spacing=0, tight=True)


def _notice(shell: Shell, key: str) -> ft.Control:
    return ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.WARNING_AMBER, color=ft.Colors.ON_ERROR_CONTAINER),
                ft.Text(shell.texts(key), expand=True, color=ft.Colors.ON_ERROR_CONTAINER),
                icon_button(
                    ft.Icons.CLOSE,
                    shell.texts("action.close"),
                    key=f"dismiss-{key}",
                    icon_color=ft.Colors.ON_ERROR_CONTAINER,
                    on_click=lambda _: shell.handbook.dismiss(key),
                ),
            ]
        ),
        bgcolor=ft.Colors.ERROR_CONTAINER,
        padding=ft.Padding.only(left=16, right=4),
    )
