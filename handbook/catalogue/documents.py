"""Published items as JSON-ready dictionaries, built with a fixed number of queries however many rows.

Texts come as `{"pl": …, "en": …, "ko": …}` and lists of sentences as `{"pl": [...], …}`; a language that
has nothing is left out. Slugs of items that the public may not see are left out too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, F, Model, QuerySet, Value, When

from handbook.catalogue.models import (
    CommonMistake,
    KeyPoint,
    StepFootwork,
    StepTechnique,
    Syllabus,
    SyllabusEntry,
    SyllabusTranslation,
    SyllabusVariant,
    Technique,
    TechniqueAlias,
    TechniqueTranslation,
    Term,
    TermAlias,
    TermPart,
    TermPromise,
    TermTranslation,
    TheoryQuestion,
    TheoryQuestionTranslation,
    Tul,
    TulAlias,
    TulStep,
    TulTranslation,
)
from tkd_rules.grading import Belt
from tkd_rules.syllabus import SECTIONS

# The version of what documents look like: raise it with every change of their fields. Bytes that caches hold under
# the same revision are made anew, and devices get a snapshot, because a delta would leave unchanged items as they were.
LAYOUT_VERSION = 4

Document = dict[str, Any]
BELT_CODE_BY_RANK = {rank: Belt(rank).code for rank in range(1, 20)}
SUMMARY_COLUMNS = ("id", "slug", "romanization", "min_belt", "has_media", "revision")
MEASURES = (
    "length_shoulder_widths",
    "width_shoulder_widths",
    "named_after",
    "weight_front_percent",
    "knees",
    "front_foot_outward_deg",
    "rear_foot_outward_deg",
)
GEOMETRY_COLUMNS = {f"geometry__{name}": name for name in MEASURES}
ALL_LANGUAGES = ("pl", "en", "ko")


def technique_summaries(techniques: QuerySet[Technique]) -> list[Document]:
    """Three queries: the rows, their names, their aliases and tags."""
    rows = list(techniques.values(*SUMMARY_COLUMNS, "category", "level"))
    _name(rows, TechniqueTranslation, "technique", ())
    _label(rows, TechniqueAlias, Technique, "technique")
    return [_finished(row) for row in rows]


def technique_documents(techniques: QuerySet[Technique]) -> list[Document]:
    """Four queries: the rows, names and safety, aliases and tags, key points and mistakes."""
    rows = list(
        techniques.annotate(base_slug=_visible_slug("base"), tool_slug=_visible_slug("tool")).values(
            *SUMMARY_COLUMNS,
            *GEOMETRY_COLUMNS,
            "category",
            "level",
            "base_slug",
            "tool_slug",
            "confidence",
        )
    )
    for row in rows:
        row["base"], row["tool"] = row.pop("base_slug"), row.pop("tool_slug")
        row["geometry"] = _geometry({name: row.pop(column) for column, name in GEOMETRY_COLUMNS.items()})
    _name(rows, TechniqueTranslation, "technique", ("safety",))
    _label(rows, TechniqueAlias, Technique, "technique")
    _list_points(rows, "technique", {"key_points": KeyPoint, "mistakes": CommonMistake})
    return [_finished(row) for row in rows]


def tul_summaries(tuls: QuerySet[Tul]) -> list[Document]:
    """Three queries: the rows, their names, their aliases and tags."""
    rows = list(tuls.values(*SUMMARY_COLUMNS, "kind", "number", "movements"))
    _name(rows, TulTranslation, "tul", ())
    _label(rows, TulAlias, Tul, "tul")
    return [_finished(row) for row in rows]


def tul_documents(tuls: QuerySet[Tul]) -> list[Document]:
    """Six queries: the rows, texts, aliases and tags, steps, footwork, techniques."""
    rows = list(
        tuls.annotate(ready=_visible_slug("ready_stance"), instead_of=_visible_slug("alternative_to")).values(
            *SUMMARY_COLUMNS,
            "kind",
            "number",
            "movements",
            "diagram_shape",
            "diagram_char",
            "start_facing",
            "closing_foot",
            "end_facing",
            "ready",
            "instead_of",
            "confidence",
        )
    )
    for row in rows:
        row["diagram"] = {"shape": row.pop("diagram_shape"), "char": row.pop("diagram_char")}
        row["ready_stance"], row["alternative_to"] = row.pop("ready"), row.pop("instead_of")
    _name(rows, TulTranslation, "tul", ("meaning", "note", "end_note"))
    _label(rows, TulAlias, Tul, "tul")
    _add_steps(rows)
    return [_finished(row) for row in rows]


def term_summaries(terms: QuerySet[Term]) -> list[Document]:
    """Three queries: the rows, names and notes, aliases and tags."""
    rows = list(terms.values(*SUMMARY_COLUMNS, "category"))
    _name(rows, TermTranslation, "term", ("note",))
    _label(rows, TermAlias, Term, "term")
    return [_finished(row) for row in rows]


def term_documents(terms: QuerySet[Term]) -> list[Document]:
    """Five queries: the rows, names and notes, aliases and tags, parts, promises."""
    rows = list(terms.values(*SUMMARY_COLUMNS, "category", "confidence"))
    _name(rows, TermTranslation, "term", ("note",))
    _label(rows, TermAlias, Term, "term")
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row["parts"] = []
    parts = TermPart.objects.filter(part__revision__gt=0, term__in=_ids(rows))
    for owner, slug in parts.order_by("term", "position").values_list("term_id", "part__slug"):
        by_id[owner]["parts"].append(slug)
    _list_points(rows, "term", {"promises": TermPromise})
    return [_finished(row) for row in rows]


def theory_documents(questions: QuerySet[TheoryQuestion]) -> list[Document]:
    """Three queries: the rows, questions and answers, tags. A document has what all kinds have; `name` asks."""
    rows: list[Document] = [
        row | {"category": TheoryQuestion.KIND} for row in questions.values(*SUMMARY_COLUMNS, "confidence")
    ]
    _name(rows, TheoryQuestionTranslation, "theory", ("answer",))
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row["aliases"], row["tags"] = [], []
    tags = TheoryQuestion.tags.through._default_manager.filter(theoryquestion__in=_ids(rows))
    for owner_id, tag in tags.order_by("tag__slug").values_list("theoryquestion_id", "tag__slug"):
        by_id[owner_id]["tags"].append(tag)
    return [_finished(row) for row in rows]


SYLLABUS_COLUMNS = (
    "colour",
    "promotes_to",
    "valid_from",
    "valid_to",
    "stripe",
    "min_hours",
    "min_months",
    "max_months",
)


def syllabus_documents(syllabuses: QuerySet[Syllabus]) -> list[Document]:
    """Five queries: the rows, texts, tags, variants, entries. `sections` are what all are asked for."""
    rows: list[Document] = [
        row | {"category": Syllabus.KIND, "aliases": [], "tags": [], "variants": [], "sections": _no_entries()}
        for row in syllabuses.values(*SUMMARY_COLUMNS, *SYLLABUS_COLUMNS, "confidence")
    ]
    _name(rows, SyllabusTranslation, "syllabus", ("training_note", "self_defence", "breaking"))
    by_id = {row["id"]: row for row in rows}
    tags = Syllabus.tags.through._default_manager.filter(syllabus__in=_ids(rows))
    for owner_id, tag in tags.order_by("tag__slug").values_list("syllabus_id", "tag__slug"):
        by_id[owner_id]["tags"].append(tag)
    variants: dict[int, Document] = {}
    for variant in SyllabusVariant.objects.filter(syllabus__in=_ids(rows)).order_by("slug"):
        told = {"slug": variant.slug, "organisation": variant.organisation, "source": variant.source}
        variants[variant.pk] = told | {"adds": _no_entries(), "drops": _no_entries()}
        by_id[variant.syllabus_id]["variants"].append(variants[variant.pk])
    _add_entries(by_id, variants)
    return [_finished(_timed(row)) for row in rows]


def _no_entries() -> dict[str, list[Document]]:
    return {section: [] for section in SECTIONS}


def _add_entries(syllabuses: Mapping[int, Document], variants: Mapping[int, Document]) -> None:
    """Each entry names a public item; one that is not public is left out, and so is its tool or stance."""
    targets = ("technique", "tul", "term", "theory")
    entries = SyllabusEntry.objects.filter(syllabus__in=syllabuses).order_by("section", "position", "pk")
    slugs = {f"{name}_slug": _visible_slug(name) for name in (*targets, "tool", "stance")}
    rows: Iterable[Mapping[str, Any]] = entries.annotate(**slugs).values(
        "syllabus_id", "variant_id", "is_dropped", "section", "level", *slugs
    )
    for row in rows:
        kind = next((name for name in targets if row[f"{name}_slug"]), None)
        if kind is None:
            continue
        entry = {"type": kind, "slug": row[f"{kind}_slug"]}
        details = {"tool": row["tool_slug"], "level": row["level"] or None, "stance": row["stance_slug"]}
        whole = entry | details if row["section"] == "hand_techniques" else entry
        variant = variants.get(row["variant_id"])
        shelf = "sections" if variant is None else "drops" if row["is_dropped"] else "adds"
        (variant or syllabuses[row["syllabus_id"]])[shelf][row["section"]].append(whole)


def _timed(row: Document) -> Document:
    """Say days as days, grades by their codes, and the training before a grading in one place."""
    for bound in ("valid_from", "valid_to"):
        row[bound] = row[bound].date().isoformat() if row[bound] else None
    row["stripe"] = row["stripe"] or None
    row["promotes_to"] = BELT_CODE_BY_RANK[row["promotes_to"]]
    row["min_training"] = {
        "hours": row.pop("min_hours"),
        "months_from": row.pop("min_months"),
        "months_to": row.pop("max_months"),
        "note": row.pop("training_note"),
    }
    return row


def uses_in_tuls(technique: str) -> list[Document]:
    """Return `[{"slug", "steps": [numbers]}]` of the published tuls that use a technique or stance. One query."""
    in_steps = (
        TulStep.objects.filter(tul__revision__gt=0, techniques__technique__slug=technique)
        .order_by()
        .values_list("tul__min_belt", "tul__slug", "number")
    )
    as_stance = (
        TulStep.objects.filter(tul__revision__gt=0, stance__slug=technique)
        .order_by()
        .values_list("tul__min_belt", "tul__slug", "number")
    )
    steps: dict[str, list[int]] = defaultdict(list)
    for _belt, slug, number in sorted(in_steps.union(as_stance)):
        steps[slug].append(number)
    return [{"slug": slug, "steps": numbers} for slug, numbers in steps.items()]


def flattened(document: Document, lang: str) -> Document:
    """Return the document with each text in one language, falling back to pl, then en, then what there is.

    `fallbacks` names the fields that are not in `lang` and the language they are in.
    """
    fallbacks: dict[str, str] = {}
    flat = {name: _in_language(value, lang, name, fallbacks) for name, value in document.items()}
    return flat | {"lang": lang, "fallbacks": fallbacks}


def _in_language(value: Any, lang: str, path: str, fallbacks: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_in_language(member, lang, f"{path}.{index}", fallbacks) for index, member in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if not value or not value.keys() <= set(ALL_LANGUAGES):
        return {name: _in_language(member, lang, f"{path}.{name}", fallbacks) for name, member in value.items()}
    found = next(code for code in (lang, *ALL_LANGUAGES) if code in value)
    if found != lang:
        fallbacks[path] = found
    return value[found]


def _ids(rows: Sequence[Document]) -> list[int]:
    return [row["id"] for row in rows]


def _finished(row: Document) -> Document:
    del row["id"]
    row["min_belt"] = BELT_CODE_BY_RANK[row["min_belt"]]
    return row


def _geometry(row: Document) -> Document | None:
    """Return the measures of a stance; what has a name it is called after is measured."""
    if row["named_after"] is None:
        return None
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _visible_slug(relation: str) -> Case:
    """Return the slug of a related item that is public: what is not has no revision."""
    return Case(
        When(**{f"{relation}__revision__gt": 0}, then=F(f"{relation}__slug")),
        default=None,
        output_field=CharField(null=True),
    )


def _name(rows: Sequence[Document], model: type[Model], owner: str, texts: Sequence[str]) -> None:
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row["name"] = {}
        for text in texts:
            row[text] = {}
    found = model._default_manager.filter(**{f"{owner}__in": _ids(rows)}).order_by()
    for owner_id, lang, *values in found.values_list(f"{owner}_id", "lang", "name", *texts):
        for field, value in zip(("name", *texts), values, strict=True):
            if value:
                by_id[owner_id][field][lang] = value


def _label(rows: Sequence[Document], aliases: type[Model], items: type[Model], owner: str) -> None:
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row["aliases"], row["tags"] = [], []
    tags = items.tags.through  # type: ignore[attr-defined]
    tag_rows = tags._default_manager.filter(**{f"{owner}__in": _ids(rows)}).values_list(
        f"{owner}_id", Value(0), "tag__slug", Value("tags")
    )
    alias_rows = (
        aliases._default_manager.filter(**{f"{owner}__in": _ids(rows)})
        .order_by()
        .values_list(f"{owner}_id", "position", "text", Value("aliases"))
    )
    for owner_id, _position, text, field in sorted(alias_rows.union(tag_rows, all=True)):
        by_id[owner_id][field].append(text)


def _list_points(rows: Sequence[Document], owner: str, models: dict[str, type[Model]]) -> None:
    """Add ordered sentences per language under each name of `models`, in one query for all of them."""
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        for field in models:
            row[field] = {}
    queries = [
        model._default_manager.filter(**{f"{owner}__in": _ids(rows)})
        .order_by()
        .values_list(f"{owner}_id", Value(field), "lang", "position", "text")
        for field, model in models.items()
    ]
    for owner_id, field, lang, _position, text in sorted(queries[0].union(*queries[1:], all=True)):
        by_id[owner_id][field].setdefault(lang, []).append(text)


STEP_COLUMNS = (
    "number",
    "romanization",
    "support",
    "facing",
    "timing",
    "keeps_hands_of",
    "confidence",
)


def _add_steps(tuls: Sequence[Document]) -> None:
    by_tul = {row["id"]: row for row in tuls}
    for row in tuls:
        row["steps"] = []
    steps: Iterable[Mapping[str, Any]] = (
        TulStep.objects.filter(tul__in=_ids(tuls))
        .annotate(stance_slug=_visible_slug("stance"), after_slug=_visible_slug("after_ready"))
        .order_by("tul", "number")
        .values()
    )
    by_step: dict[int, Document] = {}
    for step in steps:
        by_step[step["id"]] = document = _step_document(step)
        by_tul[step["tul_id"]]["steps"].append(document)
    _add_footwork(by_step)
    _add_step_techniques(by_step)


def _step_document(step: Mapping[str, Any]) -> Document:
    document = {column: step[column] for column in STEP_COLUMNS}
    document["name"] = {"ko": step["name_ko"]} if step["name_ko"] else {}
    document["stance"] = (
        {"slug": step["stance_slug"], "side": step["stance_side"] or None, "front": step["front_foot"] or None}
        if step["stance_slug"]
        else None
    )
    grouped = step["timing_first"] is not None
    document["timing_group"] = list(range(step["timing_first"], step["timing_last"] + 1)) if grouped else []
    for text in ("detail", "note"):
        document[text] = {lang: step[f"{text}_{lang}"] for lang in ALL_LANGUAGES if step[f"{text}_{lang}"]}
    document["after"] = (
        {"foot": step["after_foot"], "ready_stance": step["after_slug"], "facing": step["after_facing"]}
        if step["after_foot"]
        else None
    )
    document["footwork"], document["techniques"] = [], []
    return document


FOOTWORK_COLUMNS = ("foot", "how", "to", "over", "turn", "manner", "place", "landing_foot")


def _add_footwork(by_step: dict[int, Document]) -> None:
    moves = StepFootwork.objects.filter(step__in=by_step).order_by("step", "position")
    rows: Iterable[Mapping[str, Any]] = moves.values()
    for row in rows:
        move = {column: row[column] or None for column in FOOTWORK_COLUMNS}
        move["turn_deg"] = row["turn_deg"]
        distance = row["distance_shoulder_widths"]
        move["distance_shoulder_widths"] = None if distance is None else float(distance)
        by_step[row["step_id"]]["footwork"].append(move)


def _add_step_techniques(by_step: dict[int, Document]) -> None:
    rows = (
        StepTechnique.objects.filter(technique__revision__gt=0, step__in=by_step)
        .annotate(tool_slug=_visible_slug("tool"))
        .order_by("step", "position")
        .values_list("step_id", "technique__slug", "tool_slug", "side", "level", "direction")
    )
    for step, technique, tool, side, level, direction in rows:
        by_step[step]["techniques"].append(
            {"slug": technique, "tool": tool, "side": side, "level": level or None, "direction": direction}
        )


def all_flattened(documents: Iterable[Document], lang: str | None) -> list[Document]:
    return [flattened(document, lang) for document in documents] if lang else list(documents)
