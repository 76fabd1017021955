"""Pages for people in a real browser: they work under the Content-Security-Policy, with nothing from elsewhere."""

import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.live import LiveServer

WITHIN_S = 30
EDITOR = ("pages-editor@example.org", "a password for the pages")
CREATE_EDITOR = (
    "from handbook.accounts.models import User, Role; "
    f"User.objects.filter(email={EDITOR[0]!r}).exists() or "
    f"User.objects.create_user({EDITOR[0]!r}, {EDITOR[1]!r}, role=Role.EDITOR)"
)


class Browser:
    """Chromium, with what it asked for and what its console said."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        self.driver.get(url)

    def find(self, selector: str) -> WebElement:
        """Return the first element that matches, waiting for it."""
        found: list[WebElement] = self._until(lambda: self.all(selector))
        return found[0]

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait_for(self, holds: Callable[[], Any]) -> None:
        self._until(holds)

    def _until(self, holds: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, WITHIN_S).until(lambda _driver: holds())

    def complaints(self) -> list[str]:
        """Return what the console said since the last time: refused by the policy, missing, broken."""
        return [entry["message"] for entry in self._log("browser") if entry["level"] in {"SEVERE", "WARNING"}]

    def origins_asked(self) -> set[str]:
        """Return every host and port that a request went to."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
        urls = [parameters["request"]["url"] for parameters in sent]
        return {urlsplit(url).netloc for url in urls if url.startswith("http")}

    def _log(self, name: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(name)  # type: ignore[no-untyped-call]
        return entries


def program(*names: str) -> str:
    return next(found for name in names if (found := shutil.which(name)))


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "google-chrome")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Browser:
    chromium.delete_all_cookies()
    fresh = Browser(chromium)
    fresh.complaints()
    fresh.origins_asked()
    return fresh


@pytest.fixture
def desk(browser: Browser, server: LiveServer) -> Browser:
    """The browser of an editor who has signed in."""
    server.manage("shell", "--no-imports", "-c", CREATE_EDITOR)
    browser.open(f"{server.url}/admin/login/?next=/admin/")
    browser.find("input[name=username]").send_keys(EDITOR[0])
    browser.find("input[name=password]").send_keys(EDITOR[1])
    browser.find("button[type=submit]").click()
    browser.find("#nav-sidebar, #nav-sidebar-apps")
    return browser


def test_the_documentation_shows_every_path_and_can_be_tried(browser: Browser, server: LiveServer) -> None:
    browser.open(f"{server.url}/api/docs")
    browser.wait_for(lambda: len(browser.all(".opblock")) >= 15)
    browser.find("#operations-search-search .opblock-summary-control").click()
    browser.find("#operations-search-search .try-out__btn").click()
    browser.find("#operations-search-search tr[data-param-name=q] input").send_keys("dolyo chaggi")
    browser.find("#operations-search-search .execute").click()
    browser.wait_for(lambda: "dollyo-chagi" in browser.find("#operations-search-search .live-responses-table").text)
    assert browser.complaints() == []
    assert browser.origins_asked() == {urlsplit(server.url).netloc}


def test_an_editor_adds_a_key_point_as_a_row(desk: Browser, server: LiveServer) -> None:
    desk.open(f"{server.url}/admin/catalogue/technique/?q=twimyo-nopi")
    desk.find("#result_list a[href*='/change/']").click()
    desk.find("a[href='#key_points']").click()
    rows = "[name^='key_points-'][name$='-text']"
    before = len(desk.all(rows))
    assert before > 6
    more = desk.find("#key_points-group a.add-row")
    desk.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", more)  # out from under the buttons
    more.click()
    desk.wait_for(lambda: len(desk.all(rows)) == before + 1)
    assert desk.complaints() == []
    assert desk.origins_asked() == {urlsplit(server.url).netloc}


def test_lists_filters_and_actions_of_the_desk_open(desk: Browser, server: LiveServer) -> None:
    for kind in ("technique", "tul", "term", "theoryquestion", "tulstep", "tag", "tombstone"):
        desk.open(f"{server.url}/admin/catalogue/{kind}/")
        desk.find("#changelist")
    desk.open(f"{server.url}/admin/catalogue/technique/?missing=ko")
    desk.find("#changelist")
    assert desk.all("#result_list tbody tr") == []
    desk.open(f"{server.url}/admin/catalogue/technique/?min_belt__exact=1&category__exact=stance")
    desk.find("#result_list tbody tr")
    offered = {option.get_attribute("value") for option in desk.all("select[name=action] option")}
    assert {"publish_items", "unpublish_items"} <= offered
    assert desk.complaints() == []
