"""How learning goes: days in a row, what is remembered, and what was and will be done day by day."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from tkd_client.components.chart import Axis, Bar, bar_chart
from tkd_client.components.frame import screen
from tkd_client.components.items import heading
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.statistics import Statistics, Week, statistics_of
from tkd_client.state.texts import Texts
from tkd_rules.repetition.statistics import Day, Retention

DAYS_BETWEEN_LABELS = 7
WEEKS_BETWEEN_LABELS = 3
MINUTE_MS = 60_000
LARGEST_SCALE_FOR_THREE = 1.2
DASH = "–"


@ft.component
def LearningStatistics() -> ft.Control:
    shell = use_shell()
    learning = shell.handbook.learning
    use_observed(learning)
    known = statistics_of(learning)
    return screen(
        shell,
        path="/learn/statistics",
        title=shell.texts("statistics.title"),
        body=_figures_and_charts(shell, known) if known.answers else _nothing_yet(shell),
        parent="/learn",
    )


def _nothing_yet(shell: Shell) -> ft.Control:
    return ft.Container(
        ft.Column(
            [
                ft.Icon(ft.Icons.BAR_CHART, size=48),
                heading(shell.texts("statistics.nothing")),
                ft.Text(shell.texts("statistics.nothing_hint"), text_align=ft.TextAlign.CENTER),
                ft.FilledButton(shell.texts("statistics.begin"), key="begin", on_click=lambda _: shell.go("/learn")),
            ],
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            expand=True,
        ),
        padding=16,
        expand=True,
    )


def _figures_and_charts(shell: Shell, known: Statistics) -> ft.Control:
    texts = shell.texts
    figures = [
        _figure(str(known.streak_days), texts.count("statistics.streak", known.streak_days)),
        _figure(str(known.cards), texts.count("statistics.cards", known.cards)),
        _figure(str(known.answers), texts.count("statistics.answers", known.answers)),
    ]
    remembered = [
        _remembered(texts, "statistics.last_week", known.last_week),
        _remembered(texts, "statistics.last_month", known.last_month),
        _remembered(texts, "statistics.ever", known.ever),
    ]
    return ft.ListView(
        [
            _side_by_side(shell, figures),
            ft.Column(
                [
                    heading(texts("statistics.remembered")),
                    ft.Text(texts("statistics.remembered_hint"), theme_style=ft.TextThemeStyle.BODY_SMALL),
                    _side_by_side(shell, remembered),
                ],
                spacing=8,
            ),
            _weeks(shell, known.weeks),
            _forecast(shell, known),
            _answers(shell, known.days),
            _minutes(shell, known.days),
        ],
        padding=16,
        spacing=18,
        expand=True,
    )


def _side_by_side(shell: Shell, figures: Sequence[ft.Control]) -> ft.Control:
    """Three in a row, or two on a phone with letters so large that a word would not fit."""
    is_large = shell.handbook.preferences.text_scale > LARGEST_SCALE_FOR_THREE
    for figure in figures:
        figure.col = {"xs": 6 if is_large else 4, "sm": 4}
    return ft.ResponsiveRow(list(figures))


def _figure(value: str, *below: str) -> ft.Control:
    """A number and what it counts, one thing for a screen reader."""
    words = [ft.Text(line, theme_style=ft.TextThemeStyle.BODY_SMALL) for line in below]
    return ft.MergeSemantics(
        ft.Column([ft.Text(value, theme_style=ft.TextThemeStyle.HEADLINE_SMALL), *words], spacing=0, tight=True)
    )


def _remembered(texts: Texts, period: str, found: Retention) -> ft.Control:
    asked = texts.count("statistics.asked", found.asked) if found.asked else texts("statistics.asked_none")
    return _figure(_percent(found), texts(period), asked)


def _percent(found: Retention) -> str:
    return DASH if found.percent is None else f"{found.percent}%"


def _forecast(shell: Shell, known: Statistics) -> ft.Control:
    texts = shell.texts
    most = max(known.due)
    summary = texts(
        "statistics.forecast_summary",
        today=known.due[0],
        total=sum(known.due),
        most=most,
        day=_day(texts, known.due_on[known.due.index(most)], known.on),
    )
    return bar_chart(
        shell,
        title=texts("statistics.forecast"),
        summary=summary if most else texts("statistics.nothing_due"),
        bars=[_bar(texts, on, known.on, due) for on, due in zip(known.due_on, known.due, strict=True)],
        axis=Axis(
            labels=[_day(texts, on, known.on) for on in known.due_on[:-DAYS_BETWEEN_LABELS:DAYS_BETWEEN_LABELS]],
            every=DAYS_BETWEEN_LABELS,
            begins="left",
        ),
    )


def _answers(shell: Shell, days: Sequence[Day]) -> ft.Control:
    return _by_day(shell, "statistics.answers_by_day", days, [day.reviews for day in days])


def _minutes(shell: Shell, days: Sequence[Day]) -> ft.Control:
    """Minutes that were begun, so that no day of work is a nought."""
    return _by_day(shell, "statistics.minutes_by_day", days, [-(-day.spent_ms // MINUTE_MS) for day in days])


def _by_day(shell: Shell, key: str, days: Sequence[Day], values: Sequence[int]) -> ft.Control:
    texts, today = shell.texts, days[-1].on
    most = max(values)
    summary = texts(
        "statistics.by_day_summary",
        total=sum(values),
        days=sum(day.reviews > 0 for day in days),
        most=most,
        day=_day(texts, days[values.index(most)].on, today),
    )
    return bar_chart(
        shell,
        title=texts(key),
        summary=summary if most else texts("statistics.nothing_lately"),
        bars=[_bar(texts, day.on, today, value) for day, value in zip(days, values, strict=True)],
        axis=_until_today(texts, [day.on for day in days], DAYS_BETWEEN_LABELS),
    )


def _weeks(shell: Shell, weeks: Sequence[Week]) -> ft.Control:
    texts, today = shell.texts, weeks[-1].until
    asked = {week.until: week.retention for week in weeks if week.retention.asked}
    return bar_chart(
        shell,
        title=texts("statistics.by_week"),
        summary=_weeks_in_words(texts, asked, today) if asked else texts("statistics.nothing_back"),
        bars=[
            Bar(
                value=week.retention.percent,
                words=f"{_day(texts, week.until, today)}: {_percent(week.retention)}",
            )
            for week in weeks
        ],
        axis=_until_today(texts, [week.until for week in weeks], WEEKS_BETWEEN_LABELS),
        top=100,
        unit="%",
    )


def _weeks_in_words(texts: Texts, asked: dict[date, Retention], today: date) -> str:
    ordered = sorted(asked, key=lambda until: (asked[until].percent, until))
    return texts(
        "statistics.by_week_summary",
        least=_percent(asked[ordered[0]]),
        least_until=_day(texts, ordered[0], today),
        most=_percent(asked[ordered[-1]]),
        most_until=_day(texts, ordered[-1], today),
    )


def _until_today(texts: Texts, days: Sequence[date], every: int) -> Axis:
    """Labels back from today as far as each has its room."""
    shown = [day for back, day in enumerate(reversed(days)) if back % every == 0 and len(days) - back >= every]
    return Axis(labels=[_day(texts, day, days[-1]) for day in reversed(shown)], every=every, begins="right")


def _bar(texts: Texts, on: date, today: date, value: int) -> Bar:
    return Bar(value=value or None, words=f"{_day(texts, on, today)}: {value}")


def _day(texts: Texts, on: date, today: date) -> str:
    return texts("statistics.today") if on == today else texts.day(on)
