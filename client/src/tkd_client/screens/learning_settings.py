"""How learning is scheduled: the algorithm and its aim, new cards a day, and the clock that days follow."""

from collections.abc import Iterable

import flet as ft

from tkd_client.components.choice import Options, choice_row
from tkd_client.components.frame import screen
from tkd_client.components.items import heading
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_rules.operations import NEW_PER_DAY
from tkd_rules.repetition.settings import ALGORITHMS

PERCENTS = (80, 85, 88, 90, 92, 94, 95, 96, 97)  # closer where each step costs more
NEW_A_DAY = (0, 5, 10, 15, 20, 30, 50)


@ft.component
def LearningSettings() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook.learning)
    body = ft.ListView(
        [_algorithm(shell), *_retention(shell), _new_cards(shell), _zone(shell)],
        padding=16,
        spacing=20,
        expand=True,
    )
    return screen(shell, path="/learn/settings", title=shell.texts("deck.title"), body=body, parent="/learn")


def _algorithm(shell: Shell) -> ft.Control:
    texts, learning = shell.texts, shell.handbook.learning
    chosen = learning.rules.algorithm
    return _group(
        choice_row(
            texts("deck.algorithm"),
            key="algorithm",
            options=[(algorithm, texts(f"deck.{algorithm}")) for algorithm in ALGORITHMS],
            chosen=chosen,
            choose=lambda value: learning.change_rules(algorithm=value),
        ),
        _hint(f"{texts(f'deck.{chosen}_hint')} {texts('deck.switch_hint')}"),
    )


def _retention(shell: Shell) -> list[ft.Control]:
    """Only FSRS schedules by it."""
    texts, learning = shell.texts, shell.handbook.learning
    if learning.rules.algorithm != "fsrs":
        return []
    chosen = round(learning.rules.desired_retention * 100)
    return [
        _group(
            choice_row(
                texts("deck.retention"),
                key="desired-retention",
                options=[(percent, f"{percent}%") for percent in _with(PERCENTS, chosen)],
                chosen=chosen,
                choose=lambda percent: learning.change_rules(desired_retention=percent / 100),
            ),
            _hint(texts("deck.retention_hint")),
        )
    ]


def _new_cards(shell: Shell) -> ft.Control:
    texts, learning = shell.texts, shell.handbook.learning
    numbers = _with(NEW_A_DAY, learning.new_per_day)
    options: Options = [(number, str(number) if number else texts("deck.no_new")) for number in numbers]
    return _group(
        choice_row(
            texts("deck.new_per_day"),
            key="new-per-day",
            options=options,
            chosen=learning.new_per_day,
            choose=lambda number: learning.choose(NEW_PER_DAY, number),
        ),
        _hint(texts("deck.new_per_day_hint")),
    )


def _zone(shell: Shell) -> ft.Control:
    texts, learning = shell.texts, shell.handbook.learning
    own, in_force = learning.time_zone, learning.rules.time_zone
    lines: list[ft.Control] = [heading(texts("deck.day")), ft.Text(texts("deck.zone", zone=in_force))]
    if own != in_force:
        use = ft.OutlinedButton(
            texts("deck.use_zone", zone=own),
            key="use-zone",
            icon=ft.Icons.SCHEDULE,
            on_click=lambda _: learning.change_rules(time_zone=own),
        )
        lines += [_hint(texts("deck.use_zone_hint")), ft.Row([use], wrap=True)]
    return _group(*lines)


def _with(offered: Iterable[int], chosen: int) -> list[int]:
    """Return what is offered and what was chosen elsewhere."""
    return sorted({*offered, chosen})


def _group(*lines: ft.Control) -> ft.Control:
    """Lines closer than the groups to each other; a screen reader would else take them all for the menu's name."""
    return ft.Column(
        [ft.Semantics(content=line, container=True) for line in lines],
        spacing=6,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _hint(words: str) -> ft.Control:
    return ft.Text(words, theme_style=ft.TextThemeStyle.BODY_SMALL, color=ft.Colors.ON_SURFACE_VARIANT)
