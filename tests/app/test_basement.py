"""The app in a real browser against a real server: the first visit, the basement, and the way back."""

from urllib.parse import urlsplit

import pytest

from tests.app.browser import App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

RENAME = (
    "from handbook.catalogue.models import Technique; "
    "from handbook.catalogue import services; "
    "technique = Technique.objects.get(slug='ap-chagi'); "
    "technique.translations.filter(lang='ko').update(name='새앞차기'); "
    "services.record_change([technique])"
)


def test_a_student_goes_into_the_basement_and_comes_back(own_server: LiveServer) -> None:
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open()
        app.tab("nav.lexicon")
        app.type("lexicon.search", "dolyo")
        app.sees("turning kick")
        assert "turning kick" in app.first_row()
        app.tap("turning kick")
        app.sees(app.words["card.key_points"])
        assert app.page.url.endswith("/app/techniques/dollyo-chagi")

        app.tab("nav.profile")
        app.choose("profile.interface_language", "한국어")
        app.speak("ko")
        app.choose("profile.content_language", "한국어")
        app.tab("nav.tuls")
        app.tap("천지")
        app.sees("하늘과 땅이라는 뜻이다")
        app.wait_for_the_worker()
        assert {urlsplit(url).netloc for url in app.asked} <= {f"127.0.0.1:{own_server.port}", ""}
        assert app.complaints == []

        own_server.stop()
        app.page.reload()
        app.wait_for_the_first_screen()
        app.sees("하늘과 땅이라는 뜻이다")
        app.tab("nav.lexicon")
        app.type("lexicon.search", "ㅇㅊㄱ")
        app.sees("앞차기")
        app.tap("앞차기")
        app.sees(app.words["card.key_points"])
        app.tab("nav.tuls")
        app.tap("단군")
        app.sees("21동작")

        app.tab("nav.lexicon")
        own_server.manage("shell", "--command", RENAME)
        own_server.start()
        app.page.evaluate("window.dispatchEvent(new Event('online'))")
        app.type("lexicon.search", "새앞차기")
        app.sees("새앞차기")
