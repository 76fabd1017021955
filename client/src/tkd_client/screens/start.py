"""Start: search everywhere, go on where one was, and what is for today."""

import flet as ft

from tkd_client.components.finder import results, search_row
from tkd_client.components.frame import screen
from tkd_client.components.items import belt_mark, grade_name, heading, item_row, on_its_way
from tkd_client.components.learning import DueCard
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.today import todays_items
from tkd_rules.grading import ALL_BELTS

SHOWN_RECENT = 5


@ft.component
def Start() -> ft.Control:
    shell = use_shell()
    handbook = shell.handbook
    everywhere = handbook.lexicons[None]
    use_observed(handbook, everywhere, handbook.sync)
    below = results(shell, everywhere) if everywhere.text.strip() else _home(shell)
    body = ft.Column(
        [
            search_row(everywhere, shell.texts("start.search")),
            below,
        ],
        expand=True,
    )
    return screen(shell, path="/", title=shell.texts("app.name"), body=body)


def _home(shell: Shell) -> ft.Control:
    handbook, texts = shell.handbook, shell.texts
    rows: list[ft.Control] = []
    if not handbook.catalogue.cursor:
        rows.append(on_its_way(shell))
    if not handbook.preferences.has_chosen_belt:
        rows.append(_belt_question(shell))
    rows.append(ft.Container(DueCard(), padding=ft.Padding.symmetric(horizontal=12)))
    recent = [handbook.catalogue.summary(kind, slug) for kind, slug in handbook.personal.recent()]
    shown = [item for item in recent if item][:SHOWN_RECENT]
    if shown:
        rows += [_padded(heading(texts("start.continue"))), *(item_row(shell, item) for item in shown)]
    today = todays_items(handbook.catalogue, handbook.preferences.belt, handbook.device.now().date())
    if today:
        rows.append(_padded(heading(texts("start.today"))))
        rows += [item_row(shell, item, note=texts(reason)) for reason, item in today]
    return ft.ListView(rows, expand=True)


def _belt_question(shell: Shell) -> ft.Control:
    chips: list[ft.Control] = [
        ft.Chip(
            grade_name(shell.texts, belt.rank),
            key=f"belt-{belt.code}",
            leading=belt_mark(None, belt.rank),
            on_click=lambda _, rank=belt.rank: shell.handbook.choose(belt_rank=rank),
        )
        for belt in ALL_BELTS[:11]
    ]
    return ft.Container(
        ft.Column([ft.Text(shell.texts("start.choose_belt")), ft.Row(chips, wrap=True, spacing=8, run_spacing=4)]),
        padding=16,
    )


def _padded(control: ft.Control) -> ft.Control:
    return ft.Container(control, padding=ft.Padding.only(left=16, top=12))
