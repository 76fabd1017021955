"""The builder of trainings: a name, and blocks that are added, set, moved and taken away. Saved at every change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.buttons import icon_button
from tkd_client.components.choice import choice_row
from tkd_client.components.frame import screen
from tkd_client.components.items import heading
from tkd_client.components.keyboard import text_field
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.components.training import block_length, block_name, clock, plan_length
from tkd_client.offline.catalogue import Wanted
from tkd_client.state.texts import in_language
from tkd_client.state.training import (
    CATEGORIES,
    EXERCISE_REST_S,
    EXERCISE_S,
    GRADE,
    TUL_REST_S,
    TUL_ROUNDS,
    TUL_S,
    with_block,
)
from tkd_rules.training.plans import Block, Kind, Plan

NEW = "new"
LONGEST_NAME = 80
WORK_S, REPETITIONS = (15, 20, 30, 40, 45, 60, 90, 120, 180, 300, 600), (5, 10, 15, 20, 30, 50)
REST_S, ROUNDS = (0, 10, 15, 20, 30, 45, 60, 90, 120), (1, 2, 3, 4, 5, 6, 8, 10)


@ft.component
def PlanEditor() -> ft.Control:
    shell = use_shell()
    training, texts = shell.handbook.training, shell.texts
    use_observed(training)
    asked = ft.use_route_params().get("id", NEW)
    id_: MutableRef[str] = ft.use_ref()
    typed: MutableRef[str] = ft.use_ref()
    own = training.plan(id_.current or asked)
    begun = training.grade_plan() if asked == GRADE and not own else None
    name = own.name if own else typed.current or texts("training.grade_plan" if begun else "training.unnamed")
    plan = own.plan if own else begun

    def save(new_plan: Plan) -> None:
        id_.current = training.save(name, new_plan, id_=own.id if own else None)

    def rename(new_name: str) -> None:
        typed.current = new_name
        if own:
            training.save(new_name, own.plan, id_=own.id)

    def delete() -> None:
        if own:
            training.delete(own.id)
        shell.go("/training")

    named = text_field(
        ft.TextField(
            label=texts("training.name"),
            key="plan-name",
            value=name,
            max_length=LONGEST_NAME,
            on_change=lambda event: rename(event.control.value),
        )
    )
    blocks = plan.blocks if plan else ()
    cards = [_block(shell, plan, index, save) for index in range(len(blocks)) if plan]
    controls: list[ft.Control] = [
        named,
        *([ft.Text(plan_length(texts, plan))] if plan else [ft.Text(texts("training.empty"))]),
        *cards,
        heading(texts("training.add")),
        *_adding(shell, lambda block: save(with_block(plan, block))),
    ]
    if own:
        controls.append(
            ft.Row(
                [
                    ft.TextButton(
                        texts("training.delete"),
                        key="delete-plan",
                        icon=ft.Icons.DELETE_OUTLINE,
                        on_click=lambda _: delete(),
                    )
                ]
            )
        )
    body = ft.ListView(controls, padding=16, spacing=12, expand=True)
    return screen(shell, path=f"/training/plans/{asked}", title=name, body=body, parent="/training")


def _block(shell: Shell, plan: Plan, index: int, save: Callable[[Plan], None]) -> ft.Control:
    texts, block = shell.texts, plan.blocks[index]
    name = block_name(shell, block)

    def change(**changes: Any) -> None:
        blocks = list(plan.blocks)
        blocks[index] = replace(block, **changes)
        save(replace(plan, blocks=tuple(blocks)))

    def move_up() -> None:
        blocks = list(plan.blocks)
        blocks[index - 1 : index + 1] = [block, blocks[index - 1]]
        save(replace(plan, blocks=tuple(blocks)))

    def remove() -> None:
        save(replace(plan, blocks=plan.blocks[:index] + plan.blocks[index + 1 :]))

    head = ft.Row(
        [
            ft.Column(
                [
                    ft.Text(name, theme_style=ft.TextThemeStyle.TITLE_MEDIUM),
                    ft.Text(block_length(texts, block), theme_style=ft.TextThemeStyle.BODY_SMALL),
                ],
                spacing=0,
                tight=True,
                expand=True,
            ),
            icon_button(
                ft.Icons.ARROW_UPWARD,
                texts("training.move_up", name=name),
                key=f"up-{index}",
                disabled=index == 0,
                on_click=lambda _: move_up(),
            ),
            icon_button(
                ft.Icons.DELETE_OUTLINE,
                texts("training.remove", name=name),
                key=f"remove-{index}",
                disabled=len(plan.blocks) == 1,
                on_click=lambda _: remove(),
            ),
        ]
    )
    menus = [
        choice_row(
            texts("training.length"),
            key=f"length-{index}",
            options=_lengths(shell, block),
            chosen=(block.work_s, block.repetitions),
            choose=lambda length: change(work_s=length[0], repetitions=length[1]),
        ),
        choice_row(
            texts("training.rounds"),
            key=f"rounds-{index}",
            options=[(number, str(number)) for number in sorted({*ROUNDS, block.rounds})],
            chosen=block.rounds,
            choose=lambda number: change(rounds=number),
        ),
        choice_row(
            texts("training.rest"),
            key=f"rest-{index}",
            options=[(rest_s, clock(rest_s)) for rest_s in sorted({*REST_S, block.rest_s})],
            chosen=block.rest_s,
            choose=lambda rest_s: change(rest_s=rest_s),
        ),
    ]
    row = ft.Row([ft.Container(menu, expand=True) for menu in menus], spacing=8)
    return ft.Card(ft.Container(ft.Column([head, row], spacing=8), padding=12))


def _lengths(shell: Shell, block: Block) -> list[tuple[tuple[int | None, int | None], str]]:
    timed = sorted({*WORK_S, *([block.work_s] if block.work_s is not None else [])})
    counted = sorted({*REPETITIONS, *([block.repetitions] if block.repetitions is not None else [])})
    return [
        *(((seconds, None), clock(seconds)) for seconds in timed),
        *(((None, number), shell.texts.count("training.repetitions", number)) for number in counted),
    ]


def _adding(shell: Shell, add: Callable[[Block], None]) -> list[ft.Control]:
    """A menu for the tuls and one for each kind of technique."""
    catalogue, texts = shell.handbook.catalogue, shell.texts
    groups: list[tuple[Kind, str | None]] = [("tul", None), *(("technique", category) for category in CATEGORIES)]

    def menu(kind: Kind, category: str | None) -> ft.Control:
        items = catalogue.items(Wanted(kind="tul" if kind == "tul" else "technique", category=category))
        return choice_row(
            texts("training.add_one"),
            key=f"add-{category or kind}",
            options=[(item.slug, in_language(item.name, shell.language)) for item in items],
            chosen=None,
            choose=lambda slug: add(_new_block(kind, slug)),
            unchosen=texts(f"category.{category or kind}"),
        )

    return [menu(kind, category) for kind, category in groups]


def _new_block(kind: Kind, slug: str) -> Block:
    if kind == "tul":
        return Block(kind=kind, slug=slug, work_s=TUL_S, rounds=TUL_ROUNDS, rest_s=TUL_REST_S)
    return Block(kind=kind, slug=slug, work_s=EXERCISE_S, rest_s=EXERCISE_REST_S)
