"""A tul is played in the app: without a server, by keys and by names, with a drill of what comes next."""

import pytest
from playwright.sync_api import expect

from tests.app.browser import COUNT_UPDATES, WIDE, WITHIN_MS, App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

FIRST, SECOND = "1 / 21 · 하나 Hana. Niunja So Sonkal Kaunde Daebi Makgi", "2 / 21 · 둘 Dool. Gunnun So Nopunde Jirugi"
THIRD = "3 / 21"
KNEW = (True, False, True, True, False)
LONGEST_MOVEMENT_MS = 4_000
UPDATES_OF_A_MOVEMENT = 8  # its figure and its words; one in motion is drawn dozens of times


def test_dan_gun_is_played_at_double_tempo_and_drilled_without_a_server(own_server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open("tuls/dan-gun")
        app.wait_for_the_worker()
        own_server.stop()
        app.tap(app.words["player.open"])
        app.sees(app.words["player.ready"])
        for _step in range(4):
            app.tap(app.words["player.faster"])
        app.sees(tempo(app, 2))
        app.tap(app.words["player.mirror"])
        app.button(app.words["player.unmirror"])

        app.tap(app.words["player.play"])
        for text in (FIRST, SECOND, app.words["player.closing"]):
            app.sees(text)
        app.button(app.words["player.play"])

        app.tap(app.words["player.drill"])
        for number, knew in enumerate(KNEW, start=1):
            app.sees(f"{number} / 21. {app.words['player.drill']}")
            app.tap(app.words["player.reveal"])
            app.tap(app.words["player.knew" if knew else "player.again"])
        app.sees(app.words["player.score"].format(right=sum(KNEW), again=len(KNEW) - sum(KNEW)))
        app.tap(app.words["player.drill_stop"])
        app.button(app.words["player.play"])
        assert [said for said in app.complaints if "ERR_" not in said] == []


def test_keys_play_pause_step_and_turn(server: LiveServer) -> None:
    with browser(language="en-GB", size=WIDE) as context:
        app = App(context.new_page(), server.url, "en")
        app.open("tuls/dan-gun/play")
        app.sees(app.words["player.ready"])
        app.press("ArrowRight")
        app.sees(FIRST)
        app.page.wait_for_timeout(LONGEST_MOVEMENT_MS)
        app.press("ArrowRight")
        app.sees(SECOND)
        app.press("ArrowLeft")
        app.sees(FIRST)
        app.press("+", "+", "-")
        app.sees(tempo(app, 1.25))
        app.press("m", "r", "l")
        app.button(app.words["player.unmirror"])
        app.button(app.words["player.unloop"])
        app.press("Space")
        app.button(app.words["player.pause"])
        app.press("Space")
        app.button(app.words["player.play"])
        assert app.complaints == []


def test_a_screen_reader_moves_along_the_movements_and_who_wants_no_motion_sees_them_formed(server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        context.add_init_script(COUNT_UPDATES)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        app = App(page, server.url, "en")
        app.open("tuls/dan-gun/play")
        place = page.get_by_label(app.words["player.place"]).locator("input")
        expect(place).to_have_attribute("aria-valuetext", app.words["player.ready"], timeout=WITHIN_MS)
        place.focus()
        app.press("ArrowUp")
        app.sees(FIRST)
        expect(place).to_have_attribute("aria-valuetext", "1 / 21", timeout=WITHIN_MS)

        app.tap(app.words["player.play"])
        app.sees(SECOND)
        updates = page.evaluate("globalThis.updates")
        app.sees(THIRD)
        assert page.evaluate("globalThis.updates") - updates <= UPDATES_OF_A_MOVEMENT


def tempo(app: App, times: float) -> str:
    return app.words["player.tempo"].format(tempo=f"{times:g}")
