"""The app by keys alone, by its addresses, and back again."""

import pytest

from tests.app.browser import WIDE, App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database


def test_the_keys_walk_search_and_lead_back(server: LiveServer) -> None:
    with browser(language="en-GB", size=WIDE) as context:
        app = App(context.new_page(), server.url, "en")
        app.open("tuls/chon-ji")
        app.sees(step(1, 19))
        app.press("ArrowRight", "ArrowRight", "ArrowLeft")
        app.sees(step(2, 19))
        app.press("/")
        app.sees(app.words["lexicon.search"])
        app.page.keyboard.type("yop chagi/", delay=80)
        app.sees("side kick")
        assert app.page.url.endswith("/app/techniques")
        app.press("Escape")
        app.sees("inner forearm side block")
        app.page.go_back()
        app.sees(step(1, 19))
        app.press("Escape")
        app.sees("Dan-Gun")
        assert app.complaints == []


def step(number: int, total: int) -> str:
    return f"Movement {number} of {total}"


def test_every_card_has_an_address_that_opens_it(server: LiveServer) -> None:
    with browser(language="pl-PL") as context:
        app = App(context.new_page(), server.url, "pl")
        for address, text in (
            ("techniques/ap-chagi", "kopnięcie do przodu"),
            ("tuls/dan-gun", "단군"),
            ("glossary/sogi", "서기"),
        ):
            app.open(address)
            app.sees(text)
        assert app.complaints == []
