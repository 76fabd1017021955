"""Exercises and ready plans follow the content files; what did not change there is left as editors made it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from handbook.catalogue.content.files import ContentFile
from handbook.catalogue.content.importing import ImportReport
from handbook.catalogue.services import lock_publication
from handbook.training.models import Exercise, ExerciseText, Plan, PlanText
from handbook.training.services.plans import write_blocks
from tkd_rules.grading import parse_belt
from tkd_rules.training.plans import plan_of

LAYOUT_VERSION = 1  # raise it when rows are made of the same data in another way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    model: type[Exercise] | type[Plan]
    data: Any

    @property
    def slug(self) -> str:
        return str(self.data["slug"])

    @property
    def label(self) -> str:
        return f"{self.model._meta.verbose_name} {self.slug}"

    @property
    def digest(self) -> str:
        text = json.dumps([LAYOUT_VERSION, self.data], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def import_trainings(files: Sequence[ContentFile], report: ImportReport, *, dry_run: bool) -> None:
    """Write what changed in the files, withdraw what they no longer hold, and add all of it to the report."""
    wanted = list(_wanted(files))
    if not dry_run and (_differing(wanted) or list(_gone(wanted))):
        lock_publication()  # another import may have just done it, so both are asked again
    stored = {(model, row.slug) for model in (Exercise, Plan) for row in _imported(model)}
    for item in _differing(wanted):
        (report.changed if (item.model, item.slug) in stored else report.added).append(item.label)
        if not dry_run:
            _write(item)
    for row in _gone(wanted):
        report.removed.append(f"{row._meta.verbose_name} {row.slug}")
        if not dry_run:
            row.withdrawn_at, row.imported_digest = timezone.now(), ""
            row.save(update_fields=["withdrawn_at", "imported_digest"])


def _wanted(files: Sequence[ContentFile]) -> Iterator[_Wanted]:
    for file in files:
        if file.kind == "exercises":
            yield from (_Wanted(model=Exercise, data=exercise) for exercise in file.data["exercises"])
        elif file.kind == "plan":
            yield _Wanted(model=Plan, data=file.data)


def _imported(model: type[Exercise] | type[Plan]) -> list[Any]:
    return list(model._default_manager.exclude(imported_digest=""))


def _differing(wanted: Sequence[_Wanted]) -> list[_Wanted]:
    held = {(model, row.slug): row.imported_digest for model in (Exercise, Plan) for row in _imported(model)}
    return [item for item in wanted if held.get((item.model, item.slug)) != item.digest]


def _gone(wanted: Sequence[_Wanted]) -> Iterator[Any]:
    kept = {(item.model, item.slug) for item in wanted}
    for model in (Exercise, Plan):
        yield from (row for row in _imported(model) if (model, row.slug) not in kept)


def _write(item: _Wanted) -> None:
    data = item.data
    common = {"imported_digest": item.digest, "withdrawn_at": None}
    if item.model is Exercise:
        values = {"category": data["category"], **common}
        exercise, _ = Exercise.objects.update_or_create(slug=item.slug, defaults=values)
        _write_texts(ExerciseText, {"exercise": exercise}, data["name"], data["instructions"])
        return
    trained = plan_of(data)
    values = {"belt": parse_belt(data["belt"]).rank, "prepare_s": trained.prepare_s, "about_s": trained.about_s}
    plan, _ = Plan.objects.update_or_create(slug=item.slug, defaults={**values, **common, "updated_at": timezone.now()})
    _write_texts(PlanText, {"plan": plan}, data["name"], data["description"])
    write_blocks(plan, trained)


def _write_texts(model: type[Model], owner: dict[str, Any], names: dict[str, str], texts: dict[str, str]) -> None:
    for lang, name in names.items():
        row = {"name": name, "text": texts[lang]}
        model._default_manager.update_or_create(**owner, lang=lang, defaults=row)
