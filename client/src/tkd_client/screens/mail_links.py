"""Where the links of our mails lead: confirming an address, asking for a new password, and choosing it."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

import flet as ft

from tkd_client.components.account import PasswordField, account_error, email_field, use_typed
from tkd_client.components.frame import screen
from tkd_client.components.shell import use_observed, use_shell

Send = Callable[[str, str], Awaitable[bool]]


@ft.component
def VerifyEmail() -> ft.Control:
    shell = use_shell()
    account = shell.handbook.account
    form = MailForm("verify", send=lambda _email, password: account.verify_email(_key(), password), asks_email=False)
    return screen(shell, path="/verify-email", parent="/profile", title=shell.texts("verify.title"), body=form)


@ft.component
def AskForNewPassword() -> ft.Control:
    shell = use_shell()
    account = shell.handbook.account
    form = MailForm("reset", send=lambda email, _password: account.ask_for_new_password(email), asks_email=True)
    return screen(shell, path="/password-reset", parent="/profile", title=shell.texts("reset.title"), body=form)


@ft.component
def NewPassword() -> ft.Control:
    shell = use_shell()
    account = shell.handbook.account
    form = MailForm(
        "new_password", send=lambda _email, password: account.set_new_password(_key(), password), asks_email=False
    )
    title = shell.texts("new_password.title")
    return screen(shell, path="/password-reset/confirm", parent="/profile", title=title, body=form)


@ft.component
def MailForm(name: str, *, send: Send, asks_email: bool) -> ft.Control:
    """One field and one button; afterwards a sentence and the way on. `name` begins the keys of its messages."""
    shell = use_shell()
    account, texts = shell.handbook.account, shell.texts
    use_observed(account)
    ft.use_effect(account.forget_reason, dependencies=[])
    typed = use_typed()
    is_done, set_done = ft.use_state(False)  # noqa: FBT003 - its first value

    async def submit() -> None:
        set_done(await send(typed.email, typed.password))

    field = email_field(texts, typed) if asks_email else PasswordField(typed, submit)
    asked: list[ft.Control] = [
        ft.Text(texts(f"{name}.hint")),
        field,
        *account_error(shell),
        ft.Row([ft.FilledButton(texts(f"{name}.send"), key="send", on_click=submit, disabled=account.is_busy)]),
    ]
    done: list[ft.Control] = [
        ft.Text(texts(f"{name}.done")),
        ft.Row([ft.FilledButton(texts("account.to_profile"), key="on", on_click=lambda _: shell.go("/profile"))]),
    ]
    return ft.ListView(done if is_done else asked, padding=16, spacing=14, expand=True)


def _key() -> str:
    """Return what the link carries, an empty text for a link that was cut."""
    return parse_qs(urlsplit(ft.context.page.route).query).get("key", [""])[0]
