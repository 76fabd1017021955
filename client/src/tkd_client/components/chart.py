"""A chart of bars: a heading, a sentence that says what it shows, bars on a scale, and days below.

Drawn with plain boxes: flet-charts would be one more dependency, in Dart as well, and has no words for a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import flet as ft

from tkd_client.components.items import heading
from tkd_client.components.shell import Shell
from tkd_client.components.theme import SIZES
from tkd_client.state.statistics import top_of

PLOT_PX = 120
THINNEST_PX = 2  # what is small is not nothing
LINE_HEIGHT = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`value` None draws nothing; `words` are shown to who points at the bar."""

    value: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Labels below: one for every `every` bars, the first under the first bar, or the last under the last one."""

    labels: Sequence[str]
    every: int
    begins: Literal["left", "right"]


def bar_chart(
    shell: Shell, *, title: str, summary: str, bars: Sequence[Bar], axis: Axis, top: int | None = None, unit: str = ""
) -> ft.Control:
    """`summary` is what a screen reader says instead of the bars. Without any value it is all there is."""
    lines: list[ft.Control] = [
        ft.Text(summary, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ON_SURFACE_VARIANT)
    ]
    if any(bar.value is not None for bar in bars):
        lines.append(_drawn(shell, bars, axis, top or top_of([bar.value for bar in bars]), unit))
    spoken = ft.Semantics(
        content=ft.Column(lines, spacing=10, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        label=summary,
        container=True,
        exclude_semantics=True,
    )
    return ft.Column([heading(title), spoken], spacing=4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _drawn(shell: Shell, bars: Sequence[Bar], axis: Axis, top: int, unit: str) -> ft.Control:
    line_px = SIZES["body_small"] * shell.handbook.preferences.text_scale * LINE_HEIGHT
    values = (top, top // 2, 0)
    marks: list[ft.Control] = [ft.Container(_label(f"{value}{unit}"), height=line_px) for value in values]
    scale = ft.Column(
        marks,
        height=PLOT_PX + line_px,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        horizontal_alignment=ft.CrossAxisAlignment.END,
    )
    grid = ft.Column(
        [ft.Container(height=1, bgcolor=ft.Colors.OUTLINE_VARIANT) for _value in values],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        height=PLOT_PX,
        spacing=0,
    )
    columns = ft.Row(
        [_bar(bar, top) for bar in bars], spacing=2, height=PLOT_PX, vertical_alignment=ft.CrossAxisAlignment.END
    )
    plot = ft.Container(
        ft.Stack([grid, columns], fit=ft.StackFit.EXPAND, height=PLOT_PX),
        margin=ft.Margin.only(top=line_px / 2),
    )
    right = ft.Column([plot, _below(axis, len(bars))], spacing=2, expand=True)
    return ft.Row([scale, right], spacing=8, vertical_alignment=ft.CrossAxisAlignment.START)


def _bar(bar: Bar, top: int) -> ft.Control:
    if bar.value is None:
        return ft.Container(expand=True)
    return ft.Container(
        height=max(THINNEST_PX, PLOT_PX * bar.value / top),
        bgcolor=ft.Colors.PRIMARY,
        border_radius=ft.BorderRadius.vertical(top=2),
        tooltip=bar.words,
        expand=True,
    )


def _below(axis: Axis, bars: int) -> ft.Control:
    """The labels, each beside a stroke at the outer edge of its bar; the last one has the room that is left over."""
    widths = [axis.every] * len(axis.labels)
    spare = bars - sum(widths)
    widths[-1 if axis.begins == "left" else 0] += spare
    stroke = ft.BorderSide(1, ft.Colors.OUTLINE)
    return ft.Row(
        [
            ft.Container(
                _label(words),
                expand=width,
                border=ft.Border(**{axis.begins: stroke}),
                padding=ft.Padding.only(**{axis.begins: 3}),
                alignment=ft.Alignment(-1 if axis.begins == "left" else 1, 0),
            )
            for words, width in zip(axis.labels, widths, strict=True)
        ],
        spacing=0,
    )


def _label(words: str) -> ft.Text:
    return ft.Text(words, theme_style=ft.TextThemeStyle.BODY_SMALL, color=ft.Colors.ON_SURFACE_VARIANT, no_wrap=True)
