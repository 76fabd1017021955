"""The profile: grade, languages, looks, what the device holds, and the account."""

from typing import Any

import flet as ft

from tkd_client.components.account import AccountSection
from tkd_client.components.choice import Options, choice_row
from tkd_client.components.frame import screen
from tkd_client.components.items import grade_name, heading
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.preferences import TEXT_SCALES, THEMES
from tkd_client.state.texts import LANGUAGES, OWN_NAMES
from tkd_rules.grading import ALL_BELTS


@ft.component
def Profile() -> ft.Control:
    shell = use_shell()
    handbook, texts = shell.handbook, shell.texts
    use_observed(handbook, handbook.sync, handbook.account)
    preferences = handbook.preferences
    languages = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    body = ft.ListView(
        [
            _choice(
                shell,
                "profile.belt",
                "belt_rank",
                [(belt.rank, grade_name(texts, belt.rank)) for belt in ALL_BELTS],
                preferences.belt.rank,
            ),
            _choice(
                shell, "profile.interface_language", "interface_language", languages, preferences.interface_language
            ),
            _choice(shell, "profile.content_language", "content_language", languages, preferences.content_language),
            _choice(
                shell,
                "profile.theme",
                "theme",
                [(theme, texts(f"theme.{theme}")) for theme in THEMES],
                preferences.theme,
            ),
            _choice(
                shell,
                "profile.text_size",
                "text_scale",
                [(scale, texts(f"size.{scale}")) for scale in TEXT_SCALES],
                preferences.text_scale,
            ),
            *_sync(shell),
            *_storage(shell),
            heading(texts("profile.account")),
            AccountSection(),
            ft.ListTile(
                key="to-reminders",
                leading=ft.Icon(ft.Icons.NOTIFICATIONS_OUTLINED),
                title=ft.Text(texts("reminders.title")),
                trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT),
                on_click=lambda _: shell.go("/profile/reminders"),
            ),
            heading(texts("profile.about")),
            ft.Text(texts("profile.about_text"), theme_style=ft.TextThemeStyle.BODY_SMALL),
        ],
        padding=16,
        spacing=14,
        expand=True,
    )
    return screen(shell, path="/profile", title=texts("nav.profile"), body=body)


def _choice(shell: Shell, label: str, setting: str, options: Options, chosen: Any) -> ft.Control:
    """A menu that changes one setting at once."""
    return choice_row(
        shell.texts(label),
        key=setting,
        options=options,
        chosen=chosen,
        choose=lambda value: shell.handbook.choose(**{setting: value}),
    )


def _sync(shell: Shell) -> list[ft.Control]:
    texts, sync, account = shell.texts, shell.handbook.sync, shell.handbook.account
    lines: list[ft.Control] = [heading(texts("profile.sync")), ft.Text(_state_in_words(shell), key="sync-state")]
    if account.unsent:
        key = "sync.waiting" if account.is_signed_in else "sync.only_here"
        lines.append(ft.Text(texts.count(key, account.unsent)))
    lines += [
        ft.Text(texts("sync.refused", reason=operation.refused), color=ft.Colors.ERROR) for operation in account.refused
    ]
    lines.append(
        ft.Row(
            [
                ft.FilledTonalButton(
                    texts("action.retry" if sync.status.phase == "failed" else "action.refresh"),
                    key="sync-now",
                    icon=ft.Icons.REFRESH,
                    disabled=sync.status.phase == "pulling",
                    on_click=lambda _: shell.handbook.sync_now(),
                )
            ]
        )
    )
    return lines


def _state_in_words(shell: Shell) -> str:
    """What the last attempt brought, and when the server was last heard."""
    texts, status = shell.texts, shell.handbook.sync.status
    if status.phase == "pulling":
        return texts("sync.pulling")
    heard = ""
    if status.last_heard_at:
        now = shell.handbook.device.now().astimezone()
        heard = texts("sync.heard", when=texts.moment(status.last_heard_at.astimezone(), now))
    if status.phase == "failed":
        return " ".join(filter(None, [texts(status.reason), heard]))
    return heard or texts("sync.held" if shell.handbook.catalogue.cursor else "sync.never")


def _storage(shell: Shell) -> list[ft.Control]:
    held = shell.handbook.storage()
    words = shell.texts(
        "profile.storage_value",
        megabytes=shell.texts.decimal(held.size_bytes / 1e6),
        techniques=held.techniques,
        tuls=held.tuls,
        terms=held.terms,
    )
    return [heading(shell.texts("profile.storage")), ft.Text(words)]
