"""How an item of a content file becomes rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from simple_history.utils import bulk_create_with_history

from handbook.catalogue.content import syllabuses
from handbook.catalogue.models import (
    CatalogueItem,
    CommonMistake,
    KeyPoint,
    StanceGeometry,
    StepFootwork,
    StepTechnique,
    Syllabus,
    Tag,
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
from tkd_rules.grading import parse_belt

# Part of every digest: raise it when the same file shall give other rows, so that the next import writes them.
LAYOUT_VERSION = 1
# What a kind's items share with their file and no digest holds: else one correction would write all of them anew, and
# take from editors what they wrote in the others.
SHARED_FIELDS = {"theory": {"source"}}
ItemKey = tuple[str, str]  # kind and slug


@dataclass(frozen=True, slots=True, kw_only=True)
class SlugIndex:
    """Primary keys by slug."""

    techniques: dict[str, int]
    terms: dict[str, int]
    tuls: dict[str, int]
    theory: dict[str, int]

    @classmethod
    def of_database(cls) -> "SlugIndex":
        return cls(
            techniques=dict(Technique.objects.values_list("slug", "pk")),
            terms=dict(Term.objects.values_list("slug", "pk")),
            tuls=dict(Tul.objects.values_list("slug", "pk")),
            theory=dict(TheoryQuestion.objects.values_list("slug", "pk")),
        )


def write_item(kind: str, data: Any, *, digest: str, at: datetime) -> None:
    """Write an item and the rows below it that name no other item. An existing item keeps its draft flag."""
    fields = _common_fields(data) | {"imported_digest": digest, "imported_at": at}
    match kind:
        case "technique":
            _write_technique(data, fields)
        case "term":
            _write_term(data, fields)
        case "tul":
            _write_tul(data, fields)
        case "theory":
            _write_theory(data, fields)
        case "syllabus":
            _write_syllabus(data, fields)


def write_references(kind: str, data: Any, slugs: SlugIndex) -> None:
    """Write what names other items, which exist by now."""
    match kind:
        case "technique":
            Technique.objects.filter(slug=data["slug"]).update(
                base=slugs.techniques.get(data.get("base")), tool=slugs.terms.get(data.get("tool"))
            )
        case "term":
            term = Term.objects.get(slug=data["slug"])
            term.parts.all().delete()
            TermPart.objects.bulk_create(
                TermPart(term=term, part_id=slugs.terms[slug], position=position)
                for position, slug in enumerate(data.get("parts", []))
            )
        case "tul":
            Tul.objects.filter(slug=data["slug"]).update(alternative_to=slugs.tuls.get(data.get("alternative_to")))
            _write_steps(Tul.objects.get(slug=data["slug"]), data, slugs)
        case "syllabus":
            ids = {"technique": slugs.techniques, "term": slugs.terms, "tul": slugs.tuls, "theory": slugs.theory}
            syllabuses.write_entries(Syllabus.objects.get(slug=data["slug"]), data, ids)


def named_in(kind: str, data: Any) -> set[ItemKey]:
    """Return the items that must exist before an item of a content file can be written."""
    match kind:
        case "technique":
            named = {("technique", data.get("base")), ("term", data.get("tool"))}
            return {(kind, slug) for kind, slug in named if slug}
        case "term":
            return {("term", slug) for slug in data.get("parts", [])}
        case "theory":
            return set()
        case "syllabus":
            return syllabuses.named_in_syllabus(data)
        case _:
            return _named_in_tul(data)


def theory_of(syllabus: Any) -> list[dict[str, Any]]:
    """Return the questions of a syllabus file as items: they are learned at its grade and hold as long as it does.

    A language that lacks the question or the answer is left out.
    """
    shared = {name: syllabus.get(name) for name in ("valid_from", "valid_to", "source")}
    shared |= {"min_belt": syllabus["belt"], "romanization": "", "confidence": "high"}
    return [
        {
            **shared,
            "slug": entry["slug"],
            "name": {lang: text for lang, text in entry["question"].items() if text and entry["answer"].get(lang)},
            "answer": entry["answer"],
        }
        for _index, entry in syllabuses.questions_in(syllabus)
    ]


def _named_in_tul(data: Any) -> set[ItemKey]:
    steps = data["steps"]
    stances = {step["stance"]["key"] for step in steps if step["stance"]}
    returns = {step["after"]["ready"] for step in steps if "after" in step}
    done = [tech for step in steps for tech in step["tech"]]
    techniques = {data["start"]["ready"], *stances, *returns, *(tech["key"] for tech in done)}
    tuls = {("tul", data["alternative_to"])} if "alternative_to" in data else set()
    return {("technique", slug) for slug in techniques} | {("term", tech["tool"]) for tech in done} | tuls


def _common_fields(data: Any) -> dict[str, Any]:
    return {
        "romanization": data["romanization"],
        "min_belt": parse_belt(data["min_belt"]).rank,
        "confidence": data["confidence"],
        "source": data["source"],
        "valid_from": parse_datetime(data["valid_from"]) if data.get("valid_from") else None,
        "valid_to": parse_datetime(data["valid_to"]) if data.get("valid_to") else None,
    }


def _write_technique(data: Any, fields: dict[str, Any]) -> None:
    fields |= {"category": data["category"], "level": data.get("level", "")}
    technique = _saved(Technique, data, fields)
    _replace(technique, "technique", TechniqueTranslation, _translations(data, "safety"))
    _replace(technique, "technique", TechniqueAlias, _positioned(data["aliases"]))
    _replace(technique, "technique", KeyPoint, _sentences(data["key_points"]))
    _replace(technique, "technique", CommonMistake, _sentences(data["mistakes"]))
    geometry = data.get("geometry")
    _replace(technique, "technique", StanceGeometry, [_measures(geometry)] if geometry else [])


def _measures(stance: Any) -> dict[str, Any]:
    """Return the columns of a stance of stances.yaml, with the decimals that the database gives back."""
    columns = {name: value for name, value in stance.items() if name != "slug"}
    for name in ("length_shoulder_widths", "width_shoulder_widths"):
        columns[name] = Decimal(str(stance[name])).quantize(Decimal("0.01"))
    for name in ("front_foot_outward_deg", "rear_foot_outward_deg"):
        columns[name] = Decimal(str(stance[name])).quantize(Decimal("0.1"))
    return columns


def _write_term(data: Any, fields: dict[str, Any]) -> None:
    term = _saved(Term, data, fields | {"category": data["category"]})
    _replace(term, "term", TermTranslation, _translations(data, "note"))
    _replace(term, "term", TermAlias, _positioned(data["aliases"]))
    promises = data.get("promises", [])
    by_language = {lang: [promise[lang] for promise in promises if promise.get(lang)] for lang in data["name"]}
    _replace(term, "term", TermPromise, _sentences(by_language))


def _write_tul(data: Any, fields: dict[str, Any]) -> None:
    diagram = data["diagram"] or {"shape": "", "char": ""}
    fields |= {
        "kind": data["kind"],
        "number": data["number"],
        "movements": data["movements"],
        "diagram_shape": diagram["shape"],
        "diagram_char": diagram["char"] or "",
        "start_facing": data["start"]["facing"],
        "closing_foot": data["end"]["returns"],
        "end_facing": data["end"]["facing"],
        "ready_stance": Technique.objects.get(slug=data["start"]["ready"]),
    }
    tul = _saved(Tul, data, fields)
    _replace(tul, "tul", TulTranslation, _translations(data, "meaning", "note", "end_note"))
    _replace(tul, "tul", TulAlias, _positioned(data["aliases"]))


def _write_theory(data: Any, fields: dict[str, Any]) -> None:
    question = _saved(TheoryQuestion, data, fields)
    _replace(question, "theory", TheoryQuestionTranslation, _translations(data, "answer"))


def _write_syllabus(data: Any, fields: dict[str, Any]) -> None:
    syllabus = _saved(Syllabus, data, fields | syllabuses.columns_of(data))
    syllabuses.write_texts(syllabus, data)


def _saved(model: type[Any], data: Any, fields: dict[str, Any]) -> Any:
    item, _created = model.objects.update_or_create(
        slug=data["slug"], defaults=fields, create_defaults={**fields, "is_draft": False}
    )
    slugs = data.get("tags", [])
    Tag.objects.bulk_create([Tag(slug=slug) for slug in slugs], ignore_conflicts=True)
    item.tags.set(Tag.objects.filter(slug__in=slugs))
    return item


def _translations(data: Any, *texts: str) -> list[dict[str, Any]]:
    return [
        {"lang": lang, "name": name, **{text: (data.get(text) or {}).get(lang, "") for text in texts}}
        for lang, name in data["name"].items()
    ]


def _positioned(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"position": position, "text": text} for position, text in enumerate(texts)]


def _sentences(by_language: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [{"lang": lang, **row} for lang, texts in by_language.items() for row in _positioned(texts)]


def _replace(owner: CatalogueItem, name: str, model: type[Any], wanted: list[dict[str, Any]]) -> None:
    """Make the rows of `owner` be `wanted`; nothing is written when they are."""
    rows = model.objects.filter(**{name: owner})
    columns = list(wanted[0]) if wanted else ["pk"]
    held = list(rows.order_by().values(*columns))
    if sorted(map(_comparable, held)) == sorted(map(_comparable, wanted)):
        return
    rows.delete()
    _create(model, [model(**{name: owner}, **row) for row in wanted])


def _comparable(row: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((column, str(value)) for column, value in row.items())


def _create(model: type[Model], rows: list[Any]) -> None:
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model, batch_size=500)
    else:
        model._default_manager.bulk_create(rows)


def _write_steps(tul: Tul, data: Any, slugs: SlugIndex) -> None:
    tul.steps.all().delete()
    steps = TulStep.objects.bulk_create(_step(tul, step, slugs) for step in data["steps"])
    by_number = {step.number: step for step in steps}
    StepFootwork.objects.bulk_create(
        _footwork(by_number[step["n"]], position, move)
        for step in data["steps"]
        for position, move in enumerate(step["feet"])
    )
    StepTechnique.objects.bulk_create(
        StepTechnique(
            step=by_number[step["n"]],
            position=position,
            technique_id=slugs.techniques[tech["key"]],
            tool_id=slugs.terms[tech["tool"]],
            side=tech["side"],
            level=tech.get("level", ""),
            direction=tech["dir"],
        )
        for step in data["steps"]
        for position, tech in enumerate(step["tech"])
    )


def _step(tul: Tul, step: Any, slugs: SlugIndex) -> TulStep:
    name = step.get("name", {"romanization": "", "ko": ""})
    stance = step["stance"] or {}
    group = step["timing"].get("group")
    after = step.get("after")
    detail, note = step.get("aux", {}), step.get("note", {})
    return TulStep(
        tul=tul,
        number=step["n"],
        romanization=name["romanization"],
        name_ko=name["ko"],
        stance_id=slugs.techniques[stance["key"]] if stance else None,
        stance_side=stance.get("side", ""),
        front_foot=stance.get("front", ""),
        support=step["support"],
        facing=step["facing"],
        timing=step["timing"]["mode"],
        timing_first=group[0] if group else None,
        timing_last=group[-1] if group else None,
        keeps_hands_of=step.get("hands", {}).get("keep"),
        **{f"detail_{lang}": detail.get(lang, "") for lang in ("pl", "en", "ko")},
        **{f"note_{lang}": note.get(lang, "") for lang in ("pl", "en", "ko")},
        after_foot=after["feet"][0]["foot"] if after else "",
        after_ready_id=slugs.techniques[after["ready"]] if after else None,
        after_facing=after["facing"] if after else "",
        confidence=step.get("confidence", "high"),
    )


def _footwork(step: TulStep, position: int, move: Any) -> StepFootwork:
    return StepFootwork(
        step=step,
        position=position,
        foot=move["foot"],
        how=move["how"],
        to=move.get("to", ""),
        over=move.get("over", ""),
        turn=move.get("turn", ""),
        turn_deg=move.get("deg"),
        manner=move.get("manner", ""),
        place=move.get("place", ""),
        distance_shoulder_widths=move.get("dist"),
        landing_foot=move.get("land", ""),
    )
