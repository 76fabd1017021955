"""Reading the published catalogue: lists, single items, what changed since a revision."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import connection
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from redis import RedisError

from handbook.catalogue import documents
from handbook.catalogue.documents import Document
from handbook.catalogue.models import (
    CatalogueItem,
    StanceGeometry,
    Syllabus,
    Technique,
    TechniqueTranslation,
    Term,
    TermTranslation,
    TheoryQuestion,
    Tombstone,
    Tul,
    TulTranslation,
    visible_at,
)
from handbook.catalogue.revision import current_revision, published_state
from handbook.common.shared_cache import get_often, shared_cache
from handbook.observability.doctor import Finding
from tkd_rules.delta import CatalogueKind
from tkd_rules.ranking import ItemType, SearchableItem, searchable
from tkd_rules.tul.stances import Geometry, geometry_of

BATCH_ITEMS = 500
COUNT_LIFETIME_S = 3600
TOMBSTONE = "tombstone"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How devices get one kind of item."""

    kind: CatalogueKind
    plural: str
    model: type[CatalogueItem]
    documents: Callable[..., list[Document]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedShelf(Shelf):
    """A kind that also has a list and details of its own, and is searched."""

    kind: ItemType
    translations: type[Model]
    summaries: Callable[[Any], list[Document]]
    category_field: str


TECHNIQUES = ListedShelf(
    kind="technique",
    plural="techniques",
    model=Technique,
    translations=TechniqueTranslation,
    summaries=documents.technique_summaries,
    documents=documents.technique_documents,
    category_field="category",
)
TULS = ListedShelf(
    kind="tul",
    plural="tuls",
    model=Tul,
    translations=TulTranslation,
    summaries=documents.tul_summaries,
    documents=documents.tul_documents,
    category_field="kind",
)
TERMS = ListedShelf(
    kind="term",
    plural="terms",
    model=Term,
    translations=TermTranslation,
    summaries=documents.term_summaries,
    documents=documents.term_documents,
    category_field="category",
)
THEORY = Shelf(kind="theory", plural="theory", model=TheoryQuestion, documents=documents.theory_documents)
LISTED: tuple[ListedShelf, ...] = (TECHNIQUES, TULS, TERMS)
SYLLABUSES = Shelf(kind="syllabus", plural="syllabuses", model=Syllabus, documents=documents.syllabus_documents)
SHELVES: tuple[Shelf, ...] = (*LISTED, THEORY, SYLLABUSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list shall hold; None is no restriction. Belts are ranks."""

    category: str | None = None
    belt: int | None = None
    min_belt: int | None = None
    tag: str | None = None
    has_media: bool | None = None
    ordering: tuple[str, ...] = ()
    lang: str | None = None
    page: int = 1
    page_size: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    count: int
    results: list[Document]


def published(shelf: Shelf, *, at: datetime) -> QuerySet[Any]:
    """Return what the public may see; of syllabuses every version, whichever day it is for."""
    visible = Q(is_draft=False) if shelf is SYLLABUSES else visible_at(at)
    return shelf.model._default_manager.filter(visible)


def page_of(shelf: ListedShelf, wanted: Wanted) -> Page:
    """Return one page of summaries; an empty one past the end. At most four queries.

    The page is cut from an index of what has a revision; visibility is asked again of the rows on it alone.
    """
    found = _restricted(shelf, shelf.model._default_manager.filter(revision__gt=0), wanted)
    start = (wanted.page - 1) * wanted.page_size
    count = _count(shelf, found, wanted)
    ids = _ordered(shelf, found, wanted).values("pk")[start : start + wanted.page_size]
    rows = published(shelf, at=timezone.now()).filter(pk__in=ids)
    results = shelf.summaries(_ordered(shelf, rows, wanted)) if start < count else []
    return Page(count=count, results=documents.all_flattened(results, wanted.lang))


def detail_of(shelf: ListedShelf, slug: str, *, lang: str | None) -> Document | None:
    """Return the whole published item, or None. At most six queries."""
    at = timezone.now()
    found = shelf.documents(published(shelf, at=at).filter(slug=slug))
    if not found:
        return None
    document = found[0]
    if shelf is TECHNIQUES:
        document["tuls"] = documents.uses_in_tuls(slug)
    return documents.flattened(document, lang) if lang else document


def stance_measures() -> dict[str, Geometry]:
    """Return the measures of the published stances by slug. One query."""
    rows = StanceGeometry.objects.filter(technique__revision__gt=0).values("technique__slug", *documents.MEASURES)
    return {row["technique__slug"]: geometry_of(row["technique__slug"], row) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What the public sees no more; `replaced_by` is the slug of a public item to look at instead."""

    kind: str
    slug: str
    replaced_by: str | None


def withdrawn(shelf: Shelf, slug: str) -> Withdrawn | None:
    """At most two queries."""
    found = _withdrawn(Tombstone.objects.filter(kind=shelf.kind, slug=slug))
    return found[0] if found else None


def _withdrawn(stones: QuerySet[Tombstone]) -> list[Withdrawn]:
    """One query, and one more for each kind of which a replacement is named: one that is not public is left out."""
    rows = list(stones.values_list("kind", "slug", "replaced_by"))
    named = {(kind, replacement) for kind, _slug, replacement in rows if replacement}
    public = {
        (shelf.kind, slug)
        for shelf in SHELVES
        if (wanted := [slug for kind, slug in named if kind == shelf.kind])
        for slug in shelf.model._default_manager.filter(slug__in=wanted, revision__gt=0).values_list("slug", flat=True)
    }
    return [
        Withdrawn(kind=kind, slug=slug, replaced_by=replacement if (kind, replacement) in public else None)
        for kind, slug, replacement in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What happened after a revision; `upserts` maps the plural of each kind to whole documents."""

    revision: int
    catalogue_id: str
    upserts: dict[str, list[Document]]
    deletes: list[dict[str, Any]]


def changes_after(since: int, *, shelves: Sequence[Shelf] = SHELVES) -> Changes:
    """Return the change from revision `since` to now; its cost grows with the change, not with the catalogue.

    `shelves` are the kinds that are read; one of which nothing changed costs no query.

    `since=0`, or a revision that this database has not reached, gives everything and no deletes.
    """
    state = published_state()
    if since > state.revision:
        since = 0
    at = timezone.now()
    ids = _changed_ids(since, shelves)
    upserts = {shelf.plural: list(_documents(shelf, ids[shelf.kind], at=at)) for shelf in shelves}
    kinds = [shelf.kind for shelf in shelves]
    gone = Tombstone.objects.filter(revision__gt=since, kind__in=kinds).order_by("revision", "kind", "slug")
    deletes = [
        {"type": item.kind, "slug": item.slug, "replaced_by": item.replaced_by}
        for item in (_withdrawn(gone) if since and ids[TOMBSTONE] else [])
    ]
    return Changes(revision=state.revision, catalogue_id=state.catalogue_id, upserts=upserts, deletes=deletes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableChanges:
    revision: int
    items: tuple[SearchableItem, ...]
    removed: tuple[tuple[ItemType, str], ...]


def searchable_changes(*, since: int) -> SearchableChanges:
    """Return what search has to learn and to forget after revision `since`; everything published for 0."""
    changes = changes_after(since, shelves=LISTED)
    items = [searchable(shelf.kind, document) for shelf in LISTED for document in changes.upserts[shelf.plural]]
    removed = tuple((entry["type"], entry["slug"]) for entry in changes.deletes)
    return SearchableChanges(revision=changes.revision, items=tuple(items), removed=removed)


def content_finding() -> Finding:
    """For the doctor: is there anything to read, and at which revision."""
    at = timezone.now()
    counts = {str(shelf.model._meta.verbose_name_plural): published(shelf, at=at).count() for shelf in SHELVES}
    what = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    if not all(counts.values()):
        advice = "Run: python manage.py import_content"
        return Finding(name="content", state="FAIL", what=f"the catalogue is not complete: {what}", advice=advice)
    return Finding(name="content", state="ok", what=f"{what} at revision {current_revision()}")


def _changed_ids(since: int, shelves: Sequence[Shelf]) -> dict[str, list[int]]:
    """Return the ids of what has a revision after `since`, by kind and TOMBSTONE, oldest change first. One query.

    Written as SQL: the ORM takes longer to put a union together than the database to answer it.
    """
    models: dict[str, type[Model]] = {shelf.kind: shelf.model for shelf in shelves} | {TOMBSTONE: Tombstone}
    parts = [
        f"SELECT revision, slug, '{kind}', id FROM {model._meta.db_table} WHERE revision > %s"  # noqa: S608 - names of ours
        for kind, model in models.items()
    ]
    ids: dict[str, list[int]] = {kind: [] for kind in models}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [since] * len(parts))
        for _revision, _slug, kind, pk in sorted(cursor.fetchall()):
            ids[kind].append(pk)
    return ids


def _documents(shelf: Shelf, ids: Sequence[int], *, at: datetime) -> Iterator[Document]:
    for start in range(0, len(ids), BATCH_ITEMS):
        rows = published(shelf, at=at).filter(pk__in=ids[start : start + BATCH_ITEMS])
        yield from shelf.documents(rows.order_by("min_belt", "slug"))


def _count(shelf: ListedShelf, found: QuerySet[Any], wanted: Wanted) -> int:
    """Count once per revision and restriction: all pages, orders and languages of a list share it."""
    restriction = (wanted.category, wanted.belt, wanted.min_belt, wanted.tag, wanted.has_media)
    state = published_state()
    key = f"handbook:catalogue:count:{state.catalogue_id}:{state.revision}:{shelf.kind}:{restriction}"
    try:
        held = get_often(key)
        if held is not None:
            return int(held)
        count = found.count()
        shared_cache().set(key, count, ex=COUNT_LIFETIME_S)
    except RedisError as error:
        log.warning("catalogue_count_cache_unreachable", error=type(error).__name__)
        return found.count()
    return count


def _restricted(shelf: ListedShelf, found: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.category is not None:
        found = found.filter(**{shelf.category_field: wanted.category})
    if wanted.belt is not None:
        found = found.filter(min_belt__lte=wanted.belt)
    if wanted.min_belt is not None:
        found = found.filter(min_belt=wanted.min_belt)
    if wanted.tag is not None:
        found = found.filter(tags__slug=wanted.tag)
    if wanted.has_media is not None:
        found = found.filter(has_media=wanted.has_media)
    return found


def _ordered(shelf: ListedShelf, found: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    keys: Sequence[str] = wanted.ordering or ("min_belt", "slug")
    if any(key.lstrip("-") == "name" for key in keys):
        in_language = shelf.translations._default_manager.filter(
            **{shelf.kind: OuterRef("pk"), "lang": wanted.lang or "pl"}
        )
        found = found.annotate(name_key=Subquery(in_language.values("sort_key")[:1]))
    return found.order_by(*[_sort_key(key) for key in keys], "slug")


def _sort_key(key: str) -> Any:
    """Only a name may be missing; for the others a plain order is one that an index has."""
    if key.lstrip("-") != "name":
        return key
    name = F("name_key")
    return name.desc(nulls_last=True) if key.startswith("-") else name.asc(nulls_last=True)
