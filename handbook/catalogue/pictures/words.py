"""The words of a tul on a sheet, and those of a step under a film."""

from collections.abc import Sequence

from handbook.catalogue.documents import Document
from handbook.catalogue.models import TechniqueTranslation, TermTranslation
from tkd_rules.tul.describing import Language, Names, describe_tul
from tkd_rules.tul.notation import Tul

_TOWARD = {"pl": "zwrot {facing}", "en": "facing {facing}", "ko": "{facing} 쪽"}


def sheet_words(tul: Tul, langs: Sequence[Language]) -> list[tuple[str, ...]]:
    """Return the sentences of each step, one in each language. Two queries."""
    names = Names(techniques=_names(TechniqueTranslation, "technique"), terms=_names(TermTranslation, "term"))
    return list(zip(*(describe_tul(tul, lang, names) for lang in langs), strict=True))


def _names(model: type[TechniqueTranslation | TermTranslation], owner: str) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    rows = model._default_manager.filter(**{f"{owner}__revision__gt": 0}).exclude(name="")
    for slug, lang, name in rows.values_list(f"{owner}__slug", "lang", "name"):
        names.setdefault(slug, {})[lang] = name
    return names


def film_words(step: Document, lang: str) -> str:
    """Return a movement in one short line: what it is called in Korean, and where the body faces."""
    toward = _TOWARD[lang].format(facing=step["facing"])
    return f"{step['romanization']}, {toward}" if step["romanization"] else toward
