"""The plan until the next grading: when it is, on which days one studies, and what each day brings, week by week."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import floor

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.choice import choice_row
from tkd_client.components.frame import screen
from tkd_client.components.items import heading, on_its_way
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.texts import in_language
from tkd_rules.studying import FARTHEST_DAYS, GoalError, StudyDay

WEEKS_AHEAD = (4, 6, 8, 12)
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)


@ft.component
def ScheduleScreen() -> ft.Control:
    shell = use_shell()
    handbook = shell.handbook
    use_observed(handbook, handbook.learning, handbook.sync)
    picker, set_picker = ft.use_state("closed")
    reason, set_reason = ft.use_state("")

    def choose(on: date | None) -> None:
        set_picker("closed")
        try:
            handbook.schedule.set_grading(on)
        except GoalError:
            set_reason("error.grading_on")
        else:
            set_reason("")

    ft.use_dialog(_day_picker(shell, choose, lambda: set_picker("closed")) if picker == "open" else None)
    if not handbook.catalogue.cursor:
        body = on_its_way(shell)
    else:
        wrong = [ft.Text(shell.texts(reason), color=ft.Colors.ERROR)] if reason else []
        controls = [
            *_grading(shell, choose, lambda: set_picker("open")),
            *wrong,
            *_when(shell),
            *_fits(shell),
            ft.Container(Weeks()),
        ]
        body = ft.ListView(controls, padding=16, spacing=14, expand=True)
    return screen(shell, path="/schedule", title=shell.texts("schedule.title"), body=body, parent="/training")


def _day_picker(shell: Shell, choose: Callable[[date], None], close: Callable[[], None]) -> ft.DatePicker:
    today, chosen = shell.handbook.learning.on, shell.handbook.schedule.grading_on
    return ft.DatePicker(
        value=_noon(max(chosen, today) if chosen else today + timedelta(weeks=WEEKS_AHEAD[0])),
        current_date=_noon(today),
        first_date=_noon(today),
        last_date=_noon(today + timedelta(days=FARTHEST_DAYS)),
        help_text=shell.texts("schedule.choose_day"),
        on_change=lambda event: choose(event.control.value.astimezone().date()),
        on_dismiss=lambda _: close(),
    )


def _noon(day: date) -> datetime:
    """Return the moment that a picker takes for a day: noon, which no zone's shift moves to another day."""
    return datetime.combine(day, time(12)).astimezone()


def _grading(shell: Shell, choose: Callable[[date | None], None], open_picker: Callable[[], None]) -> list[ft.Control]:
    texts, schedule = shell.texts, shell.handbook.schedule
    on, days_left = schedule.grading_on, schedule.days_left
    pick = ft.FilledButton if on is None or days_left is None or days_left < 0 else ft.OutlinedButton
    buttons: list[ft.Control] = [
        pick(
            texts("schedule.change_day" if on else "schedule.choose_day"),
            key="choose-day",
            icon=ft.Icons.EVENT,
            on_click=lambda _: open_picker(),
        )
    ]
    if on is None or days_left is None or days_left < 0:
        words = texts("schedule.over" if on else "schedule.no_grading")
        buttons += [
            ft.OutlinedButton(
                texts.count("schedule.in_weeks", weeks),
                key=f"in-{weeks}-weeks",
                on_click=lambda _, weeks=weeks: choose(shell.handbook.learning.on + timedelta(weeks=weeks)),
            )
            for weeks in WEEKS_AHEAD
        ]
        return [ft.Text(words), ft.Row(buttons, wrap=True, spacing=8)]
    buttons.append(ft.TextButton(texts("schedule.remove"), key="no-grading", on_click=lambda _: choose(None)))
    left = texts.count("schedule.days_left", days_left) if days_left else texts("schedule.today")
    return [
        heading(texts("schedule.grading", on=texts.whole_day(on))),
        ft.Text(left, key="days-left"),
        ft.Row(buttons, wrap=True, spacing=8),
    ]


def _when(shell: Shell) -> list[ft.Control]:
    texts, schedule = shell.texts, shell.handbook.schedule
    days: list[ft.Control] = [
        ft.Semantics(
            content=ft.Chip(
                texts(f"weekday.short.{day}"),
                key=f"weekday-{day}",
                selected=day in schedule.weekdays,
                show_checkmark=False,
                on_select=lambda _, day=day: schedule.toggle_weekday(day),
            ),
            label=texts(f"weekday.{day}"),
            container=True,
        )
        for day in range(7)
    ]
    minutes = sorted({*MINUTES, schedule.minutes_a_day})
    return [
        ft.Column([ft.Text(texts("schedule.weekdays")), ft.Row(days, wrap=True, spacing=6)], spacing=6),
        choice_row(
            texts("schedule.minutes"),
            key="study-minutes",
            options=[(number, texts("schedule.minutes_value", number=number)) for number in minutes],
            chosen=schedule.minutes_a_day,
            choose=schedule.set_minutes,
        ),
    ]


def _fits(shell: Shell) -> list[ft.Control]:
    """Whether there is time for all of it, and the pace with which there is."""
    texts, schedule = shell.texts, shell.handbook.schedule
    plan = schedule.plan()
    if plan is None or not plan.days:
        return []
    if plan.fits:
        return [_note(ft.Icons.CHECK_CIRCLE_OUTLINE, texts("schedule.fits"))]
    pace = schedule.pace_that_fits()
    if pace is None:
        percent = floor(plan.share_that_fits * 100)
        return [_note(ft.Icons.INFO_OUTLINE, texts("schedule.fits_not", percent=percent))]
    return [
        _note(ft.Icons.INFO_OUTLINE, texts("schedule.pace", number=pace)),
        ft.Row(
            [
                ft.FilledTonalButton(
                    texts("schedule.keep_pace"), key="keep-pace", on_click=lambda _: schedule.keep_pace(pace)
                )
            ]
        ),
    ]


def _note(icon: ft.IconData, words: str) -> ft.Control:
    return ft.Row([ft.Icon(icon, size=20, color=ft.Colors.PRIMARY), ft.Text(words, expand=True)], spacing=8)


@ft.component
def Weeks() -> ft.Control:
    """One week of the plan, and the ways to the one before and after it."""
    shell = use_shell()
    use_observed(shell.handbook, shell.handbook.learning)
    number, set_number = ft.use_state(0)
    weeks = shell.handbook.schedule.weeks()
    if not weeks:
        return ft.Container()
    at = min(number, len(weeks) - 1)
    texts = shell.texts
    head = ft.Row(
        [
            icon_button(
                ft.Icons.CHEVRON_LEFT,
                texts("schedule.previous_week"),
                key="previous-week",
                disabled=at == 0,
                on_click=lambda _: set_number(at - 1),
            ),
            ft.Text(
                texts("schedule.week", on=texts.day(weeks[at].begins_on)),
                theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                expand=True,
                text_align=ft.TextAlign.CENTER,
            ),
            icon_button(
                ft.Icons.CHEVRON_RIGHT,
                texts("schedule.next_week"),
                key="next-week",
                disabled=at == len(weeks) - 1,
                on_click=lambda _: set_number(at + 1),
            ),
        ]
    )
    return ft.Column([head, *(_day(shell, day) for day in weeks[at].days)], spacing=4)


def _day(shell: Shell, day: StudyDay) -> ft.Control:
    texts, is_today = shell.texts, day.on == shell.handbook.learning.on
    lines = [ft.Text(words) for words in _in_words(shell, day)]
    weekday = [
        ft.Text(texts(f"weekday.{day.on.weekday()}"), weight=ft.FontWeight.BOLD),
        ft.Text(texts.day(day.on), theme_style=ft.TextThemeStyle.BODY_SMALL),
    ]
    minutes = texts("schedule.minutes_value", number=day.minutes) if day.minutes else ""
    return ft.Container(
        ft.Row(
            [
                ft.Container(ft.Column(list[ft.Control](weekday), spacing=0, tight=True), width=108),
                ft.Column(list[ft.Control](lines), spacing=0, tight=True, expand=True),
                ft.Text(minutes),
            ],
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
        bgcolor=ft.Colors.SECONDARY_CONTAINER if is_today else None,
        border_radius=8,
        padding=ft.Padding.symmetric(horizontal=8, vertical=6),
        key=f"day-{day.on.isoformat()}",
    )


def _in_words(shell: Shell, day: StudyDay) -> list[str]:
    texts = shell.texts
    if not day.is_study_day:
        return [texts("schedule.rest")]
    cards = [
        texts.count("schedule.reviews", day.reviews) if day.reviews else "",
        texts.count("learn.new", day.new) if day.new else "",
    ]
    summaries = [shell.handbook.catalogue.summary("tul", slug) for slug in day.tuls]
    names = ", ".join(in_language(tul.name, shell.language) for tul in summaries if tul)
    lines = [", ".join(filter(None, cards)), texts("schedule.tuls", tuls=names) if names else ""]
    if day.left_over:
        lines.append(texts.count("schedule.left_over", day.left_over))
    return [line for line in lines if line] or [texts("schedule.nothing")]
