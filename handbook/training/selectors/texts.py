"""Names and what else there is to say, per language, and the order of names."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery

from handbook.catalogue.models import Language
from handbook.training.models import EVERY_LANGUAGE, Text


def by_language(texts: Iterable[Text], field: str) -> dict[str, str]:
    """Return the texts in the order of languages; one that is for every language stands in each."""
    held = {text.lang: getattr(text, field) for text in texts}
    if EVERY_LANGUAGE in held:
        return dict.fromkeys(Language.values, held[EVERY_LANGUAGE])
    return {lang: held[lang] for lang in Language.values if lang in held}


def ordered(
    rows: QuerySet[Any], texts: type[Model], owner: str, ordering: Sequence[str], *, lang: str | None
) -> QuerySet[Any]:
    """Order rows by columns, of which `name` is that in a language, pl unless one is given."""
    if any(key.lstrip("-") == "name" for key in ordering):
        in_language = Q(lang=lang or Language.PL) | Q(lang=EVERY_LANGUAGE)
        named = texts._default_manager.filter(in_language, **{owner: OuterRef("pk")})
        rows = rows.annotate(name_key=Subquery(named.values("sort_key")[:1]))
    return rows.order_by(*[_column(key) for key in ordering])


def _column(key: str) -> Any:
    """What has no grade, or no name in this language, comes last whichever way the others go."""
    column = F({"name": "name_key"}.get(key.lstrip("-"), key.lstrip("-")))
    return column.desc(nulls_last=True) if key.startswith("-") else column.asc(nulls_last=True)
