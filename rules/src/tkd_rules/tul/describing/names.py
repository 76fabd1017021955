"""What the catalogue calls techniques and tools."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["pl", "en", "ko"]
InLanguages = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by slug and language. Stances are techniques, tools are terms; a slug may be both."""

    techniques: Mapping[str, InLanguages]
    terms: Mapping[str, InLanguages]

    def technique(self, slug: str, lang: Language) -> str:
        return _named(self.techniques, slug, lang)

    def tool(self, slug: str, lang: Language) -> str:
        return _named(self.terms, slug, lang)


def names_of_documents(techniques: Iterable[Mapping[str, Any]], terms: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names that catalogue documents hold, as the API and a device have them, or files of content/."""
    return Names(
        techniques={document["slug"]: document["name"] for document in techniques},
        terms={document["slug"]: document["name"] for document in terms},
    )


def _named(names: Mapping[str, InLanguages], slug: str, lang: Language) -> str:
    """Return a name; of what the catalogue does not know, the romanized one that its slug is made of."""
    return names.get(slug, {}).get(lang) or slug.replace("-", " ")
