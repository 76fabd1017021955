"""The plan until a grading, made with no network: its day is the one that was picked, wherever one lives."""

import re

import pytest

from tests.app.browser import WITHIN_MS, App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

WEEKS, PICKED = 6, 15


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_grading_is_planned_and_moved_without_a_network(server: LiveServer, zone: str) -> None:
    with browser(language="pl-PL", zone=zone) as context:
        app = App(context.new_page(), server.url, "pl")
        app.open("learn")
        app.wait_for_the_worker()
        context.set_offline(True)
        app.tap(app.words["schedule.title"])
        app.tap(app.words["schedule.in_weeks.many"].format(number=WEEKS))
        app.sees(app.words["schedule.days_left.few"].format(number=WEEKS * 7))
        app.sees(app.words["schedule.fits"])
        app.tap(app.words["schedule.next_week"])

        month = re.search(r"\d+\.(\d\d\.\d{4})", app.text())
        assert month
        app.tap(app.words["schedule.change_day"])
        app.page.get_by_role("button", name=re.compile(f"^{PICKED}, ")).first.click(timeout=WITHIN_MS)
        app.page.get_by_role("button", name="OK", exact=True).click()
        app.sees(app.words["schedule.grading"].format(on=f"{PICKED}.{month[1]}"))

        app.tap(app.words["schedule.remove"])
        app.sees(app.words["schedule.no_grading"])
