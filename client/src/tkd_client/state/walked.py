"""A tul of the catalogue, walked over the floor and set in motion."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tkd_client.offline.catalogue import Catalogue
from tkd_rules.tul.animation import Animation, animated
from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_document
from tkd_rules.tul.stances import Geometry, geometry_of
from tkd_rules.tul.viewing import GroundLine, ground_lines
from tkd_rules.tul.walking import walk


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedTul:
    animation: Animation
    lines: tuple[GroundLine, ...]


def walked(catalogue: Catalogue, document: dict[str, Any]) -> WalkedTul | None:
    """Return the tul of a document in motion.

    None where its movements are not written, or a stance has no measures: a catalogue from before there were any.
    """
    if not document["steps"]:
        return None
    tul = tul_of_document(document)
    stances: dict[str, Geometry] = {}
    for slug in set(_stances(tul)):
        geometry = (catalogue.document("technique", slug) or {}).get("geometry")
        if geometry is None:
            return None
        stances[slug] = geometry_of(slug, geometry)
    way = walk(tul, stances)
    return WalkedTul(animation=animated(tul, way, _classes(catalogue, tul)), lines=ground_lines(tul, way))


def _stances(tul: Tul) -> Iterator[str]:
    yield from (tul.ready_stance, tul.closing.ready_stance)
    for step in tul.steps:
        if step.stance:
            yield step.stance.slug
        if step.after:
            yield step.after.ready_stance


def _classes(catalogue: Catalogue, tul: Tul) -> dict[str, str]:
    slugs = {technique.slug for step in tul.steps for technique in step.techniques}
    found = (catalogue.summary("technique", slug) for slug in slugs)
    return {summary.slug: summary.category for summary in found if summary}
