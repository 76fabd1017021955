"""Repeating: one card after the other, turned and answered by a tap, a swipe or a key."""

from collections.abc import Callable
from functools import partial

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.frame import screen
from tkd_client.components.items import belt_mark, heading, on_its_way, path_of, points
from tkd_client.components.keyboard import use_keys
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.faces import Face, face_of
from tkd_client.state.session import Session
from tkd_rules.grading import parse_belt
from tkd_rules.repetition.reviews import Rating

RATINGS = {
    Rating.AGAIN: "rating.again",
    Rating.HARD: "rating.hard",
    Rating.GOOD: "rating.good",
    Rating.EASY: "rating.easy",
}
TURN_KEYS, UNDO_KEY = (" ", "Enter"), "U"
SWIPE_PX_PER_S = 300
MORE_NEW = 10


@ft.component
def Review() -> ft.Control:
    shell = use_shell()
    handbook, texts = shell.handbook, shell.texts
    session, learning = handbook.session, handbook.learning
    use_observed(handbook, handbook.sync, learning, session)
    use_keys(dict.fromkeys(TURN_KEYS, session.show) | {UNDO_KEY: session.undo} | _rating_keys(session))
    undo = icon_button(
        ft.Icons.UNDO,
        texts("action.undo"),
        key=f"undo-{learning.today.answered}",  # a new one each time: the space bar would press the one that has focus
        disabled=not learning.can_undo(),
        on_click=lambda _: session.undo(),
    )
    return screen(
        shell, path="/learn/review", parent="/learn", title=texts("learn.review"), actions=[undo], body=_body(shell)
    )


def _rating_keys(session: Session) -> dict[str, Callable[[], object]]:
    """Return 1 to 4, above the letters and on the block of numbers."""
    keys: dict[str, Callable[[], object]] = {}
    for rating in Rating:
        keys |= dict.fromkeys((f"{rating:d}", f"Numpad {rating:d}"), partial(session.rate, rating))
    return keys


def _body(shell: Shell) -> ft.Control:
    handbook = shell.handbook
    if not handbook.catalogue.cursor:
        return on_its_way(shell)
    card = handbook.session.card
    face = face_of(handbook.catalogue, card, shell.language) if card else None
    if card is None or face is None:
        return _done(shell)
    return ft.Column(
        [_progress(shell), _card(shell, face), _below(shell, card)],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _progress(shell: Shell) -> ft.Control:
    today = shell.handbook.learning.today
    left = len(today.left)
    return ft.Container(
        ft.Column(
            [
                ft.ProgressBar(value=today.answered / (today.answered + left) if today.answered else 0),
                ft.Text(shell.texts.count("learn.left", left), theme_style=ft.TextThemeStyle.BODY_SMALL, key="left"),
            ],
            spacing=6,
            tight=True,
        ),
        padding=ft.Padding.only(left=16, right=16, top=12),
    )


def _card(shell: Shell, face: Face) -> ft.Control:
    """The card fills what room there is; it scrolls where its words need more."""
    session = shell.handbook.session
    lines: list[ft.Control] = [
        ft.Row(
            [
                belt_mark(shell.texts, parse_belt(face.belt).rank),
                ft.Text(shell.texts(face.ask), theme_style=ft.TextThemeStyle.BODY_MEDIUM, expand=True),
            ]
        ),
        *_words(face.prompt, ft.Colors.ON_SURFACE),
    ]
    if session.is_shown:
        lines += [
            ft.Divider(),
            *_words(face.answer, ft.Colors.PRIMARY),
            *points("", list(face.points), ft.Icons.CHECK)[1:],
        ]
        open_card = ft.TextButton(
            shell.texts("learn.open_card"),
            key="open-card",
            icon=ft.Icons.OPEN_IN_NEW,
            on_click=lambda _: shell.go(path_of(face.card.kind, face.card.slug)),
        )
        lines.append(ft.Row([open_card], visible=face.card.kind != "theory"))
    content = ft.Container(ft.ListView(lines, spacing=12, padding=20, expand=True), expand=True)

    def swiped(event: ft.DragEndEvent[ft.GestureDetector]) -> None:
        speed = event.primary_velocity or 0
        if abs(speed) >= SWIPE_PX_PER_S:
            session.rate(Rating.GOOD if speed > 0 else Rating.AGAIN)

    return ft.GestureDetector(
        ft.Card(content, margin=16, expand=True),
        expand=True,
        on_tap=None if session.is_shown else lambda _: session.show(),
        on_horizontal_drag_end=swiped if session.is_shown else None,
    )


def _words(texts: tuple[str, ...], colour: ft.Colors) -> list[ft.Control]:
    """What matters first and large, other ways to write it below."""
    styles = [ft.TextThemeStyle.HEADLINE_SMALL, *[ft.TextThemeStyle.TITLE_LARGE] * len(texts)]
    return [ft.Text(text, theme_style=style, color=colour) for text, style in zip(texts, styles, strict=False)]


def _below(shell: Shell, card: str) -> ft.Control:
    texts, session = shell.texts, shell.handbook.session
    if not session.is_shown:
        button: ft.Control = ft.FilledButton(
            texts("ask.reveal"), key="reveal", height=56, on_click=lambda _: session.show(), expand=True
        )
        return _foot([button], texts("learn.turn_hint"))
    intervals = shell.handbook.learning.intervals(card)
    return _foot(
        [_rating_button(shell, rating, texts.span(intervals[rating])) for rating in Rating], texts("learn.swipe_hint")
    )


def _rating_button(shell: Shell, rating: Rating, interval: str) -> ft.Control:
    """A quarter of the width: the answer, and when the card would come back."""
    comes_back = shell.handbook.learning.comes_back_today(rating)
    when = [ft.Icon(ft.Icons.REPLAY, size=14)] if comes_back else []
    content = ft.Column(
        [
            ft.Text(shell.texts(RATINGS[rating]), theme_style=ft.TextThemeStyle.LABEL_LARGE, no_wrap=True),
            ft.Row(
                [*when, ft.Text(interval, theme_style=ft.TextThemeStyle.LABEL_MEDIUM, no_wrap=True)],
                alignment=ft.MainAxisAlignment.CENTER,
                spacing=2,
                tight=True,
            ),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.FilledTonalButton(
        content,
        key=f"rate-{rating.value}",
        expand=True,
        height=64,
        style=ft.ButtonStyle(padding=2, shape=ft.RoundedRectangleBorder(radius=12)),
        on_click=lambda _: shell.handbook.session.rate(rating),
    )


def _foot(buttons: list[ft.Control], hint: str) -> ft.Control:
    small = ft.Text(
        hint,
        theme_style=ft.TextThemeStyle.BODY_SMALL,
        color=ft.Colors.ON_SURFACE_VARIANT,
        text_align=ft.TextAlign.CENTER,
    )
    return ft.Container(
        ft.Column(
            [ft.Row(buttons, spacing=8), small],
            spacing=6,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=ft.Padding.only(left=12, right=12, bottom=12),
    )


def _done(shell: Shell) -> ft.Control:
    """Nothing is left today: what was done, what comes tomorrow, and where to go on."""
    texts, learning = shell.texts, shell.handbook.learning
    lines = [texts.count("learn.answered_today", learning.today.answered)] if learning.today.answered else []
    lines.append(texts.count("learn.due_tomorrow", learning.due_tomorrow()))
    return ft.Container(
        ft.Column(
            [
                ft.Icon(ft.Icons.CHECK_CIRCLE_OUTLINE, size=64, color=ft.Colors.PRIMARY),
                heading(texts("learn.done")),
                *(ft.Text(line, text_align=ft.TextAlign.CENTER) for line in lines),
                ft.FilledTonalButton(
                    texts("learn.more_new"),
                    key="more-new",
                    visible=learning.has_more_new(),
                    on_click=lambda _: learning.want_more_new(MORE_NEW),
                ),
                ft.TextButton(texts("learn.to_quiz"), key="to-quiz", on_click=lambda _: shell.go("/learn")),
            ],
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=10,
        ),
        expand=True,
        padding=24,
        alignment=ft.Alignment.CENTER,
    )
