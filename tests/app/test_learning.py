"""Learning in the app: with no network, killed and taken up again, and on two devices that come to agree."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.app.browser import PHONE, App, browser, program
from tests.app.line import line_to
from tests.live import LiveServer, live_server, processes_with, wait_until

EMAIL, PASSWORD = "ola@example.org", "a long password of Ola"
CREATE = f"from handbook.accounts.models import User; User.objects.create_user({EMAIL!r}, {PASSWORD!r})"
ANSWERS = (
    "import json; from handbook.quizzes.models import Review; "
    "print(json.dumps([str(review.review_id) for review in Review.objects.all()]))"
)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server that each test stops and starts."""
    with live_server(tmp_path) as running:
        yield running


def test_a_sitting_with_no_network_is_killed_and_goes_on(own_server: LiveServer) -> None:
    with browser(language="pl-PL") as context:
        app = App(context.new_page(), own_server.url, "pl")
        app.open()
        app.sees(new_cards(app, 10))
        app.wait_for_the_worker()
        own_server.stop()
        app.tap(app.words["learn.begin"])
        sees_left(app, 10)
        app.tap(app.words["ask.reveal"])
        app.tap(app.words["rating.good"])
        sees_left(app, 9)
        app.press(" ", "1")
        sees_left(app, 9)
        app.tap(app.words["action.undo"])
        app.press(" ")
        swipe(app, to_the_right=True)
        sees_left(app, 8)

        app.page.close()
        app = App(context.new_page(), own_server.url, "pl")
        app.open("learn/review")
        sees_left(app, 8)
        for _ in range(8):
            app.press(" ", "3")
        app.sees(app.words["learn.done"])
        app.sees(app.words["learn.due_tomorrow.many"].format(number=10))


def test_a_quiz_with_no_network_is_killed_and_goes_on(own_server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open("learn")
        app.sees(app.words["quiz.start"])
        app.wait_for_the_worker()
        own_server.stop()
        app.tap(app.words["quiz.start"])
        app.sees(app.words["quiz.place"].format(place=1, count=10))
        app.press("1")
        app.button(app.words["action.next"])
        app.page.close()

        app = App(context.new_page(), own_server.url, "en")
        app.open("learn")
        app.tap(app.words["quiz.go_on"])
        for place in range(2, 11):
            app.sees(app.words["quiz.place"].format(place=place, count=10))
            app.press("2", "ArrowRight")
        app.button(app.words["quiz.finish"])


def test_two_devices_agree_though_one_is_killed_in_the_middle_of_a_push(own_server: LiveServer, tmp_path: Path) -> None:
    own_server.manage("shell", "--command", CREATE)
    with line_to(own_server.port) as line, sync_playwright() as playwright:
        phone_url = f"http://127.0.0.1:{line.port}"
        with device(playwright, tmp_path / "tablet", own_server.url) as tablet:
            sign_in(tablet)
            with device(playwright, tmp_path / "phone", phone_url) as phone:
                sign_in(phone)
                own_server.stop()
                answer(tablet, "1", "4", "3", "3", "3")
                sees_left(tablet, 6)  # five new ones and the first
                answer(phone, "3", "1", "3", "2")
                sees_left(phone, 8)  # six new ones, the second and the fourth
                line.lose_the_reply_to("POST /api/v1/sync/push")
                own_server.start()
                is_online(phone)
                wait_until(line.was_lost.is_set, within_s=90, what="the phone's push has lost its reply")
                kill(tmp_path / "phone")
            is_online(tablet)
            wait_until(lambda: len(answers(own_server)) == 9, within_s=90, what="all answers are on the server")
            with device(playwright, tmp_path / "phone", phone_url) as phone:
                for app in (phone, tablet):
                    is_online(app)
                    app.go("learn/review")
                    sees_left(app, 7)  # five new ones, the second and the fourth
            kept = answers(own_server)
            assert len(set(kept)) == len(kept) == 9


@contextmanager
def device(playwright: Playwright, folder: Path, url: str) -> Iterator[App]:
    """A browser with a profile that outlives it; what was killed is left as it is."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=program(),
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        env={**os.environ, "DEVICE": str(folder)},
        viewport=PHONE,
        locale="en-GB",
    )
    app = App(context.new_page(), url, "en")
    app.open("profile")
    yield app
    if processes_with(f"DEVICE={folder}"):
        context.close()


def kill(folder: Path) -> None:
    for process in processes_with(f"DEVICE={folder}"):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    wait_until(lambda: not processes_with(f"DEVICE={folder}"), within_s=20, what="the device is dead")


def sign_in(app: App) -> None:
    app.type("account.email", EMAIL)
    app.type("account.password", PASSWORD)
    app.tap(app.words["account.sign_in"])
    app.sees(app.words["account.signed_in"].format(email=EMAIL))
    app.wait_for_the_worker()
    app.go("learn/review")
    sees_left(app, 10)


def answer(app: App, *keys: str) -> None:
    for key in keys:
        app.press(" ", key)


def is_online(app: App) -> None:
    """Let the page believe that the network is back, rather than wait for its next attempt."""
    app.page.evaluate("window.dispatchEvent(new Event('online'))")


def answers(server: LiveServer) -> list[str]:
    """Return the ids of the answers that the server holds."""
    found: list[str] = json.loads(server.manage("shell", "--command", ANSWERS).strip().splitlines()[-1])
    return found


def sees_left(app: App, number: int) -> None:
    app.sees(app.words["learn.left.many"].format(number=number))


def new_cards(app: App, number: int) -> str:
    return app.words["learn.new.many"].format(number=number)


def swipe(app: App, *, to_the_right: bool) -> None:
    step = 60 if to_the_right else -60
    x, y = PHONE["width"] / 2 - 2 * step, PHONE["height"] * 0.7  # below the words of the card
    app.page.mouse.move(x, y)
    app.page.mouse.down()
    for moved in range(1, 5):
        app.page.mouse.move(x + moved * step, y)
    app.page.mouse.up()
    app.page.wait_for_timeout(700)
