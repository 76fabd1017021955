"""The catalogue as a quiz reads it, prepared once for any number of questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tkd_rules.quiz.items import Item, ItemKind, Performed, Step, item_of
from tkd_rules.quiz.names import NameBook, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Items by kind and slug, slugs in order, and all of their names.

    Theory questions have no names. Preparing takes longer than a quiz: keep it while the catalogue stays the same.
    """

    items: Mapping[ItemKind, Mapping[str, Item]]
    names: NameBook
    variants: Mapping[tuple[str, str], Sequence[Item]]  # of a general technique, with a tool

    def all(self, kind: ItemKind) -> Sequence[Item]:
        return tuple(self.items[kind].values())

    def item(self, kind: ItemKind, slug: str) -> Item:
        """Return an item. Raises LookupError when the catalogue does not hold it, or no longer does."""
        found = self.items[kind].get(slug)
        if found is None:
            raise LookupError(f"The catalogue holds no {kind} {slug!r}.")
        return found

    def has(self, kind: ItemKind, slug: str) -> bool:
        return slug in self.items[kind]

    def called(self, text: str) -> Iterator[Item]:
        return self._found(self.names.called(text))

    def sounding(self, text: str) -> Iterator[Item]:
        return self._found(self.names.sounding(text))

    def technique_of(self, performed: Performed) -> str:
        """Return the slug of the variant that a step performs, of the general technique when it has no variant."""
        variants = self.variants.get((performed.slug, performed.tool), ())
        return next((item.slug for item in variants if item.level in {"", performed.level}), performed.slug)

    def _found(self, references: Iterable[Reference]) -> Iterator[Item]:
        return (self.items[kind][slug] for kind, slug in references)


def material_of(
    techniques: Iterable[Mapping[str, Any]],
    tuls: Iterable[Mapping[str, Any]],
    terms: Iterable[Mapping[str, Any]],
    theory: Iterable[Mapping[str, Any]] = (),
) -> Material:
    """Return the material of catalogue documents, whole as the delta brings them, in any order.

    Raises KeyError or ValueError when one of them is no catalogue document.
    """
    documents: Mapping[ItemKind, Iterable[Mapping[str, Any]]] = {
        "technique": techniques,
        "tul": tuls,
        "term": terms,
        "theory": theory,
    }
    items = {kind: _by_slug(item_of(kind, document) for document in found) for kind, found in documents.items()}
    named = [item for kind in items if kind != "theory" for item in items[kind].values()]
    return Material(items=items, names=NameBook(named), variants=_variants(items["technique"].values()))


def step_of(tul: Item, number: int) -> Step:
    """Return a step by its number. Raises LookupError when the tul does not have it."""
    for step in tul.steps:
        if step.number == number:
            return step
    raise LookupError(f"{tul.slug} has no step {number}.")


def _by_slug(items: Iterable[Item]) -> dict[str, Item]:
    return {item.slug: item for item in sorted(items, key=lambda item: item.slug)}


def _variants(techniques: Iterable[Item]) -> Mapping[tuple[str, str], Sequence[Item]]:
    found: dict[tuple[str, str], list[Item]] = {}
    for technique in techniques:
        if technique.base:
            found.setdefault((technique.base, technique.tool), []).append(technique)
    return found
