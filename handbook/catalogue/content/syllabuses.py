"""A syllabus file: its name, what it and its variants ask for, and the rows that it becomes."""

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.catalogue.models import Syllabus, SyllabusEntry, SyllabusTranslation, SyllabusVariant
from tkd_rules.grading import parse_belt

KIND_BY_SECTION = {
    "tuls": "tul",
    "revision_tuls": "tul",
    "stances": "technique",
    "hand_techniques": "technique",
    "kicks": "technique",
    "sparring": "term",
}
Ids = Mapping[str, Mapping[str, int]]  # primary keys by kind and slug


def slug_of(data: Any) -> str:
    """Return the slug of a version: the grade, and what tells it from the first version of the grade."""
    return f"{data['belt']}-{data['version']}" if "version" in data else str(data["belt"])


def questions_in(data: Any) -> Iterator[tuple[int, Any]]:
    """Yield the questions that a file asks first, with their place; a later version names them by their slugs."""
    for index, entry in enumerate(data["theory"]):
        if not isinstance(entry, str):
            yield index, entry


def parts_of(data: Any) -> Iterator[tuple[list[str | int], str | None, bool, Any]]:
    """Yield where a part stands, the slug of its variant, whether it drops what it names, and its sections."""
    yield [], None, False, data
    for index, variant in enumerate(data.get("variants", ())):
        yield ["variants", index, "adds"], variant["slug"], False, variant.get("adds", {})
        yield ["variants", index, "drops"], variant["slug"], True, variant.get("drops", {})


def entries_in(sections: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield section, place in it and entry; a term or technique of the terminology has no kind yet."""
    for section in (*KIND_BY_SECTION, "terminology", "theory"):
        for index, told in enumerate(sections.get(section, ())):
            entry = told if isinstance(told, dict) else {"slug": told}
            yield section, index, {"slug": entry.get("technique") or entry["slug"], **_details(entry)}


def _details(entry: Any) -> dict[str, Any]:
    return {name: entry.get(name) for name in ("tool", "level", "stance")}


def written_as(data: Any) -> dict[str, Any]:
    """Return a syllabus as an item of the content, its questions by their slugs."""
    theory = [entry if isinstance(entry, str) else entry["slug"] for entry in data["theory"]]
    common = {"romanization": "", "min_belt": data["belt"], "confidence": "medium", "slug": slug_of(data)}
    return {**data, **common, "theory": theory}


def named_in_syllabus(data: Any) -> set[tuple[str, str]]:
    """Return what must exist before the syllabus; a question that an editor deleted is left out instead."""
    named: set[tuple[str, str]] = set()
    for _path, _variant, _drops, sections in parts_of(data):
        for section, _index, entry in entries_in(sections):
            if section in KIND_BY_SECTION:
                named.add((KIND_BY_SECTION[section], entry["slug"]))
            named |= {("term", slug) for slug in [entry["tool"]] if slug}
            named |= {("technique", slug) for slug in [entry["stance"]] if slug}
    return named


def columns_of(data: Any) -> dict[str, Any]:
    first, _, last = data["min_training"]["months"].partition("-")
    return {
        "colour": data["colour"],
        "stripe": data["stripe"] or "",
        "promotes_to": parse_belt(data["promotes_to"]).rank,
        "min_hours": data["min_training"]["hours"],
        "min_months": int(first),
        "max_months": int(last or first),
    }


def write_texts(syllabus: Syllabus, data: Any) -> None:
    texts = {
        "training_note": data["min_training"]["note"],
        "self_defence": data["self_defence"],
        "breaking": data["breaking"],
    }
    for lang in ("pl", "en", "ko"):
        said = {column: text.get(lang) or "" for column, text in texts.items()}
        SyllabusTranslation.objects.update_or_create(syllabus=syllabus, lang=lang, defaults=said)


def write_entries(syllabus: Syllabus, data: Any, ids: Ids) -> None:
    """Write variants and entries anew; questions that were deleted, and terms that are none, are left out."""
    syllabus.variants.all().delete()
    syllabus.entries.all().delete()
    variants = {
        told["slug"]: SyllabusVariant.objects.create(
            syllabus=syllabus, slug=told["slug"], organisation=told["organisation"], source=told["source"]
        )
        for told in data.get("variants", ())
    }
    rows = []
    for _path, variant, is_dropped, sections in parts_of(data):
        for section, index, entry in entries_in(sections):
            kind = _kind_of(section, entry["slug"], ids)
            if kind is None:
                continue
            row = SyllabusEntry(
                syllabus=syllabus,
                variant=variants[variant] if variant else None,
                is_dropped=is_dropped,
                section=section,
                position=index,
                level=entry["level"] or "",
                tool_id=ids["term"][entry["tool"]] if entry["tool"] else None,
                stance_id=ids["technique"][entry["stance"]] if entry["stance"] else None,
            )
            setattr(row, f"{kind}_id", ids[kind][entry["slug"]])
            rows.append(row)
    SyllabusEntry.objects.bulk_create(rows)


def _kind_of(section: str, slug: str, ids: Ids) -> str | None:
    kinds = {"terminology": ("term", "technique"), "theory": ("theory",)}.get(section) or (KIND_BY_SECTION[section],)
    return next((kind for kind in kinds if slug in ids[kind]), None)
