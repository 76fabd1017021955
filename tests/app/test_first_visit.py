"""The first visit over a slow line, and what a browser may do to the store."""

import pytest
from playwright.sync_api import Page, Route

from tests.app.browser import START_MS, App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

TWENTY_MBIT = {"offline": False, "latency": 40, "downloadThroughput": 20e6 / 8, "uploadThroughput": 5e6 / 8}
PAINTED_AND_ENGINE_ARRIVED = """() => [
  performance.getEntriesByName('first-contentful-paint')[0].startTime,
  performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('main.dart.js')).responseEnd,
]"""
DAMAGE = """async (names) => {
  const settled = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result); request.onerror = fail;
  });
  const database = await settled(indexedDB.open('/handbook'));
  const files = database.transaction('FILE_DATA', 'readwrite').objectStore('FILE_DATA');
  for (const name of names) {
    const file = await settled(files.get(`/handbook/${name}`));
    file.contents.fill(0x55);
    await settled(files.put(file, `/handbook/${name}`));
  }
  database.close();
}"""


def test_something_of_ours_is_there_long_before_the_engine(server: LiveServer) -> None:
    with browser(language="pl-PL") as context:
        app = App(context.new_page(), server.url, "pl")
        throttle(app.page)
        app.page.goto(f"{server.url}/app/", wait_until="commit")
        app.page.get_by_text("Wczytywanie podręcznika…").wait_for(timeout=START_MS)
        app.wait_until("document.getElementById('splash-progress').value > 20")
        app.wait_for_the_first_screen()
        painted_ms, engine_arrived_ms = app.page.evaluate(PAINTED_AND_ENGINE_ARRIVED)
        assert painted_ms < engine_arrived_ms / 2
        assert app.complaints == []


def throttle(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", TWENTY_MBIT)


def test_a_damaged_store_is_built_again_and_keeps_what_was_chosen(server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), server.url, "en")
        app.open("techniques/ap-chagi")
        app.tap(app.words["action.favour"])
        app.button(app.words["action.unfavour"])
        app.leave()
        app.page.evaluate(DAMAGE, ["catalogue.db"])

        app.open()
        app.sees(app.words["error.store_rebuilt"])
        app.tab("nav.lexicon")
        app.type("lexicon.search", "dolyo")
        app.sees("turning kick")
        app.go("techniques/ap-chagi")
        app.button(app.words["action.unfavour"])
        app.tap(app.words["action.close"])
        app.sees_no_more(app.words["error.store_rebuilt"])


def test_a_browser_that_keeps_nothing_says_so_and_works(server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), server.url, "en")
        app.page.route("**/python-worker.js", without_a_store)
        app.open()
        app.sees(app.words["error.not_kept"])
        app.tab("nav.tuls")
        app.sees("Chon-Ji")


def without_a_store(route: Route) -> None:
    """Answer with a worker in which opening a database is refused, as a private window may do."""
    refusing = "self.indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); };"
    answer = route.fetch()
    route.fulfill(response=answer, body=refusing + answer.text())


def test_a_full_disk_is_said_and_the_handbook_works_until_it_is_closed(server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), server.url, "en")
        session = context.new_cdp_session(app.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 200_000})
        app.open()
        app.sees(app.words["error.disk_full"])
        app.tab("nav.lexicon")
        app.type("lexicon.search", "dolyo")
        app.sees("turning kick")
