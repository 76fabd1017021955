"""Two tabs of one browser: one writes, the other follows, and either may be closed."""

import pytest

from tests.app.browser import App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database


def rename(slug: str, name: str) -> str:
    """Return code for the server's shell that gives a technique another English name."""
    return (
        "from handbook.catalogue.models import Technique; from handbook.catalogue import services; "
        f"technique = Technique.objects.get(slug={slug!r}); "
        f"technique.translations.filter(lang='en').update(name={name!r}); services.record_change([technique])"
    )


def test_two_tabs_show_the_same_and_one_takes_over(own_server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        first = App(context.new_page(), own_server.url, "en")
        first.open("techniques/ap-chagi")
        second = App(context.new_page(), own_server.url, "en")
        second.open("techniques/ap-chagi")

        second.tap(second.words["action.favour"])
        for tab in (second, first):
            tab.button(tab.words["action.unfavour"])

        own_server.manage("shell", "--command", rename("ap-chagi", "straight kick"))
        second.go("profile")
        second.tap(second.words["action.refresh"])
        second.go("techniques/ap-chagi")
        for tab in (first, second):
            tab.sees("straight kick")

        first.page.close()
        own_server.manage("shell", "--command", rename("ap-chagi", "snap kick"))
        second.page.evaluate("window.dispatchEvent(new Event('online'))")
        second.sees("snap kick")
        second.button(second.words["action.unfavour"])
        assert second.complaints == []
