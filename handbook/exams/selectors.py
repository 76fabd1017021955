"""The syllabus of a grade on a day with the names of what it asks for, and how ready a learner is for it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from handbook.catalogue.documents import Document, flattened
from handbook.catalogue.models import TechniqueTranslation, TermTranslation, TheoryQuestionTranslation, TulTranslation
from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import SYLLABUSES, published
from handbook.exams.problems import NoSyllabus, Wrong
from handbook.quizzes.selectors import learning_of
from tkd_rules.grading import parse_belt
from tkd_rules.readiness import GradingInThePast, Readiness, readiness
from tkd_rules.syllabus import UnknownVariant, in_force, with_variant

Names = Mapping[tuple[str, str], Document]
TRANSLATIONS = {
    "technique": TechniqueTranslation,
    "tul": TulTranslation,
    "term": TermTranslation,
    "theory": TheoryQuestionTranslation,
}


def syllabus_on(belt: str, *, on: date | None = None, variant: str | None = None) -> Document:
    """Return what a grade asks on a day, by default today in UTC. Raises NoSyllabus, and Wrong for the variant.

    At most five queries for each revision and process.
    """
    state = published_state()
    code, day = _belt_code(belt), on or timezone.now().date()
    found = in_force(_syllabuses_at(state.revision, state.catalogue_id), belt=code, on=day)
    if found is None:
        raise NoSyllabus(f"{code} has no syllabus on {day}.")
    try:
        return with_variant(found, variant)
    except UnknownVariant as error:
        raise Wrong("variant", str(error)) from error


def named_syllabus(belt: str, *, on: date | None, variant: str | None, lang: str | None) -> Document:
    """Return the syllabus with the name of everything it asks for, in one language or in all."""
    syllabus = syllabus_on(belt, on=on, variant=variant)
    names = names_of_items()
    sections = {
        section: [entry | _labels(names, entry) for entry in entries]
        for section, entries in syllabus["sections"].items()
    }
    variants = [{name: one[name] for name in ("slug", "organisation", "source")} for one in syllabus["variants"]]
    document = {**syllabus, "sections": sections, "variants": variants}
    return flattened(document, lang) if lang else document


def names_of_items() -> Names:
    """Return romanized and other names by kind and slug. Four queries for each revision and process."""
    state = published_state()
    return _names_at(state.revision, state.catalogue_id)


def readiness_of(learner_id: UUID, belt: str, *, on: date, variant: str | None, at: datetime) -> Readiness:
    """Three queries beside those of the syllabus. Raises NoSyllabus, and Wrong for a grading in the past."""
    syllabus = syllabus_on(belt, on=on, variant=variant)
    learning = learning_of(learner_id, at=at)
    try:
        return readiness(syllabus, learning.states, on=on, today=learning.on)
    except GradingInThePast as error:
        raise Wrong("on", str(error)) from error


def _belt_code(belt: str) -> str:
    try:
        return parse_belt(belt).code
    except ValueError as error:
        raise NoSyllabus(str(error)) from error


def _labels(names: Names, entry: Document) -> Document:
    return names.get((entry["type"], entry["slug"]), {"romanization": "", "name": {}})


@lru_cache(maxsize=2)
def _syllabuses_at(_revision: int, _catalogue_id: str) -> tuple[Document, ...]:
    return tuple(SYLLABUSES.documents(published(SYLLABUSES, at=timezone.now())))


@lru_cache(maxsize=2)
def _names_at(_revision: int, _catalogue_id: str) -> Names:
    names: dict[tuple[str, str], Document] = {}
    for kind, model in TRANSLATIONS.items():
        rows = model._default_manager.filter(**{f"{kind}__revision__gt": 0}).exclude(name="")
        for slug, romanization, lang, name in rows.values_list(
            f"{kind}__slug", f"{kind}__romanization", "lang", "name"
        ):
            held = names.setdefault((kind, slug), {"romanization": romanization, "name": {}})
            held["name"][lang] = name
    return names
