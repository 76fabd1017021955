"""Reminders: on this device or not, and which of them by which way."""

import asyncio

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.frame import screen
from tkd_client.components.items import heading
from tkd_client.components.shell import Shell, use_observed, use_shell

KINDS = ("reviews_due", "streak_at_risk")
CHANNELS = ("web_push", "email")


@ft.component
def RemindersScreen() -> ft.Control:
    shell = use_shell()
    reminders, texts = shell.handbook.reminders, shell.texts
    use_observed(reminders, shell.handbook.account)
    loading: MutableRef[asyncio.Task[None]] = ft.use_ref()

    def load() -> None:
        loading.current = asyncio.create_task(reminders.load())

    ft.use_effect(load, dependencies=[])
    if shell.handbook.account.is_signed_in:
        controls = [*_device(shell), *_failed(shell), *_switches(shell)]
    else:
        controls = [ft.Text(texts("reminders.sign_in"))]
    body = ft.ListView(controls, padding=16, spacing=14, expand=True)
    return screen(shell, path="/profile/reminders", title=texts("reminders.title"), body=body, parent="/profile")


def _device(shell: Shell) -> list[ft.Control]:
    """Whether this device shows reminders, and the button that asks for the permission."""
    texts, reminders = shell.texts, shell.handbook.reminders
    if reminders.state.permission in ("unsupported", "denied"):
        return [ft.Text(texts(f"reminders.{reminders.state.permission}"))]
    if reminders.are_on:
        words, label, act = "reminders.are_on", "reminders.turn_off", reminders.turn_off
    else:
        words, label, act = "reminders.why", "reminders.turn_on", reminders.turn_on

    async def change(_event: object) -> None:
        await act()

    button = ft.FilledButton(texts(label), key="reminders", disabled=reminders.is_busy, on_click=change)
    return [ft.Text(texts(words)), ft.Row([button])]


def _failed(shell: Shell) -> list[ft.Control]:
    reason = shell.handbook.reminders.reason
    return [ft.Text(shell.texts(reason), color=ft.Colors.ERROR)] if reason else []


def _switches(shell: Shell) -> list[ft.Control]:
    texts, reminders = shell.texts, shell.handbook.reminders
    controls: list[ft.Control] = []
    for kind in KINDS:
        if kind not in reminders.switches:
            continue
        controls.append(heading(texts(f"reminders.{kind}")))
        controls += [_switch(shell, kind, channel) for channel in CHANNELS]
    return controls


def _switch(shell: Shell, kind: str, channel: str) -> ft.Control:
    reminders = shell.handbook.reminders

    async def change(event: ft.Event[ft.Switch]) -> None:
        await reminders.switch(kind, channel, is_on=bool(event.control.value))

    return ft.Switch(
        label=shell.texts(f"reminders.{channel}"),
        key=f"{kind}-{channel}",
        value=reminders.switches[kind].get(channel, False),
        disabled=reminders.is_busy,
        on_change=change,
    )
