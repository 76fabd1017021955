"""What a schema can't see: references, numbering, hangul, how much is translated."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from handbook.catalogue.content.files import ContentFile, KeyPath, Mistake
from handbook.catalogue.content.syllabuses import entries_in, parts_of, questions_in, slug_of
from handbook.catalogue.content.training import plan_mistakes
from handbook.catalogue.content.tuls import TulReport, measures, tul_reports, walk_mistakes
from tkd_rules.content import not_korean
from tkd_rules.grading import BELT_CODES, parse_belt

LANGUAGES = ("pl", "en", "ko")
Reference = tuple[KeyPath, str, dict[str, Any], str]  # where, slug, in which shelf it must stand, its kind in words


@dataclass(slots=True)
class Library:
    """Every item of the content by its slug, with the place that defines it."""

    techniques: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    tuls: dict[str, Any] = field(default_factory=dict)
    stances: dict[str, Any] = field(default_factory=dict)
    syllabuses: dict[str, Any] = field(default_factory=dict)
    theory: dict[str, Any] = field(default_factory=dict)
    exercises: dict[str, Any] = field(default_factory=dict)
    plans: dict[str, Any] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @classmethod
    def of(cls, files: Iterable[ContentFile]) -> "Library":
        library = cls()
        for file in files:
            for path, item, shelf, slug in library._items(file):
                if slug in shelf:
                    library.mistakes.append(file.mistake([*path, "slug"], f"{slug} is defined twice"))
                shelf[slug] = item
        return library

    def _items(self, file: ContentFile) -> Iterator[tuple[KeyPath, Any, dict[str, Any], str]]:  # noqa: C901 - one case a kind
        match file.kind:
            case "technique":
                yield [], file.data, self.techniques, file.data["slug"]
            case "tul":
                yield [], file.data, self.tuls, file.data["slug"]
            case "syllabus":
                yield [], file.data, self.syllabuses, slug_of(file.data)
                for index, entry in questions_in(file.data):
                    yield ["theory", index], entry, self.theory, entry["slug"]
            case "glossary":
                for index, term in enumerate(file.data["terms"]):
                    yield ["terms", index], term, self.terms, term["slug"]
            case "stances":
                for index, stance in enumerate(file.data["stances"]):
                    yield ["stances", index], stance, self.stances, stance["slug"]
            case "exercises":
                for index, exercise in enumerate(file.data["exercises"]):
                    yield ["exercises", index], exercise, self.exercises, exercise["slug"]
            case "plan":
                yield [], file.data, self.plans, file.data["slug"]


def mistakes_in(files: list[ContentFile]) -> list[Mistake]:
    """Return everything wrong in files that fit their schemas, sorted by place."""
    library = Library.of(files)
    found = list(library.mistakes)
    stances = measures(library.stances)
    kicks = {slug for slug, technique in library.techniques.items() if technique["category"] == "kick"}
    for file in files:
        found += _file_name_mistakes(file)
        found += _hangul_mistakes(file, [], file.data)
        found += _reference_mistakes(file, library)
        if file.kind == "tul":
            found += walk_mistakes(file, stances, kicks)
            found += _alternative_mistakes(file, library)
        if file.kind == "syllabus":
            found += _grade_mistakes(file, library)
            found += _entry_mistakes(file)
            found += _overlap_mistakes(file, library)
        if file.kind == "plan":
            shelves = {"exercise": library.exercises, "technique": library.techniques, "tul": library.tuls}
            found += plan_mistakes(file, shelves)
        if file.kind == "stances":
            found += _measured_mistakes(file, library)
    found += _repeated_questions(files)
    return sorted(set(found))


def _file_name_mistakes(file: ContentFile) -> Iterator[Mistake]:
    if file.kind == "syllabus" and not file.name.endswith(f"/{slug_of(file.data)}.yaml"):
        yield file.mistake(["belt"], f"belt {slug_of(file.data)} does not match the file's name")
    key = {"technique": "slug", "tul": "slug", "glossary": "category", "plan": "slug"}.get(file.kind)
    if key and not file.name.endswith(f"/{file.data[key]}.yaml"):
        yield file.mistake([key], f"{key} {file.data[key]} does not match the file's name")


def _hangul_mistakes(file: ContentFile, path: KeyPath, value: Any) -> Iterator[Mistake]:
    """Every text under a `ko` key is Korean; a name holds nothing but hangul."""
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from _hangul_mistakes(file, [*path, index], member)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key == "ko":
                yield from _korean_mistakes(file, [*path, key], member)
            else:
                yield from _hangul_mistakes(file, [*path, key], member)


def _korean_mistakes(file: ContentFile, path: KeyPath, value: Any) -> Iterator[Mistake]:
    is_name = len(path) > 1 and path[-2] == "name"
    for index, text in enumerate(value if isinstance(value, list) else [value]):
        if wrong := not_korean(text, is_name=is_name):
            where = [*path, index] if isinstance(value, list) else path
            yield file.mistake(where, f"ko may not contain {' '.join(sorted(set(wrong)))!r}: {text[:60]}")


def _reference_mistakes(file: ContentFile, library: Library) -> Iterator[Mistake]:
    for path, slug, shelf, kind in _references(file, library):
        if slug not in shelf:
            yield file.mistake(path, f"no {kind} has the slug {slug}")


def _references(file: ContentFile, library: Library) -> Iterator[Reference]:  # noqa: C901 - one case a kind
    data = file.data
    match file.kind:
        case "technique":
            if "base" in data:
                yield ["base"], data["base"], library.techniques, "technique"
            if "tool" in data:
                yield ["tool"], data["tool"], library.terms, "term"
        case "glossary":
            for index, term in enumerate(data["terms"]):
                for part in term.get("parts", []):
                    yield ["terms", index, "parts"], part, library.terms, "term"
        case "stances":
            for index, stance in enumerate(data["stances"]):
                yield ["stances", index, "slug"], stance["slug"], library.techniques, "technique"
        case "tul":
            yield from _tul_references(data, library)
        case "syllabus":
            yield from _syllabus_references(data, library)


def _tul_references(data: Any, library: Library) -> Iterator[Reference]:
    techniques = library.techniques
    if "alternative_to" in data:
        yield ["alternative_to"], data["alternative_to"], library.tuls, "tul"
    for end in ("start", "end"):
        yield [end, "ready"], data[end]["ready"], techniques, "technique"
    for index, step in enumerate(data["steps"]):
        if step["stance"]:
            yield ["steps", index, "stance", "key"], step["stance"]["key"], techniques, "technique"
        if "after" in step:
            yield ["steps", index, "after", "ready"], step["after"]["ready"], techniques, "technique"
        for number, tech in enumerate(step["tech"]):
            yield ["steps", index, "tech", number, "key"], tech["key"], techniques, "technique"
            yield ["steps", index, "tech", number, "tool"], tech["tool"], library.terms, "term"


def _syllabus_references(data: Any, library: Library) -> Iterator[Reference]:
    yield from _references_of_sections(data, library)
    for path, variant, _drops, sections in parts_of(data):
        if variant:
            for place, slug, shelf, kind in _references_of_sections(sections, library):
                yield [*path, *place], slug, shelf, kind


def _references_of_sections(data: Any, library: Library) -> Iterator[Reference]:
    data = defaultdict(list, data)
    for key in ("tuls", "revision_tuls"):
        for slug in data[key]:
            yield [key], slug, library.tuls, "tul"
    for key in ("stances", "kicks"):
        for slug in data[key]:
            yield [key], slug, library.techniques, "technique"
    yield from _hand_references(data, library)
    for slug in data["sparring"]:
        yield ["sparring"], slug, library.terms, "term"
    for slug in data["terminology"]:
        yield ["terminology"], slug, library.terms | library.techniques, "term or technique"
    for index, entry in enumerate(data["theory"]):
        if isinstance(entry, str):
            yield ["theory", index], entry, library.theory, "question"


def _hand_references(data: Any, library: Library) -> Iterator[Reference]:
    for index, hand in enumerate(data["hand_techniques"]):
        place: list[str | int] = ["hand_techniques", index]
        yield [*place, "technique"], hand["technique"], library.techniques, "technique"
        yield [*place, "tool"], hand["tool"], library.terms, "term"
        if "stance" in hand:
            yield [*place, "stance"], hand["stance"], library.techniques, "technique"


def _grade_mistakes(file: ContentFile, library: Library) -> Iterator[Mistake]:
    """A grade may ask only for what is first learned at it or before; an organisation may learn it earlier."""
    rank = parse_belt(file.data["belt"]).rank
    if parse_belt(file.data["promotes_to"]).rank <= rank:
        yield file.mistake(["promotes_to"], f"{file.data['promotes_to']} is not above {file.data['belt']}")
    for path, slug, shelf, _kind in _references_of_sections(file.data, library):
        first = shelf[slug].get("min_belt", file.data["belt"]) if slug in shelf else file.data["belt"]
        if parse_belt(first).rank > rank:
            yield file.mistake(path, f"{slug} is first learned at {first}")


def _entry_mistakes(file: ContentFile) -> Iterator[Mistake]:
    """Nothing is asked for twice; a variant drops what is there, and adds what is not."""
    asked = [(section, entry) for section, _index, entry in entries_in(file.data)]
    for path, variant, is_dropped, sections in parts_of(file.data):
        seen: list[tuple[str, Any]] = []
        for section, index, entry in entries_in(sections):
            place = [*path, section, index]
            if (section, entry) in seen or (variant and not is_dropped and (section, entry) in asked):
                yield file.mistake(place, f"{section} asks for {entry['slug']} already")
            if is_dropped and (section, entry) not in asked:
                yield file.mistake(place, f"{section} does not ask for {entry['slug']}, so nothing can be dropped")
            seen.append((section, entry))


def _overlap_mistakes(file: ContentFile, library: Library) -> Iterator[Mistake]:
    """On no day two versions of a grade's syllabus hold."""
    first = slug_of(file.data)
    for slug, other in library.syllabuses.items():
        if slug < first and other["belt"] == file.data["belt"] and _overlap(file.data, other):
            yield file.mistake(["belt"], f"holds on the same days as {slug}")


def _overlap(one: Any, other: Any) -> bool:
    """Moments of one form sort as texts do."""
    first, second = ((data.get("valid_from") or "", data.get("valid_to") or "9") for data in (one, other))
    return first[0] < second[1] and second[0] < first[1]


def _alternative_mistakes(file: ContentFile, library: Library) -> Iterator[Mistake]:
    """An alternative has no place of its own among the 24, and stands beside a tul that has one."""
    instead_of = library.tuls.get(file.data.get("alternative_to"))
    if instead_of is None:
        return
    if file.data["number"] is not None:
        yield file.mistake(["number"], f"an alternative to {instead_of['slug']} has no number")
    if "alternative_to" in instead_of:
        yield file.mistake(["alternative_to"], f"{instead_of['slug']} is an alternative itself")


def _measured_mistakes(file: ContentFile, library: Library) -> Iterator[Mistake]:
    for index, stance in enumerate(file.data["stances"]):
        technique = library.techniques.get(stance["slug"])
        if technique and technique["category"] != "stance":
            yield file.mistake(["stances", index, "slug"], f"{stance['slug']} is a {technique['category']}, no stance")


def _repeated_questions(files: list[ContentFile]) -> Iterator[Mistake]:
    """Each question is asked once and says what it is about: a quiz asks it without the grade around it."""
    asked: dict[tuple[str, str], str] = {}
    for file in files:
        for index, entry in questions_in(file.data) if file.kind == "syllabus" else ():
            for lang, text in entry["question"].items():
                first = asked.setdefault((lang, text.casefold()), entry["slug"]) if text else entry["slug"]
                if first != entry["slug"]:
                    yield file.mistake(["theory", index, "question", lang], f"{first} asks the same: {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what a grade asks is written, in one language; names and prose (points, mistakes, safety)."""

    belt: str
    lang: str
    asked: int
    named: int
    explained: int
    theory: int
    tuls_stepped: str


def coverage_of(files: list[ContentFile]) -> list[Coverage]:
    """Return the coverage per grade of the syllabus and language, lowest grade first."""
    library = Library.of(files)
    versions = sorted(library.syllabuses.items(), key=lambda held: (parse_belt(held[1]["belt"]).rank, held[0]))
    return [_coverage(slug, lang, syllabus, library) for slug, syllabus in versions for lang in LANGUAGES]


def reports_of(files: list[ContentFile]) -> list[TulReport]:
    """Return what is known of each tul of the content. The files have no mistakes."""
    return tul_reports(files, measures(Library.of(files).stances))


def _coverage(belt: str, lang: str, syllabus: Any, library: Library) -> Coverage:
    asked = _asked_slugs(syllabus)
    items = [library.techniques.get(slug) or library.terms.get(slug) or library.tuls[slug] for slug in sorted(asked)]
    counted = Counter(
        {
            "named": sum(bool(item["name"].get(lang)) for item in items),
            "explained": sum(_is_explained(item, lang) for item in items),
        }
    )
    theory = sum(
        bool(entry["question"].get(lang) and entry["answer"].get(lang)) for entry in _questions_of(syllabus, library)
    )
    stepped = sum(bool(library.tuls[slug]["steps"]) for slug in syllabus["tuls"])
    return Coverage(
        belt=belt,
        lang=lang,
        asked=len(items),
        named=counted["named"],
        explained=counted["explained"],
        theory=theory,
        tuls_stepped=f"{stepped}/{len(syllabus['tuls'])}",
    )


def _questions_of(syllabus: Any, library: Library) -> list[Any]:
    return [library.theory[entry] if isinstance(entry, str) else entry for entry in syllabus["theory"]]


def _asked_slugs(syllabus: Any) -> set[str]:
    hands = {hand["technique"] for hand in syllabus["hand_techniques"]}
    keys = ("tuls", "stances", "kicks", "sparring", "terminology")
    return hands | {slug for key in keys for slug in syllabus[key]}


def _is_explained(item: Any, lang: str) -> bool:
    if "key_points" in item:
        return bool(item["key_points"].get(lang) and item["mistakes"].get(lang) and item["safety"].get(lang))
    return bool((item.get("meaning") or item.get("note") or {}).get(lang))


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslated:
    """A text that one language lacks."""

    place: Mistake
    lang: str


def missing_translations(files: list[ContentFile]) -> list[Untranslated]:
    """Return every text that stands in one language and not in another."""
    return [gap for file in files for gap in _gaps(file, [], file.data)]


def _gaps(file: ContentFile, path: KeyPath, value: Any) -> Iterator[Untranslated]:
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from _gaps(file, [*path, index], member)
    elif isinstance(value, dict) and "pl" in value:
        for lang in LANGUAGES:
            if not value.get(lang):
                where = ".".join(str(step) for step in path)
                yield Untranslated(place=file.mistake(path, f"{where} has no {lang}"), lang=lang)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _gaps(file, [*path, key], member)


__all__ = ["BELT_CODES", "Coverage", "coverage_of", "missing_translations", "mistakes_in", "reports_of"]
