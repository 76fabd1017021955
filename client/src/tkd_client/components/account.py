"""Signing in, up and out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from tkd_client.components.buttons import icon_button
from tkd_client.components.keyboard import text_field
from tkd_client.components.shell import Shell, use_observed, use_shell
from tkd_client.state.account import OTHER_LEARNER
from tkd_client.state.texts import Texts


@ft.component
def AccountSection() -> ft.Control:
    shell = use_shell()
    use_observed(shell.handbook.account)
    return SignedIn() if shell.handbook.account.is_signed_in else SignInForm()


@ft.component
def SignedIn() -> ft.Control:
    shell = use_shell()
    account = shell.handbook.account
    is_asking, set_asking = ft.use_state(False)  # noqa: FBT003 - its first value

    async def leave() -> None:
        if account.unsent and not is_asking:
            set_asking(True)
        else:
            await account.sign_out()

    lines: list[ft.Control] = [ft.Text(shell.texts("account.signed_in", email=account.email))]
    if is_asking:
        lines += [
            ft.Text(shell.texts("account.unsent_title"), theme_style=ft.TextThemeStyle.TITLE_SMALL),
            ft.Text(shell.texts("account.unsent"), color=ft.Colors.ERROR),
        ]
    buttons: list[ft.Control] = [
        ft.OutlinedButton(shell.texts("account.sign_out"), key="sign-out", icon=ft.Icons.LOGOUT, on_click=leave)
    ]
    if is_asking:
        buttons.append(ft.TextButton(shell.texts("action.cancel"), on_click=lambda _: set_asking(False)))
    return ft.Column([*lines, ft.Row(buttons)])


@dataclass(slots=True)
class Typed:
    """What stands in the fields now. Not a state: a tap right after the last letter would send the form without it."""

    email: str = ""
    password: str = ""


def use_typed() -> Typed:
    kept: MutableRef[Typed] = ft.use_ref(Typed)
    return kept.current or Typed()


@ft.component
def SignInForm() -> ft.Control:
    shell = use_shell()
    account, texts = shell.handbook.account, shell.texts
    typed = use_typed()
    is_sent, set_sent = ft.use_state(False)  # noqa: FBT003 - its first value
    ft.use_effect(account.forget_reason, dependencies=[])

    async def attempt(*, drops_unsent: bool) -> None:
        if await account.sign_in(typed.email, typed.password, drops_unsent=drops_unsent):
            typed.password = ""

    async def sign_in() -> None:
        await attempt(drops_unsent=False)

    async def drop_and_sign_in() -> None:
        await attempt(drops_unsent=True)

    async def sign_up() -> None:
        language = shell.handbook.preferences.interface_language
        set_sent(await account.sign_up(typed.email, typed.password, language=language))

    fields = [email_field(texts, typed), PasswordField(typed, sign_in)]
    drop = [ft.OutlinedButton(texts("account.drop_and_sign_in"), key="drop-and-sign-in", on_click=drop_and_sign_in)]
    check_mail = [ft.Text(texts("account.check_mail"))] if is_sent and not account.reason else []
    return ft.Column(
        [
            ft.Text(texts("account.signed_out"), theme_style=ft.TextThemeStyle.BODY_SMALL),
            ft.AutofillGroup(ft.Column(fields, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)),
            *account_error(shell),
            *(drop if account.reason == OTHER_LEARNER else []),
            *check_mail,
            ft.Row(
                [
                    ft.FilledButton(
                        texts("account.sign_in"), key="sign-in", on_click=sign_in, disabled=account.is_busy
                    ),
                    ft.OutlinedButton(
                        texts("account.sign_up"), key="sign-up", on_click=sign_up, disabled=account.is_busy
                    ),
                    ft.TextButton(texts("reset.title"), key="forgot", on_click=lambda _: shell.go("/password-reset")),
                ],
                wrap=True,
            ),
        ],
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def email_field(texts: Texts, typed: Typed) -> ft.Control:
    def changed(event: ft.Event[ft.TextField]) -> None:
        typed.email = event.control.value

    return text_field(
        ft.TextField(
            key="email",
            label=texts("account.email"),
            value=typed.email,
            keyboard_type=ft.KeyboardType.EMAIL,
            autofill_hints=[ft.AutofillHint.USERNAME],
            on_change=changed,
        )
    )


@ft.component
def PasswordField(typed: Typed, submit: Callable[[], Awaitable[None]]) -> ft.Control:
    """A field whose letters can be shown; Flutter's own button for that has no name."""
    texts = use_shell().texts
    is_shown, set_shown = ft.use_state(False)  # noqa: FBT003 - its first value

    def changed(event: ft.Event[ft.TextField]) -> None:
        typed.password = event.control.value

    reveal = icon_button(
        ft.Icons.VISIBILITY_OFF if is_shown else ft.Icons.VISIBILITY,
        texts("account.hide_password" if is_shown else "account.show_password"),
        key="reveal-password",
        on_click=lambda _: set_shown(not is_shown),
    )
    return text_field(
        ft.TextField(
            key="password",
            label=texts("account.password"),
            value=typed.password,
            password=not is_shown,
            suffix_icon=reveal,
            autofill_hints=[ft.AutofillHint.PASSWORD],
            on_change=changed,
            on_submit=submit,
        )
    )


def account_error(shell: Shell) -> list[ft.Control]:
    """Return what the server had against the last form, nothing when it had nothing."""
    account = shell.handbook.account
    if not account.reason:
        return []
    words = " ".join(filter(None, [shell.texts(account.reason), account.detail]))
    return [ft.Text(words, color=ft.Colors.ERROR, key="account-error")]
