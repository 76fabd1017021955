"""A training that runs: what is done now in letters one reads from across the hall, its time, and what comes next."""

import asyncio
from collections.abc import Callable

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.buttons import icon_button
from tkd_client.components.frame import screen
from tkd_client.components.keyboard import use_keys
from tkd_client.components.shell import NEXT_KEY, PREVIOUS_KEY, Shell, use_observed, use_shell
from tkd_client.components.training import block_name, clock
from tkd_client.state.training import Training
from tkd_rules.training.running import Run, RunState, stretches

LOOK_S = 0.1
CLOCK_SIZE, NAME_SIZE = 104, 34
COLOURS = {
    "prepare": ft.Colors.SURFACE_CONTAINER_HIGH,
    "work": ft.Colors.PRIMARY_CONTAINER,
    "rest": ft.Colors.TERTIARY_CONTAINER,
    "done": ft.Colors.SURFACE_CONTAINER_HIGH,
}


@ft.component
def TrainingRun() -> ft.Control:
    shell = use_shell()
    training = shell.handbook.training
    use_observed(training)
    _use_signals(shell)
    use_keys(_keys(training))
    run, state = training.run, training.state()
    body = _running(shell, run, state) if run and state else _nothing(shell)
    title = training.run_name or shell.texts("nav.training")
    return screen(shell, path="/training/run", title=title, body=body, parent="/training")


def _keys(training: Training) -> dict[str, Callable[[], object]]:
    return {
        " ": training.toggle_pause,
        NEXT_KEY: lambda: training.press("next"),
        PREVIOUS_KEY: lambda: training.press("previous"),
    }


def _use_signals(shell: Shell) -> None:
    """While the screen is shown: sounds when they are due, and a screen that stays on."""
    running: MutableRef[asyncio.Task[None]] = ft.use_ref()
    signals = shell.handbook.device.signals

    def start() -> None:
        signals.stay_awake(is_so=True)
        running.current = asyncio.create_task(_follow(shell))

    def stop() -> None:
        signals.stay_awake(is_so=False)
        if running.current:
            running.current.cancel()

    ft.use_effect(start, dependencies=[], cleanup=stop)


async def _follow(shell: Shell) -> None:
    while True:
        for sound in shell.handbook.training.tick():
            shell.handbook.device.signals.sound(sound)
        await asyncio.sleep(LOOK_S)


def _nothing(shell: Shell) -> ft.Control:
    return ft.Column(
        [
            ft.Text(shell.texts("training.nothing")),
            ft.FilledButton(shell.texts("training.plans"), on_click=lambda _: shell.go("/training")),
        ],
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        expand=True,
    )


def _running(shell: Shell, run: Run, state: RunState) -> ft.Control:
    texts = shell.texts
    block = run.plan.blocks[state.block]
    phase = texts("training.paused" if state.is_paused else f"training.phase.{state.phase}")
    name = texts("training.well_done") if state.phase == "done" else block_name(shell, block)
    if state.phase == "done":
        number = clock(state.trained_s)
    elif state.left_s is None:
        number = f"{block.repetitions} ×"
    else:
        number = clock(state.left_s + 0.999)
    rounds = texts("training.round", number=state.round + 1, total=block.rounds) if block.rounds > 1 else ""
    below = [
        "" if state.phase == "done" else rounds,
        block.note if state.phase == "work" else "",
        _next(shell, run, state),
    ]
    middle = ft.TextAlign.CENTER
    doing = ft.Column(
        [
            ft.Text(phase, theme_style=ft.TextThemeStyle.TITLE_LARGE, text_align=middle),
            ft.Text(name, size=NAME_SIZE, weight=ft.FontWeight.BOLD, text_align=middle),
        ],
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=8,
        tight=True,
    )
    said = ". ".join(filter(None, [phase, name, rounds]))
    lines: list[ft.Control] = [
        ft.Semantics(content=doing, label=said, live_region=True, container=True, exclude_semantics=True),
        ft.Semantics(
            content=ft.Text(number, size=CLOCK_SIZE, weight=ft.FontWeight.BOLD, key="clock"),
            label=number,
            exclude_semantics=True,
        ),
        *(
            ft.Text(line, theme_style=ft.TextThemeStyle.BODY_LARGE, text_align=ft.TextAlign.CENTER)
            for line in below
            if line
        ),
    ]
    face = ft.Container(
        ft.Column(
            lines,
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=8,
        ),
        bgcolor=COLOURS[state.phase],
        border_radius=16,
        padding=16,
        expand=True,
        alignment=ft.Alignment.CENTER,
    )
    progress = ft.ProgressBar(value=state.index / len(stretches(run.plan)), semantics_label=texts("training.progress"))
    return ft.Container(
        ft.Column(
            [face, progress, _buttons(shell, state)],
            spacing=12,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=16,
        expand=True,
    )


def _next(shell: Shell, run: Run, state: RunState) -> str:
    """Return what comes after this stretch and its rest."""
    ahead = stretches(run.plan)[state.index + 1 :]
    block = next((one.block for one in ahead if one.phase == "work"), None)
    if block is None or state.phase in ("prepare", "done"):
        return ""
    return shell.texts("training.next", name=block_name(shell, run.plan.blocks[block]))


def _buttons(shell: Shell, state: RunState) -> ft.Control:
    texts, training = shell.texts, shell.handbook.training

    def finish() -> None:
        training.end()
        shell.go("/training")

    if state.phase == "done":
        return ft.FilledButton(texts("training.finish"), key="finish", height=60, on_click=lambda _: finish())
    is_counted = state.phase == "work" and state.left_s is None
    if is_counted:
        main = ft.FilledButton(
            texts("training.done_round"),
            key="done-round",
            icon=ft.Icons.CHECK,
            height=60,
            expand=True,
            on_click=lambda _: training.press("next"),
        )
    else:
        words, icon = (
            ("training.resume", ft.Icons.PLAY_ARROW) if state.is_paused else ("training.pause", ft.Icons.PAUSE)
        )
        main = ft.FilledButton(
            texts(words),
            key="pause",
            icon=icon,
            height=60,
            expand=True,
            on_click=lambda _: training.toggle_pause(),
        )
    return ft.Column(
        [
            ft.Row(
                [
                    icon_button(
                        ft.Icons.SKIP_PREVIOUS,
                        texts("training.back"),
                        key="back-one",
                        icon_size=36,
                        on_click=lambda _: training.press("previous"),
                    ),
                    main,
                    icon_button(
                        ft.Icons.SKIP_NEXT,
                        texts("training.skip"),
                        key="skip",
                        icon_size=36,
                        on_click=lambda _: training.press("next"),
                    ),
                ],
                spacing=8,
            ),
            ft.TextButton(texts("training.stop"), key="stop", on_click=lambda _: finish()),
        ],
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=4,
    )
