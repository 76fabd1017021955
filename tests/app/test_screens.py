"""A picture of every screen in every language, size and theme, under var/screens/ for people to look at."""

import pytest

from tests.app.browser import PHONE, WIDE, App, browser
from tests.live import ROOT, LiveServer
from tkd_client.state.preferences import TEXT_SCALES

pytestmark = pytest.mark.one_database

PICTURES = ROOT / "var" / "screens"
SIZES = {"phone": PHONE, "wide": WIDE}
LANGUAGES = ("en", "pl", "ko")
THEMES = ("light", "dark")
SCREENS = {
    "start": "",
    "lexicon": "techniques",
    "technique": "techniques/dollyo-chagi",
    "tuls": "tuls",
    "tul": "tuls/chon-ji",
    "tul-player": "tuls/dan-gun/play",
    "glossary": "glossary",
    "term": "glossary/sogi",
    "statistics": "learn/statistics",
    "learning-settings": "learn/settings",
    "learn": "learn",
    "review": "learn/review",
    "quiz": "learn/quiz",
    "profile": "profile",
    "verify-email": "verify-email?key=abc",
    "password-reset": "password-reset",
    "new-password": "password-reset/confirm?key=abc",
    "missing-card": "techniques/no-such-kick",
    "not-found": "no-such-page",
}
NAMELESS_BUTTONS = """
  [...document.querySelectorAll('flt-semantics[role=button]')]
    .filter((button) => !button.ariaLabel && !button.innerText.trim()).map((button) => button.outerHTML)
"""
NAME_OF_LANGUAGE = {"en": "English", "pl": "Polski", "ko": "한국어"}


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_is_drawn_without_a_complaint(server: LiveServer, size: str) -> None:
    with browser(language="en-GB", size=SIZES[size]) as context:
        app = App(context.new_page(), server.url, "en")
        app.open("profile")
        for language in LANGUAGES:
            app.choose("profile.interface_language", NAME_OF_LANGUAGE[language])
            app.speak(language)
            app.choose("profile.content_language", NAME_OF_LANGUAGE[language])
            for theme in THEMES:
                app.choose("profile.theme", app.words[f"theme.{theme}"])
                _picture_every_screen(app, f"{language}-{size}-{theme}")
                app.go("profile")
        assert app.complaints == []


def test_the_longest_words_in_the_largest_letters_and_the_strongest_contrast(server: LiveServer) -> None:
    with browser(language="pl-PL", size=PHONE) as context:
        app = App(context.new_page(), server.url, "pl")
        app.open("profile")
        app.choose("profile.theme", app.words["theme.contrast"])
        app.choose("profile.text_size", app.words[f"size.{max(TEXT_SCALES)}"])
        _picture_every_screen(app, "pl-phone-contrast")
        assert app.complaints == []


def _picture_every_screen(app: App, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for screen, path in SCREENS.items():
        app.go(path)
        app.page.screenshot(path=PICTURES / f"{screen}-{name}.png")
        assert app.page.evaluate(NAMELESS_BUTTONS) == [], screen
