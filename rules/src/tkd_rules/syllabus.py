"""Which version of a syllabus holds on a day, and what is left of it for one organisation.

A syllabus is the document that the catalogue gives out: `valid_from` and `valid_to` are days or None, the latter the
first on which it holds no more; `sections` maps each name of SECTIONS to entries, `variants` say what they add and
drop.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

SECTIONS: Final = (
    "tuls",
    "revision_tuls",
    "stances",
    "hand_techniques",
    "kicks",
    "sparring",
    "terminology",
    "theory",
)
IN_WORDS: Final = ("self_defence", "breaking")  # what is shown at a grading too, but told in a sentence
Document = Mapping[str, Any]


class UnknownVariant(ValueError):  # noqa: N818 - it names what is wrong
    """The syllabus has no variant of this name."""


def in_force(syllabuses: Iterable[Document], *, belt: str, on: date) -> Document | None:
    """Return the version of a grade's syllabus that holds on a day; of several the one that began last."""
    holding = [one for one in syllabuses if one["min_belt"] == belt and _holds(one, on)]
    return max(holding, key=lambda one: (one["valid_from"] or "", one["slug"]), default=None)


def with_variant(syllabus: Document, variant: str | None) -> dict[str, Any]:
    """Return the syllabus as a variant asks for it, None being the common one. Raises UnknownVariant.

    What a variant adds follows what is common to all.
    """
    if variant is None:
        return {**syllabus, "variant": None}
    chosen = next((one for one in syllabus["variants"] if one["slug"] == variant), None)
    if chosen is None:
        known = ", ".join(one["slug"] for one in syllabus["variants"]) or "none"
        raise UnknownVariant(f"No variant is called {variant[:80]!r}; known: {known}.")
    sections = {
        name: [entry for entry in entries if entry not in chosen["drops"][name]] + chosen["adds"][name]
        for name, entries in syllabus["sections"].items()
    }
    return {**syllabus, "sections": sections, "variant": variant}


def entry_key(section: str, entry: Document) -> str:
    """Return what a learner marks an entry under, such as `hand_techniques/jirugi/ap-joomuk/middle/gunnun-sogi`."""
    told = (entry["slug"], entry.get("tool"), entry.get("level"), entry.get("stance"))
    return "/".join([section, *(part for part in told if part)])


def keys_of(syllabus: Document) -> Iterator[str]:
    """Yield the key of everything that is shown at the grading, in the order of the syllabus."""
    for section in SECTIONS:
        for entry in syllabus["sections"][section]:
            yield entry_key(section, entry)
    yield from IN_WORDS


def _holds(syllabus: Document, on: date) -> bool:
    begins, ends = syllabus["valid_from"], syllabus["valid_to"]
    return (begins is None or date.fromisoformat(begins) <= on) and (ends is None or on < date.fromisoformat(ends))
