"""A new version: fetched in the background, offered, and only what changed is transferred."""

import re
from pathlib import Path

import pytest

from client.bundle import parts
from client.bundle.build import build
from tests.app.browser import App, browser
from tests.live import live_server

pytestmark = pytest.mark.one_database

LOOK_FOR_AN_UPDATE = "navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => true)"


def with_another_name(content: parts.Files) -> parts.Files:
    """Return the next version of the app, whose first screen bears another title."""
    path = "tkd_client/messages/en.json"
    return content | {path: content[path].replace(b'"ITF Taekwon-Do"', b'"ITF Taekwon-Do 2"')}


def parts_of(paths: list[str]) -> set[str]:
    """Return the parts of the bundle that paths belong to: the page is the empty text."""
    inside = [path.removeprefix("/app/") for path in paths if path.startswith("/app/")]
    return {re.sub(r"(-[0-9a-f]{12})?/.*", "", path) for path in inside}


def test_a_new_version_is_offered_and_costs_what_changed(tmp_path: Path) -> None:
    bundle = tmp_path / "app"
    content = parts.package_content()
    build(bundle, content)
    with (
        live_server(tmp_path, APP_BUNDLE_DIR=str(bundle)) as server,
        browser(language="en-GB") as context,
    ):
        app = App(context.new_page(), server.url, "en")
        app.open()
        app.wait_for_the_worker()
        app.fetched.clear()
        app.page.reload()
        app.wait_for_the_first_screen()
        assert parts_of(app.fetched) <= {"service-worker.js"}

        server.stop()
        build(bundle, with_another_name(content))
        server.start()
        app.fetched.clear()
        app.page.evaluate(LOOK_FOR_AN_UPDATE)
        app.sees(app.words["update.ready"])
        assert parts_of(app.fetched) == {"", "service-worker.js", "package", "icons", "manifest.webmanifest"}

        app.tap(app.words["action.reload"])
        app.wait_until("document.title === 'ITF Taekwon-Do 2'")
        app.wait_for_the_first_screen()
        assert app.complaints == []
