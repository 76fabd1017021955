"""Reminders: the permission is asked for when somebody wants them, and the server is told where this device is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import OFFLINE, asked_by, device, finish, json_answer
from tkd_client.api.transport import Answer
from tkd_client.state.device import Permission, PushFailed, PushState
from tkd_client.state.handbook import Handbook

TOKENS = json_answer({"access": "a1", "refresh": "r1"})
ME = json_answer({"id": "u1", "email": "ola@example.org", "belt": "7kup"})
KEY, REGISTERED = json_answer({"public_key": "BKey"}), json_answer({"id": "d1", "channel": "web_push"}, 201)
SUBSCRIPTION: dict[str, Any] = {"endpoint": "https://push.example/1", "keys": {"p256dh": "p", "auth": "a"}}
SWITCHES = {"reviews_due": {"web_push": True, "email": False}}


class Browser:
    """Answers as a browser does whose person says yes, no, or whose push service is away."""

    def __init__(self, permission: Permission = "granted", *, fails: bool = False) -> None:
        self.permission, self.fails = permission, fails
        self.subscribed_with: str | None = None

    async def state(self) -> PushState:
        asked: Permission = self.permission if self.subscribed_with else "default"
        return PushState(permission=asked, subscription=SUBSCRIPTION if self.subscribed_with else None)

    async def subscribe(self, key: str) -> PushState:
        if self.fails:
            raise PushFailed("push service not available")
        if self.permission == "granted":
            self.subscribed_with = key
            return await self.state()
        return PushState(permission=self.permission)

    async def unsubscribe(self) -> PushState:
        self.subscribed_with = None
        return await self.state()


def signed_in(folder: Path, browser: Browser, *answers: Answer | Exception) -> Handbook:
    book = Handbook(replace(device(folder, TOKENS, ME, *answers), push=browser))
    finish(book.account.sign_in("ola@example.org", "secret"))
    return book


def test_they_are_turned_on_and_off_again(tmp_path: Path) -> None:
    browser = Browser()
    book = signed_in(tmp_path, browser, KEY, REGISTERED, Answer(status=204))
    finish(book.reminders.turn_on())
    assert (book.reminders.are_on, browser.subscribed_with) == (True, "BKey")
    asked = asked_by(book)
    assert asked[-1][3] == SUBSCRIPTION
    finish(book.reminders.turn_off())
    assert (book.reminders.are_on, browser.subscribed_with) == (False, None)
    assert asked[-1][1] == "/api/v1/notifications/devices/d1"


def test_who_says_no_is_not_registered(tmp_path: Path) -> None:
    book = signed_in(tmp_path, Browser("denied"), KEY)
    finish(book.reminders.turn_on())
    assert (book.reminders.are_on, book.reminders.state.permission) == (False, "denied")


@pytest.mark.parametrize(
    ("browser", "answers", "reason"),
    [
        (Browser(fails=True), (KEY,), "reminders.failed"),
        (Browser(), (OFFLINE,), "error.unreachable"),
        (Browser(), (json_answer({"type": "no-vapid-key", "title": "None"}, 409),), "error.refused"),
        (Browser(), (json_answer({"other": 1}),), "error.garbage"),
    ],
)
def test_what_fails_is_said(tmp_path: Path, browser: Browser, answers: tuple[Any, ...], reason: str) -> None:
    book = signed_in(tmp_path, browser, *answers)
    finish(book.reminders.turn_on())
    assert (book.reminders.are_on, book.reminders.reason, book.reminders.is_busy) == (False, reason, False)


def test_switches_are_the_servers(tmp_path: Path) -> None:
    changed = {"reviews_due": {"web_push": True, "email": True}}
    book = signed_in(tmp_path, Browser(), json_answer({"switches": SWITCHES}), json_answer({"switches": changed}))
    finish(book.reminders.load())
    assert book.reminders.switches == SWITCHES
    finish(book.reminders.switch("reviews_due", "email", is_on=True))
    assert book.reminders.switches == changed
    asked = asked_by(book)
    assert asked[-1][3] == {"switches": {"reviews_due": {"email": True}}}


def test_who_signs_out_is_reminded_here_no_more(tmp_path: Path) -> None:
    book = signed_in(tmp_path, Browser(), KEY, REGISTERED, Answer(status=204))
    finish(book.reminders.turn_on())
    finish(book.account.sign_out())
    assert not book.reminders.are_on
