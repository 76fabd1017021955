"""The words of the interface, in the language that the person chose."""

import json
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES = ("pl", "en", "ko")
DATES = {
    "pl": "{at.day}.{at.month:02}.{at.year}, {at:%H:%M}",
    "en": "{at.day} {at:%B} {at.year}, {at:%H:%M}",
    "ko": "{at.year}. {at.month}. {at.day}. {at:%H:%M}",
}
DAYS_IN_WORDS, DAYS_A_YEAR, ROUND_FROM = 31, 365, 10
LONG_DATES = {
    "pl": "{on.day}.{on.month:02}.{on.year}",
    "en": "{on.day} {on:%B} {on.year}",
    "ko": "{on.year}. {on.month}. {on.day}.",
}
SHORT_DATES = {"pl": "{on.day}.{on.month:02}", "en": "{on.day} {on:%b}", "ko": "{on.month}. {on.day}."}
OWN_NAMES = {"pl": "Polski", "en": "English", "ko": "한국어"}


class Texts:
    """`texts("lexicon.search")` gives the sentence; `texts.count("count.steps", 3)` its form for a number."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = messages(language)

    def __call__(self, key: str, **values: Any) -> str:
        """Raises KeyError for a key that no message file has."""
        return self._messages[key].format(**values) if values else self._messages[key]

    def count(self, key: str, number: int) -> str:
        return self(f"{key}.{plural_form(self.language, number)}", number=number)

    def decimal(self, number: float) -> str:
        """Return the number with one decimal, as the language writes it."""
        written = f"{number:.1f}"
        return written.replace(".", ",") if self.language == "pl" else written

    def span(self, days: int) -> str:
        """Return how long days are, in the unit in which one thinks of them."""
        if days < DAYS_IN_WORDS:
            return self.count("span.days", days)
        unit, length = ("months", days / 30.44) if days < DAYS_A_YEAR else ("years", days / DAYS_A_YEAR)
        return self(f"span.{unit}", number=self.decimal(length) if length < ROUND_FROM else round(length))

    def moment(self, at: datetime, now: datetime) -> str:
        """Return the time of a moment, with its date when that is not today; both local, as the language has them."""
        return f"{at:%H:%M}" if at.date() == now.date() else DATES[self.language].format(at=at)

    def whole_day(self, on: date) -> str:
        """Return a day with its year."""
        return LONG_DATES[self.language].format(on=on)

    def day(self, on: date) -> str:
        """Return a day without its year, short enough for the axis of a chart."""
        return SHORT_DATES[self.language].format(on=on)

    def known(self, key: str, otherwise: str) -> str:
        """Return the message of a word that comes from the content, or the word itself."""
        return self._messages.get(key, otherwise)


@lru_cache(maxsize=len(LANGUAGES))
def messages(language: str) -> dict[str, str]:
    text = resources.files("tkd_client.messages").joinpath(f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def plural_form(language: str, number: int) -> str:
    """Return `one`, `few` or `many` as CLDR has it for whole numbers; Korean knows only `many`."""
    if language == "ko":
        return "many"
    if number == 1:
        return "one"
    if language == "pl" and number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
        return "few"
    return "many"


def in_language(texts: dict[str, Any], language: str) -> Any:
    """Return one language of a text of the catalogue, with the fallback pl → en → any; an empty string for none."""
    for candidate in (language, "pl", "en"):
        if texts.get(candidate):
            return texts[candidate]
    return next(iter(texts.values()), "")
