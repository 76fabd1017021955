"""What every screen stands in: the app's state, the way from screen to screen, and the frame around them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.state.handbook import Handbook
from tkd_client.state.observed import Observed
from tkd_client.state.texts import Texts

WIDE_FROM_PX = 840
WIDEST_TEXT_PX = 760


class Window(Observed):
    """How much room there is, and whether a new version of the app waits."""

    def __init__(self, width_px: float) -> None:
        super().__init__()
        self.is_wide = width_px >= WIDE_FROM_PX
        self.has_update = False

    def resized(self, width_px: float) -> None:
        if self.is_wide != (width_px >= WIDE_FROM_PX):
            self.is_wide = not self.is_wide
            self.changed()

    def update_is_ready(self) -> None:
        self.has_update = True
        self.changed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Handed to every screen; `go` opens one by its path, `reload` starts the new version."""

    handbook: Handbook
    window: Window
    go: Callable[[str], None]
    reload: Callable[[], None] = field(default=lambda: None)

    @property
    def texts(self) -> Texts:
        return self.handbook.preferences.texts

    @property
    def language(self) -> str:
        """The language of the content."""
        return str(self.handbook.preferences.content_language)


ShellContext: ft.ContextProvider[Shell | None] = ft.create_context(None)


def use_shell() -> Shell:
    """Return the shell; the component is drawn again when languages, belt or the width change."""
    shell = ft.use_context(ShellContext)
    if shell is None:
        raise RuntimeError("a screen is drawn outside the app")
    use_observed(shell.handbook.preferences, shell.window)
    return shell


def use_observed(*states: Observed) -> None:
    """Draw the component again whenever one of these states changes."""
    _count, set_count = ft.use_state(0)
    disposers: MutableRef[list[Callable[[], None]]] = ft.use_ref()

    def subscribe() -> None:
        disposers.current = [state.subscribe(lambda: set_count(lambda count: count + 1)) for state in states]

    def unsubscribe() -> None:
        for dispose in disposers.current or []:
            dispose()

    ft.use_effect(subscribe, dependencies=[], cleanup=unsubscribe)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation."""

    path: str
    label: str
    icon: ft.IconData
    selected_icon: ft.IconData


SECTIONS = (
    Section("/", "nav.start", ft.Icons.HOME_OUTLINED, ft.Icons.HOME),
    Section("/techniques", "nav.lexicon", ft.Icons.SPORTS_MARTIAL_ARTS_OUTLINED, ft.Icons.SPORTS_MARTIAL_ARTS),
    Section("/tuls", "nav.tuls", ft.Icons.ROUTE_OUTLINED, ft.Icons.ROUTE),
    Section("/glossary", "nav.glossary", ft.Icons.MENU_BOOK_OUTLINED, ft.Icons.MENU_BOOK),
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
    section = next((index for index, one in enumerate(SECTIONS) if one.path != "/" and path.startswith(one.path)), 0)
    column = ft.Column(
        [UpdateBanner(), ft.Container(body, expand=True, width=WIDEST_TEXT_PX if shell.window.is_wide else None)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER if shell.window.is_wide else ft.CrossAxisAlignment.STRETCH,
    )
    back = ft.IconButton(
        ft.Icons.ARROW_BACK,
        key="back",
        tooltip=shell.texts("action.back"),
        on_click=lambda _: shell.go(parent or "/"),
    )
    return ft.View(
        route=path,
        padding=0,
        spacing=0,
        appbar=ft.AppBar(
            title=ft.Text(title, overflow=ft.TextOverflow.ELLIPSIS),
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
    """A small cloud: in step, on the way, or out of reach. It leads to the profile, which says it in words."""
    shell = use_shell()
    sync = shell.handbook.sync
    use_observed(sync)
    icons = {"idle": ft.Icons.CLOUD_DONE_OUTLINED, "pulling": ft.Icons.CLOUD_SYNC_OUTLINED}
    words = shell.texts(sync.reason) if sync.phase == "failed" else shell.texts("profile.sync")
    return ft.IconButton(
        icons.get(sync.phase, ft.Icons.CLOUD_OFF_OUTLINED),
        key="sync-badge",
        tooltip=words,
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
