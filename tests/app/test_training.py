"""A training is put together and run with no network, and goes on at the right second after the app was killed."""

import re

import pytest

from tests.app.browser import App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

SOUNDS = """
  globalThis.sounds = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { globalThis.sounds += 1; return start.apply(this, when); };
"""


def test_a_training_is_made_run_and_taken_up_again_without_a_network(server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        context.add_init_script(SOUNDS)
        app = App(context.new_page(), server.url, "en")
        app.open("training")
        app.wait_for_the_worker()
        context.set_offline(True)
        app.tap(app.words["training.new"])
        app.sees(app.words["training.empty"])
        app.choose("category.tul", "Chon-Ji")
        app.sees("Chon-Ji")
        app.tap(app.words["action.back"])
        app.page.get_by_role("button", name=app.words["training.start"]).last.click()
        app.sees(app.words["training.phase.work"])
        app.page.wait_for_function("globalThis.sounds > 0")

        app.press("Space")
        app.sees(app.words["training.paused"])
        held = app.page.get_by_text(re.compile(r"^[01]:\d\d$")).first.inner_text()
        app.page.close()
        app = App(context.new_page(), server.url, "en")
        app.open("training/run")
        app.sees(app.words["training.paused"])
        app.sees(held)

        app.tap(app.words["training.resume"])
        for _ in range(5):
            app.tap(app.words["training.skip"])
        app.sees(app.words["training.well_done"])
        app.tap(app.words["training.finish"])
        app.button(app.words["training.new"])
