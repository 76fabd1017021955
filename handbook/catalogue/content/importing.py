"""Bringing content into the database: only what changed in the files since the last time, in one revision.

An item whose file did not change is left alone, so that what editors wrote in the admin survives the next
start. An item that an editor made is never removed; one that an editor deleted stays deleted until its own file
changes, or one that names it.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from handbook.catalogue import services
from handbook.catalogue.content import rows
from handbook.catalogue.content.checks import mistakes_in
from handbook.catalogue.content.files import ContentFile, Mistake, read_content
from handbook.catalogue.content.syllabuses import written_as
from handbook.catalogue.models import CatalogueItem, DeletedImport, Syllabus, Technique, Term, TheoryQuestion, Tul

MODEL_BY_KIND: dict[str, type[CatalogueItem]] = {
    "term": Term,
    "technique": Technique,
    "tul": Tul,
    "theory": TheoryQuestion,
    "syllabus": Syllabus,
}
Progress = Callable[[int, int], None]
_followers: list["Follower"] = []


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
    left_out: list[str] = field(default_factory=list)
    revision: int | None = None


class Follower(Protocol):
    """Brings in what an app above keeps of the content, inside the import, and adds it to the report."""

    def __call__(self, files: Sequence[ContentFile], report: ImportReport, *, dry_run: bool) -> None: ...


def follow_content(follower: Follower) -> None:
    """Apps above call it in `AppConfig.ready`."""
    if follower not in _followers:
        _followers.append(follower)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    kind: str
    slug: str
    data: Any
    digest: str

    @property
    def key(self) -> rows.ItemKey:
        return self.kind, self.slug

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
    files = checked_content(folder)
    with transaction.atomic():
        report, changed = _planned(list(_wanted_items(files)))
        if not dry_run and (report.added or report.changed or report.removed):
            services.lock_publication()
            _write(changed, progress or (lambda _done, _total: None))
            _forget_deletions(changed)
            report.revision = _publish(changed, report)
        for follower in _followers:
            follower(files, report, dry_run=dry_run)
    return report


def _wanted_items(files: list[ContentFile]) -> Iterator[_Wanted]:
    by_kind: dict[str, list[Any]] = {kind: [] for kind in MODEL_BY_KIND}
    stances = {stance["slug"]: stance for file in files if file.kind == "stances" for stance in file.data["stances"]}
    for file in files:
        if file.kind == "glossary":
            by_kind["term"] += [{**term, "category": file.data["category"]} for term in file.data["terms"]]
        elif file.kind == "syllabus":
            by_kind["theory"] += rows.theory_of(file.data)
            by_kind["syllabus"].append(written_as(file.data))
        elif file.kind == "technique":
            by_kind["technique"].append(_measured(file.data, stances))
        elif file.kind in by_kind:
            by_kind[file.kind].append(file.data)
    for kind, items in by_kind.items():
        for data in items:
            digest = _digest(kind, data, layout=rows.LAYOUT_VERSION)
            yield _Wanted(kind=kind, slug=data["slug"], data=data, digest=digest)


def _measured(technique: Any, stances: Mapping[str, Any]) -> Any:
    """Return a stance with its measures, so that it is written anew when they change."""
    geometry = stances.get(technique["slug"])
    return {**technique, "geometry": geometry} if geometry else technique


def _digest(kind: str, data: Any, *, layout: int) -> str:
    shared = rows.SHARED_FIELDS.get(kind, set())
    own = {name: value for name, value in data.items() if name not in shared}
    text = json.dumps([layout, own], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _planned(wanted: list[_Wanted]) -> tuple[ImportReport, list[_Wanted]]:
    stored = {(kind, item.slug): item for kind, model in MODEL_BY_KIND.items() for item in model._default_manager.all()}
    differing = [item for item in wanted if item.key not in stored or stored[item.key].imported_digest != item.digest]
    left_out = _left_out(differing, stored.keys())
    changed = [item for item in differing if item.key not in left_out]
    kept = {item.key for item in wanted}
    report = ImportReport(
        added=[item.label for item in changed if item.key not in stored],
        changed=[item.label for item in changed if item.key in stored],
        removed=[f"{kind} {slug}" for (kind, slug), item in stored.items() if _has_gone(item, kept)],
        overwritten_edits=[item.label for item in changed if item.key in stored and _was_edited(stored[item.key])],
        left_out=[item.label for item in differing if item.key in left_out],
    )
    return report, changed


def _has_gone(item: CatalogueItem, kept: set[rows.ItemKey]) -> bool:
    """Whether the content files brought it and hold it no more."""
    return bool(item.imported_digest) and (item.KIND, item.slug) not in kept


def _left_out(differing: list[_Wanted], stored: Collection[rows.ItemKey]) -> set[rows.ItemKey]:
    """Return what editors deleted and no changed file speaks of, neither its own nor one that needs it."""
    deleted = {(entry.kind, entry.slug): entry.imported_digest for entry in DeletedImport.objects.all()}
    left_out = {item.key for item in differing if item.key in deleted and _is_of(item, deleted[item.key])}
    while True:
        written = [item for item in differing if item.key not in left_out]
        needed = {key for item in written for key in rows.named_in(item.kind, item.data)}.difference(stored)
        if not needed & left_out:
            return left_out
        left_out -= needed


def _is_of(item: _Wanted, digest: str) -> bool:
    """Whether the digest is of this item's data, in whatever layout it was written."""
    return any(_digest(item.kind, item.data, layout=layout) == digest for layout in range(1, rows.LAYOUT_VERSION + 1))


def _forget_deletions(written: list[_Wanted]) -> None:
    for kind in MODEL_BY_KIND:
        slugs = [item.slug for item in written if item.kind == kind]
        DeletedImport.objects.filter(kind=kind).filter(slug__in=slugs).delete()


def _was_edited(item: CatalogueItem) -> bool:
    """Whether a person changed it after the last import."""
    moment = item.imported_at
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
    Tul.objects.filter(slug__in=[item.slug for item in gone if isinstance(item, Tul)]).update(alternative_to=None)
    for item in reversed(gone):
        _delete(item)
    return revision


def _delete(item: CatalogueItem) -> None:
    try:
        item.delete()
    except ProtectedError as error:
        users = ", ".join(sorted({str(user) for user in error.protected_objects}))
        raise StillUsed(f"{item.KIND} {item.slug} left the content but is still used by: {users}") from error
