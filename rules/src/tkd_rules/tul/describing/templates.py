"""The sentences of a language as its data file has them: pl.json, en.json, ko.json.

A template names what stands in it, and may ask for a form: `{foot:instrumental}`. What is in square brackets is left
out when something in it is empty. A clause of a language whose verbs end otherwise before another clause has two
templates, `joined` and `final`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tkd_rules.tul.describing.names import Language
from tkd_rules.tul.describing.words import English, Inflected, Korean, Word

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_NAMED = re.compile(r"\{([a-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    lang: Language
    by_key: Mapping[str, Any]

    def has(self, key: str) -> bool:
        return key in self.by_key

    def say(self, key: str, *, ending: str = "final", **values: Word) -> str:
        """Return a template filled. Raises KeyError for a key, a name or a form that is not there."""
        template = self.by_key[key]
        return self.text(fill(template if isinstance(template, str) else template[ending], values))

    def say_if_any(self, key: str, value: str | None) -> str:
        return self.say(f"{key}.{value}") if value else ""

    def word(self, key: str) -> Word:
        """Return a word of the file: with its cases, or a plain one."""
        forms = self.by_key[key]
        return self.text(forms) if isinstance(forms, str) else Inflected(forms)

    def agreeing(self, key: str, gender: str) -> Word:
        """Return an adjective in the gender of its noun, where the language has genders."""
        forms = self.by_key[f"adjective.{key}"]
        return self.text(forms) if isinstance(forms, str) else Inflected(forms[gender])

    def text(self, text: str) -> str:
        if self.lang == "ko":
            return Korean(text)
        return English(text) if self.lang == "en" else text


def fill(template: str, values: Mapping[str, Word]) -> str:
    """Return a template with its values; what is in brackets only when all of it has a value."""
    return "".join(part for part, needed in _parts(template) if all(values[name] for name in needed)).format(**values)


@cache
def templates_of(lang: Language) -> Templates:
    return Templates(lang=lang, by_key=read_data(f"{lang}.json"))


def read_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("tkd_rules.tul.describing").joinpath(name).read_text("utf-8"))
    return data


@cache
def _parts(template: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the parts of a template, each with the names that it can't be said without."""
    return tuple(
        (part, tuple(_NAMED.findall(part)) if index % 2 else ()) for index, part in enumerate(_OPTIONAL.split(template))
    )
