"""A tul in motion: a figure on the floor plan, what it does in words, and everything to play it with."""

import asyncio
from collections.abc import Callable
from typing import Any

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.floor import floor_view
from tkd_client.components.frame import screen
from tkd_client.components.items import missing_card
from tkd_client.components.keyboard import use_keys
from tkd_client.components.playing import Playing, drill_panel, legend, settings, transport
from tkd_client.components.shell import NEXT_KEY, PREVIOUS_KEY, Shell, use_observed, use_shell
from tkd_client.state.player import Player
from tkd_client.state.texts import in_language
from tkd_client.state.walked import walked
from tkd_client.state.words import sentences
from tkd_rules.tul.counting import count_of

FRAME_S = 1 / 60


@ft.component
def TulPlayer() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook, shell.handbook.sync)
    slug = ft.use_route_params().get("slug", "")
    document = shell.handbook.catalogue.document("tul", slug)
    playing = ft.use_memo(lambda: _playing(shell, document), [slug, shell.handbook.catalogue.cursor])
    words = ft.use_memo(lambda: _words(shell, document), [slug, shell.handbook.catalogue.cursor, shell.language])
    path = f"/tuls/{slug}"
    if document is None:
        body = missing_card(shell, "/tuls")
    elif playing is None:
        body = ft.Container(ft.Text(shell.texts("player.no_steps")), padding=16)
    else:
        body = ft.Container(Stand(playing, words), key=slug, expand=True)  # another tul begins anew
    title = in_language(document["name"], shell.language) if document else shell.texts("nav.tuls")
    return screen(shell, path=f"{path}/play", parent=path, title=title, body=body)


def _playing(shell: Shell, document: dict[str, Any] | None) -> Playing | None:
    found = walked(shell.handbook.catalogue, document) if document else None
    if document is None or found is None:
        return None
    player = Player(found.animation, clock_s=shell.handbook.device.clock_s)
    return Playing(document=document, player=player, walked=found)


def _words(shell: Shell, document: dict[str, Any] | None) -> tuple[str, ...]:
    return sentences(document, shell.handbook.catalogue, shell.language) if document else ()


@ft.component
def Stand(playing: Playing, words: tuple[str, ...]) -> ft.Control:
    """The floor above, and below it what scrolls where there is no room for all of it."""
    shell = use_shell()
    player = playing.player
    use_observed(player)
    use_keys(_keys(player))
    _use_frames(playing)
    panel = drill_panel(shell, player, player.drill) if player.drill else transport(shell, player)
    return ft.Column(
        [
            ft.Container(floor_view(playing.stage, shell.texts("player.floor")), expand=5, padding=8),
            ft.Container(
                ft.ListView(
                    [_caption(shell, playing, words), *panel, settings(shell, player), legend(shell)],
                    padding=ft.Padding.only(left=16, right=16, bottom=12),
                    spacing=6,
                ),
                expand=4,
            ),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _keys(player: Player) -> dict[str, Callable[[], object]]:
    keys: dict[str, Callable[[], object]] = {
        " ": player.toggle,
        NEXT_KEY: player.next,
        PREVIOUS_KEY: player.previous,
        "M": player.mirror,
        "R": player.rotate,
        "L": player.loop,
    }
    keys |= dict.fromkeys(("+", "=", "Numpad Add"), player.faster)
    return keys | dict.fromkeys(("-", "Numpad Subtract"), player.slower)


def _use_frames(playing: Playing) -> None:
    """Draw a frame whenever one is due while the screen is shown: again and again, or after a change."""
    running: MutableRef[asyncio.Task[None]] = ft.use_ref()

    def start() -> None:
        running.current = asyncio.create_task(_frames(playing))

    ft.use_effect(start, dependencies=[], cleanup=lambda: running.current.cancel() if running.current else None)


async def _frames(playing: Playing) -> None:
    player, changed, loop = playing.player, asyncio.Event(), asyncio.get_running_loop()
    features = await ft.SemanticsService().get_accessibility_features()
    player.is_still = features.disable_animations or features.reduce_motion
    stop = player.subscribe(changed.set)
    try:
        while True:
            changed.clear()
            began_s = loop.time()
            player.tick()
            playing.draw()
            if player.is_playing:
                await asyncio.sleep(max(0.0, FRAME_S - (loop.time() - began_s)))
            else:
                await changed.wait()
    finally:
        stop()


def _caption(shell: Shell, playing: Playing, words: tuple[str, ...]) -> ft.Control:
    """What is done now: read out whenever another movement begins."""
    player, steps = playing.player, playing.document["steps"]
    asked = player.drill.asked if player.drill else None
    if asked and player.drill and not player.drill.is_revealed:
        return _said(shell.texts("player.step_of", number=asked, total=len(steps)), shell.texts("player.drill"), "")
    if not 1 <= player.number <= len(steps):
        return _said("", shell.texts("player.closing" if player.number else "player.ready"), "")
    step, count = steps[player.number - 1], count_of(player.number)
    place = shell.texts("player.step_of", number=player.number, total=len(steps))
    timing = shell.texts(f"timing.{step['timing']}") if step["timing"] != "normal" else ""
    above = " · ".join(filter(None, [place, f"{count.hangul} {count.romanization}", timing]))
    names = [step["romanization"], in_language(step["name"], "ko")]
    first, second = reversed(names) if shell.language == "ko" and names[1] else names
    return _said(above, first, second, words[player.number - 1] if words else "")


def _said(above: str, words: str, below: str, sentence: str = "") -> ft.Control:
    small, muted = ft.TextThemeStyle.BODY_MEDIUM, ft.Colors.ON_SURFACE_VARIANT
    lines = [
        ft.Text(above, theme_style=small, color=muted, key="player-count"),
        ft.Text(words, theme_style=ft.TextThemeStyle.TITLE_LARGE, key="player-words"),
        ft.Text(below, theme_style=small, color=muted),
    ]
    spoken = ". ".join(filter(None, [above, words, below, sentence]))
    return ft.Semantics(
        content=ft.Container(ft.Column(list[ft.Control](lines), spacing=0, tight=True), height=96),
        label=spoken,
        live_region=True,
        container=True,
        exclude_semantics=True,
    )
