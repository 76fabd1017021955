"""Numbers, moments and fallbacks as each language has them."""

import pytest

from client.tests.make import (
    NOON,
)
from tkd_client.state.texts import Texts, in_language, plural_form


@pytest.mark.parametrize(
    ("language", "today", "earlier"),
    [
        ("pl", "12:00", "24.11.2026, 12:00"),
        ("en", "12:00", "24 November 2026, 12:00"),
        ("ko", "12:00", "2026. 11. 24. 12:00"),
    ],
)
def test_a_moment_has_its_date_when_it_is_not_today(language: str, today: str, earlier: str) -> None:
    assert Texts(language).moment(NOON, NOON.replace(hour=23)) == today
    assert Texts(language).moment(NOON, NOON.replace(day=25)) == earlier


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("pl", 1, "one"),
        ("pl", 2, "few"),
        ("pl", 12, "many"),
        ("pl", 22, "few"),
        ("pl", 5, "many"),
        ("en", 2, "many"),
        ("ko", 1, "many"),
    ],
)
def test_numbers_take_their_form(language: str, number: int, form: str) -> None:
    assert plural_form(language, number) == form


def test_a_text_falls_back_to_polish_then_english() -> None:
    assert in_language({"pl": "a", "en": "b"}, "ko") == "a"
    assert in_language({"en": "b"}, "pl") == "b"
    assert in_language({"ko": "c"}, "en") == "c"
    assert in_language({}, "en") == ""


@pytest.mark.parametrize(("language", "written"), [("pl", "2,5"), ("en", "2.5"), ("ko", "2.5")])
def test_a_decimal_is_written_as_the_language_does(language: str, written: str) -> None:
    assert Texts(language).decimal(2.46) == written


@pytest.mark.parametrize(("language", "written"), [("pl", "24.11"), ("en", "24 Nov"), ("ko", "11. 24.")])
def test_a_day_on_an_axis_is_short(language: str, written: str) -> None:
    assert Texts(language).day(NOON.date()) == written
