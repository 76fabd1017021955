"""The web app in Chromium, used as a person with a screen reader would: by the names of things."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserError

from tests.live import wait_until

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 412, "height": 860}
WIDE: ViewportSize = {"width": 1280, "height": 860}
START_MS = 90_000
WITHIN_MS = 60_000
SETTLES_MS = 700
GRADE = re.compile(r"^\d+((\.|st|nd|rd|th) (kup|dan)|급|단)")
COUNT_UPDATES = """
  globalThis.updates = 0;
  globalThis.Worker = class extends Worker {
    constructor(...how) { super(...how); this.addEventListener('message', () => { globalThis.updates += 1; }); }
  };
"""
MESSAGES = "client/src/tkd_client/messages/{}.json"


class App:
    """One tab. What goes wrong in it is collected in `complaints`."""

    def __init__(self, page: Page, url: str, language: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.fetched: list[str] = []  # what no service worker answered, the worker's own requests included
        self.speak(language)
        page.on("console", self._said)
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.context.on("response", self._fetched)

    def speak(self, language: str) -> None:
        """Look for the words of this language from now on."""
        with open(MESSAGES.format(language), encoding="utf-8") as file:  # noqa: PTH123 - a name of ours
            self.words: dict[str, str] = json.load(file)

    def open(self, path: str = "") -> None:
        """Load the page and return when the app has drawn the screen."""
        self.page.goto(f"{self.url}/app/{path}")
        self.wait_for_the_first_screen()

    def wait_for_the_first_screen(self) -> None:
        self.page.wait_for_selector("#splash", state="detached", timeout=START_MS)
        self.page.locator("flt-semantics-placeholder").dispatch_event("click")
        self.page.locator("flt-semantics").first.wait_for(state="attached", timeout=WITHIN_MS)

    def go(self, path: str) -> None:
        """Open a screen as the address bar would, without loading the page again."""
        self.page.evaluate(
            "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }",
            f"/app/{path}",
        )
        self.page.wait_for_timeout(SETTLES_MS)

    def tab(self, key: str) -> None:
        """Go to a section by its place in the navigation."""
        self.page.get_by_role("tab", name=self.words[key]).first.click(timeout=WITHIN_MS)

    def type(self, key: str, text: str) -> None:
        """Fill a field, and look whether the text stayed: while a screen is drawn anew its input is another one."""
        field = self.page.get_by_role("textbox", name=self.words[key], exact=True)

        def stayed() -> bool:
            field.fill(text, timeout=WITHIN_MS)
            self.page.wait_for_timeout(SETTLES_MS / 2)
            return field.input_value() == text

        wait_until(stayed, within_s=WITHIN_MS / 1000, what=f"{text} stays in the field {self.words[key]}")

    def tap(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click(timeout=WITHIN_MS)

    def choose(self, key: str, option: str) -> None:
        """Pick from a drop-down of the profile."""
        self.page.get_by_role("button", name=re.compile(re.escape(self.words[key]))).first.click(timeout=WITHIN_MS)
        self.page.get_by_role("menuitemcheckbox", name=option, exact=True).first.click(timeout=WITHIN_MS)

    def sees(self, text: str) -> None:
        """Return when a text is on the screen. Raises AssertionError with what is there instead."""
        try:
            self._shown(text).first.wait_for(state="attached", timeout=WITHIN_MS)
        except BrowserError as error:
            raise AssertionError(f"{text!r} is not on the screen, but: {self.text()[:800]}") from error

    def sees_no_more(self, text: str) -> None:
        self._shown(text).first.wait_for(state="detached", timeout=WITHIN_MS)

    def _shown(self, text: str) -> Locator:
        """What stands inside a card is the card's accessible name, not a text of its own."""
        return self.page.get_by_text(text).or_(self.page.get_by_label(text))

    def wait_until(self, expression: str) -> None:
        """Return when JavaScript's `expression` holds; the page's policy lets nothing in it evaluate texts."""

        def holds() -> bool:
            try:
                return bool(self.page.evaluate(expression))
            except BrowserError as error:  # while the page is loaded again there is nothing to ask
                if "context was destroyed" in str(error):
                    return False
                raise

        wait_until(holds, within_s=START_MS / 1000, what=expression)

    def button(self, name: str) -> None:
        """Return when there is a button of this name."""
        self.page.get_by_role("button", name=name).first.wait_for(state="attached", timeout=WITHIN_MS)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(SETTLES_MS / 2)

    def leave(self) -> None:
        """Close the app but stay in the tab, on a page of the same origin."""
        self.page.goto(f"{self.url}/robots.txt")

    def first_row(self) -> str:
        """Return what the first row of a list says; each begins with the grade."""
        return str(self.page.get_by_role("button", name=GRADE).first.inner_text())

    def text(self) -> str:
        """Return what is on the screen, names of groups included."""
        groups = self.page.locator("flt-semantics[role=group]").evaluate_all("all => all.map((one) => one.ariaLabel)")
        inside = self.page.locator("flt-semantics-host, flutter-view").first.inner_text()
        return "\n".join([inside, *filter(None, groups)])

    def wait_for_the_worker(self) -> None:
        """Return when the service worker holds the whole bundle."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "GL Driver" not in message.text:
            self.complaints.append(message.text[:300])

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)

    def _fetched(self, response: Response) -> None:
        if not response.from_service_worker:
            self.fetched.append(urlsplit(response.url).path)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url[:200]}")


def program() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def browser(*, language: str, size: ViewportSize | None = None, zone: str | None = None) -> Iterator[BrowserContext]:
    """A fresh profile in Debian's Chromium."""
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"  # else what the worker fetches is not seen
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program(), args=list(ARGUMENTS))
        try:
            yield running.new_context(viewport=size or PHONE, locale=language, timezone_id=zone)
        finally:
            running.close()
