"""Training: the way to the plan until the grading, the training that is under way, and the plans to start one from."""

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.frame import screen
from tkd_client.components.items import heading, on_its_way
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.components.training import block_length, block_name, plan_length
from tkd_client.state.training import OwnPlan
from tkd_rules.training.plans import Plan


@ft.component
def TrainingScreen() -> ft.Control:
    shell = use_shell()
    handbook, texts = shell.handbook, shell.texts
    use_observed(handbook, handbook.training, handbook.learning, handbook.sync)
    if not handbook.catalogue.cursor:
        body = on_its_way(shell)
    else:
        grade = handbook.training.grade_plan()
        controls = [
            _grading(shell),
            *_under_way(shell),
            heading(texts("training.plans")),
            *([_plan(shell, texts("training.grade_plan"), grade)] if grade else []),
            *(_plan(shell, own.name, own.plan, own) for own in handbook.training.own_plans),
            ft.Row(
                [
                    ft.OutlinedButton(
                        texts("training.new"),
                        key="new-plan",
                        icon=ft.Icons.ADD,
                        on_click=lambda _: shell.go("/training/plans/new"),
                    )
                ]
            ),
        ]
        body = ft.ListView(controls, padding=16, spacing=12, expand=True)
    return screen(shell, path="/training", title=texts("nav.training"), body=body)


def _grading(shell: Shell) -> ft.Control:
    texts, schedule = shell.texts, shell.handbook.schedule
    days_left = schedule.days_left
    is_to_come = days_left is not None and days_left > 0
    words = texts.count("schedule.days_left", days_left) if is_to_come and days_left else texts("schedule.no_grading")
    return ft.Card(
        ft.ListTile(
            key="to-schedule",
            leading=ft.Icon(ft.Icons.EVENT_NOTE),
            title=ft.Text(texts("schedule.title")),
            subtitle=ft.Text(words),
            on_click=lambda _: shell.go("/schedule"),
        )
    )


def _under_way(shell: Shell) -> list[ft.Control]:
    training, texts = shell.handbook.training, shell.texts
    if training.run is None:
        return []
    return [
        ft.Card(
            ft.ListTile(
                key="go-on",
                leading=ft.Icon(ft.Icons.PLAY_CIRCLE),
                title=ft.Text(texts("training.under_way")),
                subtitle=ft.Text(training.run_name),
                on_click=lambda _: shell.go("/training/run"),
            )
        )
    ]


def _plan(shell: Shell, name: str, plan: Plan, own: OwnPlan | None = None) -> ft.Control:
    texts, training = shell.texts, shell.handbook.training

    def start() -> None:
        training.start(name, plan)
        shell.go("/training/run")

    key = own.id if own else "grade"
    edit = [
        icon_button(
            ft.Icons.EDIT_OUTLINED,
            texts("training.edit", name=name),
            key=f"edit-{key}",
            on_click=lambda _: shell.go(f"/training/plans/{key}"),
        )
    ]
    lines = [
        ft.Text(f"{block_name(shell, block)} – {block_length(texts, block)}", theme_style=ft.TextThemeStyle.BODY_SMALL)
        for block in plan.blocks
    ]
    return ft.Card(
        ft.Container(
            ft.Column(
                [
                    ft.Row([ft.Text(name, theme_style=ft.TextThemeStyle.TITLE_MEDIUM, expand=True), *edit]),
                    ft.Text(plan_length(texts, plan)),
                    ft.Column(list[ft.Control](lines), spacing=0, tight=True),
                    ft.FilledButton(
                        texts("training.start"),
                        key=f"start-{key}",
                        icon=ft.Icons.PLAY_ARROW,
                        on_click=lambda _: start(),
                    ),
                ],
                spacing=8,
            ),
            padding=16,
        )
    )
