"""Whether the tuls of the content can be walked, and how well they close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.catalogue.content.files import ContentFile, KeyPath, Mistake
from tkd_rules.tul.checking import UNIT, closing_shoulder_widths, mistakes_of
from tkd_rules.tul.parsing import NotationError, tul_of_content
from tkd_rules.tul.stances import Geometry, Stances, geometry_of
from tkd_rules.tul.walking import walk


@dataclass(frozen=True, slots=True, kw_only=True)
class TulReport:
    """What is known of a tul: how far its steps are written, where they lead, and on whose word."""

    slug: str
    movements: int
    steps: int
    ends_off_shoulder_widths: float | None
    known_to_end_off: bool
    variants: int
    alternative_to: str
    sources: str
    confidence: str


def measures(shelf: Mapping[str, Any]) -> dict[str, Geometry]:
    """Return the measures of stances from stances.yaml by slug."""
    return {slug: geometry_of(slug, stance) for slug, stance in shelf.items()}


def walk_mistakes(file: ContentFile, stances: Stances, kicks: set[str]) -> Iterator[Mistake]:
    """Yield what is wrong with the steps of a tul's file, by place. A tul without steps has none."""
    if not file.data["steps"]:
        return
    try:
        tul = tul_of_content(file.data, file.name)
    except NotationError as error:
        yield file.mistake(_path(error.step, error.field), f"{error.field}: {error.reason}")
        return
    for mistake in mistakes_of(tul, stances, kicks):
        yield file.mistake(_path(mistake.step or None, mistake.field), f"{mistake.field}: {mistake.reason}")


def _path(step: int | None, field: str) -> KeyPath:
    keys: KeyPath = [int(key) if key.isdigit() else key for key in field.split(".")]
    return keys if step is None else ["steps", step - 1, *keys]


def tul_reports(files: list[ContentFile], stances: Stances) -> list[TulReport]:
    """Return a report of each tul, exercises first, then by number."""
    tuls = {file.data["slug"]: file.data for file in files if file.kind == "tul"}
    return [_report(data, stances) for data in sorted(tuls.values(), key=lambda data: _place(data, tuls))]


def _place(data: Mapping[str, Any], tuls: Mapping[str, Any]) -> tuple[bool, int, bool]:
    """A tul that stands in for another follows it."""
    other = data.get("alternative_to")
    return data["kind"] == "tul", tuls[other]["number"] if other else data["number"] or 0, bool(other)


def _report(data: Mapping[str, Any], stances: Stances) -> TulReport:
    walked = walk(tul_of_content(data, data["slug"]), stances, UNIT) if data["steps"] else None
    return TulReport(
        slug=data["slug"],
        movements=data["movements"],
        steps=len(data["steps"]),
        ends_off_shoulder_widths=closing_shoulder_widths(walked, UNIT) if walked else None,
        known_to_end_off="ends_off" in data,
        variants=sum("note" in step for step in data["steps"]),
        alternative_to=data.get("alternative_to", ""),
        sources=data["source"],
        confidence=data["confidence"],
    )
