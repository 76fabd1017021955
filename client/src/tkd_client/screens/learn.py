"""Learning: what waits today, quizzes, and the ways to statistics and settings."""

from dataclasses import dataclass

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.choice import choice_row
from tkd_client.components.frame import screen
from tkd_client.components.items import heading
from tkd_client.components.learning import DueCard
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_rules.quiz.question import MODES, Mode

COUNTS = (5, 10, 20)


@dataclass(slots=True)
class Wish:
    """The quiz that somebody is about to start."""

    mode: Mode = "terms"
    count: int = 10
    typed: bool = False


@ft.component
def Learn() -> ft.Control:
    shell = use_shell()
    handbook, texts = shell.handbook, shell.texts
    use_observed(handbook, handbook.sync, handbook.learning, handbook.quiz)
    body = ft.ListView(
        [
            DueCard(),
            _ways(shell),
            heading(texts("quiz.title")),
            _under_way(shell) if handbook.quiz.question else QuizForm(),
        ],
        padding=16,
        spacing=14,
        expand=True,
    )
    return screen(shell, path="/learn", title=texts("nav.learn"), body=body)


def _ways(shell: Shell) -> ft.Control:
    return ft.Row(
        [
            ft.OutlinedButton(
                shell.texts("schedule.title"),
                key="to-schedule",
                icon=ft.Icons.EVENT_NOTE,
                on_click=lambda _: shell.go("/schedule"),
            ),
            ft.OutlinedButton(
                shell.texts("statistics.title"),
                key="to-statistics",
                icon=ft.Icons.BAR_CHART,
                on_click=lambda _: shell.go("/learn/statistics"),
            ),
            ft.OutlinedButton(
                shell.texts("deck.title"),
                key="to-deck",
                icon=ft.Icons.TUNE,
                on_click=lambda _: shell.go("/learn/settings"),
            ),
        ],
        wrap=True,
    )


def _under_way(shell: Shell) -> ft.Control:
    quiz, texts = shell.handbook.quiz, shell.texts
    return ft.Column(
        [
            ft.Text(texts("quiz.under_way", answered=len(quiz.answered), count=len(quiz.questions))),
            ft.Row(
                [
                    ft.FilledButton(texts("quiz.go_on"), key="quiz-go-on", on_click=lambda _: shell.go("/learn/quiz")),
                    ft.TextButton(texts("quiz.drop"), key="quiz-drop", on_click=lambda _: quiz.end()),
                ]
            ),
        ]
    )


@ft.component
def QuizForm() -> ft.Control:
    shell = use_shell()
    texts, handbook = shell.texts, shell.handbook
    kept: MutableRef[Wish] = ft.use_ref(Wish)
    wish = kept.current or Wish()
    _drawn, set_drawn = ft.use_state(0)

    def choose(**changes: object) -> None:
        for name, value in changes.items():
            setattr(wish, name, value)
        set_drawn(lambda drawn: drawn + 1)

    def start() -> None:
        handbook.quiz.start(
            wish.mode,
            belt_rank=handbook.preferences.belt.rank,
            count=wish.count,
            language=shell.language,
            typed=wish.typed,
        )
        shell.go("/learn/quiz")

    modes = [(mode, texts(f"quiz.mode.{mode}")) for mode in MODES]
    counts = [(count, texts.count("quiz.count", count)) for count in COUNTS]
    return ft.Column(
        [
            choice_row(
                texts("quiz.mode"),
                key="quiz-mode",
                options=modes,
                chosen=wish.mode,
                choose=lambda mode: choose(mode=mode),
            ),
            choice_row(
                texts("quiz.length"),
                key="quiz-count",
                options=counts,
                chosen=wish.count,
                choose=lambda count: choose(count=count),
            ),
            ft.Switch(
                label=texts("quiz.typed"),
                key="quiz-typed",
                value=wish.typed,
                on_change=lambda event: choose(typed=event.control.value),
            ),
            ft.FilledButton(
                texts("quiz.start"),
                key="quiz-start",
                icon=ft.Icons.PLAY_ARROW,
                on_click=lambda _: start(),
                disabled=not handbook.catalogue.cursor,
            ),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
