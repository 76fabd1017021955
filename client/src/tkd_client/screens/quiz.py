"""A quiz: one question after the other, what was right about each answer, and the score."""

from collections.abc import Callable
from functools import partial

import flet as ft

from tkd_client.components.frame import screen
from tkd_client.components.items import grade_name, heading, item_row, path_of, points
from tkd_client.components.keyboard import text_field, use_keys
from tkd_client.components.shell import NEXT_KEY, Shell, use_observed, use_shell
from tkd_client.state.quiz import Quiz, mistakes
from tkd_rules.grading import parse_belt
from tkd_rules.quiz import Question, Shown, Verdict

RIGHT, WRONG = "#2E7D32", "#B3261E"
WORDS = {"right": "quiz.right", "nearly": "quiz.nearly", "wrong": "quiz.wrong"}


@ft.component
def QuizScreen() -> ft.Control:
    shell = use_shell()
    quiz = shell.handbook.quiz
    use_observed(shell.handbook, shell.handbook.sync, quiz)
    question = quiz.question
    use_keys({NEXT_KEY: quiz.next} | _option_keys(quiz, question))
    shown = quiz.shown(question) if question else None
    if question and shown is None:
        quiz.skip()
    body = _asked(shell, question, shown) if question and shown else _score(shell)
    return screen(shell, path="/learn/quiz", parent="/learn", title=shell.texts("quiz.title"), body=body)


def _option_keys(quiz: Quiz, question: Question | None) -> dict[str, Callable[[], object]]:
    """Return 1 to 4 for the options, above the letters and on the block of numbers."""
    keys: dict[str, Callable[[], object]] = {}
    for place in range(len(question.options) if question else 0):
        keys |= dict.fromkeys((f"{place + 1}", f"Numpad {place + 1}"), partial(quiz.answer, place))
    return keys


def _in_words(shell: Shell, question: Question, option: str) -> str:
    return grade_name(shell.texts, parse_belt(option).rank) if question.kind == "belt" else option


def _asked(shell: Shell, question: Question, shown: Shown) -> ft.Control:
    quiz, texts = shell.handbook.quiz, shell.texts
    place, count = quiz.questions.index(question) + 1, len(quiz.questions)
    lines: list[ft.Control] = [
        ft.ProgressBar(value=len(quiz.answered) / count),
        ft.Text(texts("quiz.place", place=place, count=count), theme_style=ft.TextThemeStyle.BODY_SMALL),
        ft.Text(texts(f"quiz.ask.{question.kind}", **shown.values), theme_style=ft.TextThemeStyle.TITLE_LARGE),
        *points("", list(shown.points), ft.Icons.CHECK)[1:],
    ]
    if question.is_typed:
        lines.append(TypedAnswer(question.id))
    else:
        lines += [_option(shell, question, shown, place) for place in range(len(shown.options))]
    if quiz.verdict:
        lines.append(_told(shell, question, quiz.verdict))
    return ft.ListView(lines, padding=16, spacing=12, expand=True)


def _option(shell: Shell, question: Question, shown: Shown, place: int) -> ft.Control:
    """One option; once answered, the right one is marked, and the one that was taken for it."""
    quiz = shell.handbook.quiz
    words = _in_words(shell, question, shown.options[place])
    icon, colour = None, None
    if quiz.verdict and place == question.answer_index:
        icon, colour = ft.Icons.CHECK_CIRCLE, RIGHT
    elif quiz.verdict and place == quiz.given:
        icon, colour = ft.Icons.CANCEL, WRONG
    return ft.OutlinedButton(
        ft.Container(ft.Text(words), padding=ft.Padding.symmetric(vertical=10), alignment=ft.Alignment.CENTER_LEFT),
        key=f"option-{place + 1}",
        icon=icon,
        icon_color=colour,
        disabled=quiz.verdict is not None and icon is None,
        style=ft.ButtonStyle(
            shape=ft.RoundedRectangleBorder(radius=12), side=ft.BorderSide(2, colour) if colour else None
        ),
        on_click=lambda _: quiz.answer(place),
    )


@ft.component
def TypedAnswer(_question: str) -> ft.Control:
    """The field for an answer that is typed; it is another field for another question."""
    shell = use_shell()
    quiz = shell.handbook.quiz
    typed, set_typed = ft.use_state("")
    field = text_field(
        ft.TextField(
            key="quiz-answer",
            label=shell.texts("quiz.answer"),
            value=typed,
            autofocus=True,
            read_only=quiz.verdict is not None,
            on_change=lambda event: set_typed(event.control.value),
            on_submit=lambda event: quiz.answer(event.control.value),
        )
    )
    send = ft.FilledButton(
        shell.texts("quiz.check"),
        key="quiz-check",
        visible=quiz.verdict is None,
        on_click=lambda _: quiz.answer(typed),
    )
    return ft.Column([field, send], horizontal_alignment=ft.CrossAxisAlignment.STRETCH, spacing=12)


def _told(shell: Shell, question: Question, verdict: Verdict) -> ft.Control:
    texts, quiz = shell.texts, shell.handbook.quiz
    is_right = verdict.outcome != "wrong"
    lines: list[ft.Control] = [
        ft.Row(
            [
                ft.Icon(ft.Icons.CHECK_CIRCLE if is_right else ft.Icons.CANCEL, color=RIGHT if is_right else WRONG),
                ft.Text(texts(WORDS[verdict.outcome]), theme_style=ft.TextThemeStyle.TITLE_MEDIUM, key="verdict"),
            ]
        )
    ]
    if question.is_typed and verdict.outcome != "right":
        lines.append(ft.Text(spans=_corrected(shell, verdict), theme_style=ft.TextThemeStyle.TITLE_MEDIUM))
    if meant := _meant(shell, verdict):
        lines.append(meant)
    buttons: list[ft.Control] = [
        ft.FilledButton(texts("action.next"), key="quiz-next", autofocus=True, on_click=lambda _: quiz.next())
    ]
    if question.item_kind != "theory":
        path = path_of(question.item_kind, question.item_slug)
        buttons.append(
            ft.TextButton(texts("learn.open_card"), icon=ft.Icons.OPEN_IN_NEW, on_click=lambda _: shell.go(path))
        )
    lines.append(ft.Row(buttons, wrap=True))
    return ft.Column(lines, spacing=10)


def _corrected(shell: Shell, verdict: Verdict) -> list[ft.TextSpan]:
    """The right spelling, with the letters in bold that were typed otherwise."""
    text, spans, at = verdict.right_answer, [ft.TextSpan(shell.texts("quiz.right_is") + " ")], 0
    for difference in verdict.differences:
        spans.append(ft.TextSpan(text[at : difference.at]))
        at = difference.at + len(difference.right)
        marked = ft.TextStyle(weight=ft.FontWeight.BOLD, decoration=ft.TextDecoration.UNDERLINE)
        spans.append(ft.TextSpan(text[difference.at : at], style=marked))
    return [*spans, ft.TextSpan(text[at:])]


def _meant(shell: Shell, verdict: Verdict) -> ft.Control | None:
    """What the answer is the name of, where it is one of something else."""
    if verdict.meant is None:
        return None
    item = shell.handbook.catalogue.summary(*verdict.meant)
    if item is None:
        return None
    return ft.Column([ft.Text(shell.texts("quiz.you_meant")), item_row(shell, item)], spacing=0)


def _score(shell: Shell) -> ft.Control:
    quiz, texts = shell.handbook.quiz, shell.texts
    if not quiz.questions:
        return _nothing(shell)
    lines: list[ft.Control] = [
        ft.Text(
            texts("quiz.score", right=quiz.right, count=len(quiz.questions)),
            theme_style=ft.TextThemeStyle.HEADLINE_SMALL,
            key="quiz-score",
        )
    ]
    wrong = mistakes(quiz.questions, quiz.answered)
    if wrong:
        lines.append(heading(texts("quiz.look_again")))
    lines += [_mistake(shell, question, one.right_answer) for question, one in wrong.items()]

    def leave() -> None:
        quiz.end()
        shell.go("/learn")

    lines.append(ft.Row([ft.FilledButton(texts("quiz.finish"), key="quiz-finish", on_click=lambda _: leave())]))
    return ft.ListView(lines, padding=16, spacing=12, expand=True)


def _mistake(shell: Shell, question: Question, right_answer: str) -> ft.Control:
    """A question that was answered wrongly, and what is right; it leads to the card of its item."""
    shown = shell.handbook.quiz.shown(question)
    leads_on = question.item_kind != "theory"
    return ft.ListTile(
        title=ft.Text(shell.texts(f"quiz.ask.{question.kind}", **shown.values)) if shown else None,
        subtitle=ft.Text(_in_words(shell, question, right_answer)),
        on_click=(lambda _: shell.go(path_of(question.item_kind, question.item_slug))) if leads_on else None,
    )


def _nothing(shell: Shell) -> ft.Control:
    return ft.Container(
        ft.Column(
            [
                ft.Text(shell.texts("quiz.none")),
                ft.FilledButton(shell.texts("action.back"), on_click=lambda _: shell.go("/learn")),
            ]
        ),
        padding=16,
    )
