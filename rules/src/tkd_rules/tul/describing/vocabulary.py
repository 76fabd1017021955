"""The words for stances, techniques and tools in one language.

Polish declines them, and the catalogue holds only nominatives; so pl.forms.json has the forms, by slug. One that it
does not have, because somebody added it to the catalogue since, is said so that its name stays as it is: "technikę o
nazwie blok niski". English and Korean take the name from the catalogue, or a noun of their own where that is none.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from tkd_rules.tul.describing.names import Language, Names
from tkd_rules.tul.describing.templates import Templates, read_data, templates_of
from tkd_rules.tul.describing.words import Inflected, Word

Kind = Literal["stance", "technique", "tool"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A word, and the gender that its adjectives follow: m, f, n, or p when it is a plural; empty without genders."""

    word: Word
    gender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    lang: Language
    names: Names
    templates: Templates = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "templates", templates_of(self.lang))

    def stance(self, slug: str) -> Noun:
        return self._noun("stance", slug, self.names.technique(slug, self.lang))

    def technique(self, slug: str) -> Noun:
        return self._noun("technique", slug, self.names.technique(slug, self.lang))

    def tool(self, slug: str) -> Noun:
        return self._noun("tool", slug, self.names.tool(slug, self.lang))

    def _noun(self, kind: Kind, slug: str, name: str) -> Noun:
        if self.lang == "pl":
            forms = polish_forms()[f"{kind}s"].get(slug)
            return declined(forms) if forms else self._undeclined(kind, name)
        own = f"noun.{slug}"
        return Noun(self.templates.word(own) if self.templates.has(own) else self.templates.text(name))

    def _undeclined(self, kind: Kind, name: str) -> Noun:
        around = self.templates.by_key[f"unknown.{kind}"]
        return declined({case: form.replace("{name}", name) for case, form in around.items()})


def declined(forms: dict[str, str]) -> Noun:
    return Noun(Inflected(forms), forms["gender"])


@cache
def polish_forms() -> dict[str, dict[str, Any]]:
    return read_data("pl.forms.json")
