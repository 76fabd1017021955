"""What a tul is played with: the way through it, tempo, mirror, turning, a section to repeat, and the drill."""

from dataclasses import dataclass, field
from typing import Any

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.choice import choice_row
from tkd_client.components.floor import COLOURS, Stage
from tkd_client.components.shell import Shell
from tkd_client.state.player import TEMPOS, Drill, Player
from tkd_client.state.walked import WalkedTul


@dataclass(slots=True, kw_only=True)
class Playing:
    """A tul with its player, and the stage that it is drawn on."""

    document: dict[str, Any]
    player: Player
    walked: WalkedTul
    stage: Stage = field(init=False)

    def __post_init__(self) -> None:
        self.stage = Stage(self.walked.lines)

    def draw(self) -> None:
        player = self.player
        self.stage.look(turned_deg=player.turned_deg, mirrored=player.is_mirrored)
        self.stage.show(self.walked.animation.figure_at(player.shown_s))


def transport(shell: Shell, player: Player) -> list[ft.Control]:
    """Where in the tul, and play, pause, one back, one on."""
    texts, end = shell.texts, player.last + 1
    word, icon = ("player.pause", ft.Icons.PAUSE) if player.is_playing else ("player.play", ft.Icons.PLAY_ARROW)
    buttons = ft.Row(
        [
            icon_button(
                ft.Icons.SKIP_PREVIOUS,
                texts("player.previous"),
                key="player-previous",
                icon_size=32,
                disabled=player.number == 0,
                on_click=lambda _: player.previous(),
            ),
            ft.FilledButton(
                texts(word), icon=icon, key="player-play", height=52, width=180, on_click=lambda _: player.toggle()
            ),
            icon_button(
                ft.Icons.SKIP_NEXT,
                texts("player.next"),
                key="player-next",
                icon_size=32,
                disabled=player.number == end,
                on_click=lambda _: player.next(),
            ),
        ],
        alignment=ft.MainAxisAlignment.CENTER,
        spacing=16,
    )
    return [_place(shell, player), buttons]


def _place(shell: Shell, player: Player) -> ft.Control:
    """A slider over the movements. A screen reader hears which of them, where the slider itself would say percents."""
    end = player.last + 1
    slider = ft.CupertinoSlider(
        key="player-place",
        min=0,
        max=end,
        divisions=end,
        value=player.number,
        on_change=lambda event: player.stand_at(round(event.control.value)),
    )
    return ft.Semantics(
        content=slider,
        label=shell.texts("player.place"),
        slider=True,
        value=_movement(shell, player, player.number),
        increased_value=_movement(shell, player, min(end, player.number + 1)),
        decreased_value=_movement(shell, player, max(0, player.number - 1)),
        on_increase=lambda _: player.stand_at(min(end, player.number + 1)),
        on_decrease=lambda _: player.stand_at(max(0, player.number - 1)),
        exclude_semantics=True,
    )


def _movement(shell: Shell, player: Player, number: int) -> str:
    if 1 <= number <= player.last:
        return shell.texts("player.step_of", number=number, total=player.last)
    return shell.texts("player.closing" if number else "player.ready")


def settings(shell: Shell, player: Player) -> ft.Control:
    """Tempo, mirror, turning, repeating; with a section to repeat its two ends."""
    texts = shell.texts
    tempo = ft.Row(
        [
            icon_button(
                ft.Icons.REMOVE,
                texts("player.slower"),
                key="player-slower",
                disabled=player.tempo == TEMPOS[0],
                on_click=lambda _: player.slower(),
            ),
            ft.Text(texts("player.tempo", tempo=f"{player.tempo:g}"), key="player-tempo"),
            icon_button(
                ft.Icons.ADD,
                texts("player.faster"),
                key="player-faster",
                disabled=player.tempo == TEMPOS[-1],
                on_click=lambda _: player.faster(),
            ),
        ],
        spacing=0,
        tight=True,
    )
    looking = ft.Row(
        [
            icon_button(
                ft.Icons.FLIP,
                texts("player.unmirror" if player.is_mirrored else "player.mirror"),
                key="player-mirror",
                selected=player.is_mirrored,
                on_click=lambda _: player.mirror(),
            ),
            icon_button(
                ft.Icons.ROTATE_90_DEGREES_CW_OUTLINED,
                texts("player.rotate"),
                key="player-rotate",
                on_click=lambda _: player.rotate(),
            ),
            icon_button(
                ft.Icons.REPEAT,
                texts("player.unloop" if player.is_looped else "player.loop"),
                key="player-loop",
                selected=player.is_looped,
                on_click=lambda _: player.loop(),
            ),
        ],
        spacing=0,
        tight=True,
    )
    rows: list[ft.Control] = [ft.Row([tempo, looking], alignment=ft.MainAxisAlignment.SPACE_BETWEEN, wrap=True)]
    if player.is_looped:
        rows.append(_section(shell, player))
    if player.drill is None:
        rows.append(
            ft.OutlinedButton(
                texts("player.drill"),
                key="player-drill",
                icon=ft.Icons.QUIZ_OUTLINED,
                on_click=lambda _: player.start_drill(),
            )
        )
    return ft.Column(rows, spacing=6, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _section(shell: Shell, player: Player) -> ft.Control:
    texts, section = shell.texts, player.section
    numbers = range(1, player.last + 1)
    ends = [
        choice_row(
            texts(words),
            key=key,
            options=[(number, str(number)) for number in numbers],
            chosen=chosen,
            choose=choose,
        )
        for key, words, chosen, choose in (
            ("player-from", "player.loop_from", section.first, player.loop_from),
            ("player-to", "player.loop_to", section.last, player.loop_to),
        )
    ]
    return ft.Row([ft.Container(end, expand=True) for end in ends], spacing=8)


def drill_panel(shell: Shell, player: Player, drill: Drill) -> list[ft.Control]:
    """The coming movement is hidden until it is revealed; then one says whether one knew it."""
    texts = shell.texts
    score = ft.Text(texts("player.score", right=drill.right, again=drill.again), key="player-score")
    stop = ft.TextButton(texts("player.drill_stop"), key="player-drill-stop", on_click=lambda _: player.stop_drill())
    foot = ft.Row([score, stop], alignment=ft.MainAxisAlignment.SPACE_BETWEEN, wrap=True)
    if drill.asked is None:
        return [ft.Text(texts("player.drill_done")), foot]
    if not drill.is_revealed:
        reveal = ft.FilledButton(
            texts("player.reveal"), key="player-reveal", height=52, expand=True, on_click=lambda _: player.reveal()
        )
        return [ft.Row([reveal]), ft.Text(texts("player.drill_hint")), foot]
    knew, again = (
        ft.FilledTonalButton(
            texts(words),
            key=key,
            height=52,
            expand=True,
            on_click=lambda _, is_known=is_known: player.answer(knew=is_known),
        )
        for words, key, is_known in (("player.knew", "player-knew", True), ("player.again", "player-again", False))
    )
    return [ft.Row([again, knew], spacing=8), foot]


def legend(shell: Shell) -> ft.Control:
    """What the colours of the figure mean."""
    marks = [
        (COLOURS["left"], "player.legend_left"),
        (COLOURS["right"], "player.legend_right"),
        (COLOURS["weight"], "player.weight"),
    ]
    return ft.Row(
        [
            ft.Row(
                [
                    ft.Container(width=12, height=12, border_radius=6, bgcolor=colour),
                    ft.Text(shell.texts(words), theme_style=ft.TextThemeStyle.BODY_SMALL),
                ],
                spacing=6,
                tight=True,
            )
            for colour, words in marks
        ],
        spacing=16,
        wrap=True,
    )
