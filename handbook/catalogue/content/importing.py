"""Bringing content into the database: only what changed in the files since the last time, in one revision.

An item whose file did not change is left alone, so that what editors wrote in the admin survives the next
start. An item that an editor made is never removed.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from handbook.catalogue import services
from handbook.catalogue.content import rows
from handbook.catalogue.content.checks import mistakes_in
from handbook.catalogue.content.files import ContentFile, Mistake, read_content
from handbook.catalogue.models import CatalogueItem, Technique, Term, Tul

MODEL_BY_KIND: dict[str, type[CatalogueItem]] = {"term": Term, "technique": Technique, "tul": Tul}
Progress = Callable[[int, int], None]


class ContentBroken(Exception):  # noqa: N818 - it names a refusal
    """The content has mistakes; nothing was written."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class StillUsed(Exception):  # noqa: N818 - it names a refusal
    """An item left the content files, but something that editors made in the admin needs it."""


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do; entries are `technique dollyo-chagi`."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    overwritten_edits: list[str] = field(default_factory=list)
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    kind: str
    slug: str
    data: Any
    digest: str

    @property
    def label(self) -> str:
        return f"{self.kind} {self.slug}"


def checked_content(folder: Path) -> list[ContentFile]:
    """Return the files of a folder. Raises ContentBroken naming every mistake by file and line."""
    files, mistakes = read_content(folder)
    if not files and not mistakes:
        mistakes = [Mistake(file=folder.name, line=1, message="no content files here")]
    if mistakes := mistakes or mistakes_in(files):
        raise ContentBroken(sorted(mistakes))
    return files


def import_content(folder: Path, *, dry_run: bool = False, progress: Progress | None = None) -> ImportReport:
    """Make the catalogue follow the content files; a dry run writes nothing.

    Raises ContentBroken or StillUsed; then the database is as it was.
    """
    wanted = list(_wanted_items(checked_content(folder)))
    with transaction.atomic():
        report, changed = _planned(wanted)
        if dry_run or not (report.added or report.changed or report.removed):
            return report
        services.lock_publication()
        _write(changed, progress or (lambda _done, _total: None))
        report.revision = _publish(changed, report)
    return report


def _wanted_items(files: list[ContentFile]) -> Iterator[_Wanted]:
    by_kind: dict[str, list[Any]] = {"term": [], "technique": [], "tul": []}
    for file in files:
        if file.kind == "glossary":
            by_kind["term"] += [{**term, "category": file.data["category"]} for term in file.data["terms"]]
        elif file.kind in by_kind:
            by_kind[file.kind].append(file.data)
    for kind, items in by_kind.items():
        for data in items:
            yield _Wanted(kind=kind, slug=data["slug"], data=data, digest=_digest(data))


def _digest(data: Any) -> str:
    text = json.dumps([rows.LAYOUT_VERSION, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _planned(wanted: list[_Wanted]) -> tuple[ImportReport, list[_Wanted]]:
    report, changed = ImportReport(), []
    for kind, model in MODEL_BY_KIND.items():
        stored = {item.slug: item for item in model._default_manager.all()}
        mine = [item for item in wanted if item.kind == kind]
        for item in mine:
            before = stored.get(item.slug)
            if before is None:
                report.added.append(item.label)
            elif before.imported_digest == item.digest:
                continue
            else:
                report.changed.append(item.label)
                if _edited_since(before, before.imported_at):
                    report.overwritten_edits.append(item.label)
            changed.append(item)
        kept = {item.slug for item in mine}
        report.removed += [
            f"{kind} {slug}" for slug, item in stored.items() if item.imported_digest and slug not in kept
        ]
    return report, changed


def _edited_since(item: CatalogueItem, moment: datetime | None) -> bool:
    edits = item.history.filter(history_user__isnull=False)
    return bool((edits.filter(history_date__gt=moment) if moment else edits).exists())


def _write(changed: list[_Wanted], progress: Progress) -> None:
    """Write rows first and what refers to other items last, so that any order of files works."""
    total = len(changed) * 2
    for done, item in enumerate(changed, start=1):
        rows.write_item(item.kind, item.data, digest=item.digest, at=timezone.now())
        progress(done, total)
    slugs = rows.SlugIndex.of_database()
    for done, item in enumerate(changed, start=len(changed) + 1):
        rows.write_references(item.kind, item.data, slugs)
        progress(done, total)


def _publish(changed: list[_Wanted], report: ImportReport) -> int | None:
    """Take one revision for everything that was written, and let go of what the files no longer hold."""
    removed = [label.split(" ", 1) for label in report.removed]
    gone = [MODEL_BY_KIND[kind]._default_manager.get(slug=slug) for kind, slug in removed]
    for item in gone:
        item.is_draft = True
        item.save(update_fields=["is_draft"])
    touched: list[CatalogueItem] = []
    for kind, model in MODEL_BY_KIND.items():
        slugs = {item.slug for item in changed if item.kind == kind}
        touched += [item for item in model._default_manager.all() if item.slug in slugs]
    revision = services.record_change([*touched, *gone])
    for item in reversed(gone):
        _delete(item)
    return revision


def _delete(item: CatalogueItem) -> None:
    try:
        item.delete()
    except ProtectedError as error:
        users = ", ".join(sorted({str(user) for user in error.protected_objects}))
        raise StillUsed(f"{item.KIND} {item.slug} left the content but is still used by: {users}") from error
