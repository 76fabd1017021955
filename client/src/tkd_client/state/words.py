"""The movements of a tul as sentences, made from its structure with no network."""

from typing import Any, cast

from tkd_client.offline.catalogue import Catalogue
from tkd_rules.tul.describing import Language, Names, describe_tul
from tkd_rules.tul.parsing import NotationError, tul_of_document


def sentences(document: dict[str, Any], catalogue: Catalogue, language: str) -> tuple[str, ...]:
    """Return what each movement of a tul is in words; nothing where its steps can't be read."""
    try:
        tul = tul_of_document(document)
    except NotationError:
        return ()
    return describe_tul(tul, cast("Language", language), _names(document, catalogue))


def _names(document: dict[str, Any], catalogue: Catalogue) -> Names:
    techniques = {document["ready_stance"]}
    tools = set()
    for step in document["steps"]:
        techniques |= {used["slug"] for used in [*step["techniques"], *filter(None, [step["stance"]])]}
        techniques |= {step["after"]["ready_stance"]} if step["after"] else set()
        tools |= {used["tool"] for used in step["techniques"]}
    return Names(techniques=_named("technique", techniques, catalogue), terms=_named("term", tools, catalogue))


def _named(kind: str, slugs: set[str | None], catalogue: Catalogue) -> dict[str, dict[str, str]]:
    found = (catalogue.summary(kind, slug) for slug in slugs if slug)
    return {item.slug: item.name for item in found if item}
