"""What changes the published catalogue. Whoever edits an item calls `record_change` in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from handbook.catalogue import revision as revisions
from handbook.catalogue.models import (
    CatalogueItem,
    CatalogueState,
    DeletedImport,
    Syllabus,
    SyllabusEntry,
    Technique,
    Term,
    TheoryQuestion,
    Tombstone,
    Tul,
    new_epoch,
    visible_at,
)
from handbook.common.problems import RuleBroken

IN_CLAUSE_ITEMS = 500


class ReplacementUnknown(RuleBroken):
    slug = "replacement-unknown"
    status = HTTPStatus.BAD_REQUEST
    title = "The replacement is not public"


@transaction.atomic
def record_change(items: Iterable[CatalogueItem], *, at: datetime | None = None) -> int | None:
    """Give what the public sees of `items` the next revision; return it, or None when the public sees no change.

    A visible item gets the revision; one that is not visible any more leaves a tombstone. An item whose
    visibility turned also touches the visible items and the tombstones that name it: they hide invisible slugs.
    """
    at = at or timezone.now()
    lock_publication()
    changed = _with_stored_revision(items)
    shown = [item for item in changed if item.is_visible(at=at)]
    hidden = [item for item in changed if item.revision and not item.is_visible(at=at)]
    if not shown and not hidden:
        transaction.on_commit(revisions.refresh_cached_state)
        return None
    turned = [item for item in shown if not item.revision] + hidden
    dependents = [item for item in _dependents(turned) if item.is_visible(at=at)]
    revision = revisions.take_revision()
    _show(_distinct([*shown, *dependents]), revision)
    _hide(hidden, revision)
    _touch_tombstones(turned, revision)
    return revision


@transaction.atomic
def publish(items: Sequence[CatalogueItem]) -> int | None:
    """Take items out of draft."""
    return _set_draft(items, is_draft=False)


@transaction.atomic
def unpublish(items: Sequence[CatalogueItem]) -> int | None:
    """Put items back to draft; the public and every device forget them."""
    return _set_draft(items, is_draft=True)


@transaction.atomic
def delete_item(item: CatalogueItem, *, replaced_by: str = "") -> int | None:
    """Delete an item; its tombstone names the slug to look at instead. Raises ReplacementUnknown, ProtectedError.

    An item of the content files stays deleted until its file changes.
    """
    if replaced_by and not may_replace(Tombstone(kind=item.KIND, slug=item.slug), replaced_by):
        raise ReplacementUnknown(f"No other public {item._meta.verbose_name} has the slug {replaced_by}.")
    lock_publication()
    [item] = _with_stored_revision([item])
    was_public = item.revision > 0
    kind, slug = item.KIND, item.slug
    if item.imported_digest:
        DeletedImport.objects.update_or_create(kind=kind, slug=slug, defaults={"imported_digest": item.imported_digest})
    asked_in = _syllabuses_with([item], [], [], []) if was_public else []
    item.delete()
    if not was_public:
        return None
    revision = revisions.take_revision()
    _show([syllabus for syllabus in asked_in if not syllabus.is_draft], revision)
    _bury(kind, slug, revision, replaced_by)
    _touch_tombstones([item], revision)
    return revision


def may_replace(stone: Tombstone, slug: str) -> bool:
    """Whether an item that the public sees, of the tombstone's kind, has this slug."""
    model = next(model for model in revisions.ITEM_MODELS if stone.kind == model.KIND)
    public = model._default_manager.filter(visible_at(timezone.now()), slug=slug)
    return slug != stone.slug and public.exists()


@transaction.atomic
def name_replacement(stone: Tombstone, *, replaced_by: str) -> int:
    """Say what to look at instead of a withdrawn item, and tell every device. Raises ReplacementUnknown."""
    if replaced_by and not may_replace(stone, replaced_by):
        raise ReplacementUnknown(f"No other public {stone.get_kind_display()} has the slug {replaced_by}.")
    lock_publication()
    revision = revisions.take_revision()
    Tombstone.objects.filter(pk=stone.pk).update(replaced_by=replaced_by, revision=revision)
    return revision


@transaction.atomic
def settle_validity(*, at: datetime | None = None) -> int | None:
    """Turn what has come due by `valid_from` and `valid_to` into one revision; None when another process did."""
    at = at or timezone.now()
    state = lock_publication()
    if state.settled_at >= at:
        return None
    due = [item for model in revisions.ITEM_MODELS for item in _crossed(model, state.settled_at, at)]
    CatalogueState.objects.filter(pk=1).update(settled_at=at)
    return record_change(due, at=at) if due else None


@transaction.atomic
def begin_epoch() -> int:
    """Start a life of its own for a database that was put back to an earlier time; return its revision.

    Its next revisions would be taken for those that caches and devices saw before: from now on none compare.
    """
    lock_publication()
    CatalogueState.objects.filter(pk=1).update(epoch=new_epoch())
    return revisions.take_revision()


def lock_publication() -> CatalogueState:
    """Queue publishers: until the transaction ends, nobody else decides what is visible."""
    revisions.ensure_state()
    return CatalogueState.objects.select_for_update().get(pk=1)


def _with_stored_revision(items: Iterable[CatalogueItem]) -> list[CatalogueItem]:
    """Return `items` with the revision as stored now, which another editor may have moved."""
    found = _distinct(list(items))
    for model, part in _batches(found):
        stored = dict(model._default_manager.filter(pk__in=_keys(part)).values_list("pk", "revision"))
        for item in part:
            item.revision = stored[item.pk]
    return found


def _batches(items: Sequence[CatalogueItem]) -> Iterator[tuple[type[CatalogueItem], list[CatalogueItem]]]:
    """Yield the items by kind, few enough at a time for one IN clause."""
    for model in revisions.ITEM_MODELS:
        mine = [item for item in items if isinstance(item, model)]
        for start in range(0, len(mine), IN_CLAUSE_ITEMS):
            yield model, mine[start : start + IN_CLAUSE_ITEMS]


def _keys(items: Sequence[CatalogueItem]) -> list[int]:
    return [item.pk for item in items]


def _crossed(model: type[CatalogueItem], after: datetime, until: datetime) -> list[CatalogueItem]:
    between = Q(valid_from__gt=after, valid_from__lte=until) | Q(valid_to__gt=after, valid_to__lte=until)
    return list(model._default_manager.filter(between, is_draft=False))


def _set_draft(items: Sequence[CatalogueItem], *, is_draft: bool) -> int | None:
    moved = [item for item in items if item.is_draft != is_draft]
    for item in moved:
        item.is_draft = is_draft
        item.save(update_fields=["is_draft"])
    return record_change(moved)


def _show(items: Sequence[CatalogueItem], revision: int) -> None:
    for model, part in _batches(items):
        for item in part:
            item.revision = revision
        model._default_manager.filter(pk__in=_keys(part)).update(revision=revision)
        Tombstone.objects.filter(kind=model.KIND, slug__in=[item.slug for item in part]).delete()


def _hide(items: Sequence[CatalogueItem], revision: int) -> None:
    for item in items:
        item.revision = 0
        type(item)._default_manager.filter(pk=item.pk).update(revision=0)
        _bury(item.KIND, item.slug, revision)


def _bury(kind: str, slug: str, revision: int, replaced_by: str = "") -> None:
    Tombstone.objects.update_or_create(
        kind=kind, slug=slug, defaults={"revision": revision, "replaced_by": replaced_by}
    )


def _touch_tombstones(turned: Sequence[CatalogueItem], revision: int) -> None:
    """Tell devices again what has gone where its replacement appeared or went."""
    for model in revisions.ITEM_MODELS:
        slugs = [item.slug for item in turned if isinstance(item, model)]
        for start in range(0, len(slugs), IN_CLAUSE_ITEMS):
            part = slugs[start : start + IN_CLAUSE_ITEMS]
            Tombstone.objects.filter(kind=model.KIND, replaced_by__in=part).update(revision=revision)


def _dependents(items: Sequence[CatalogueItem]) -> list[CatalogueItem]:
    """Return the items whose published text names one of `items`."""
    techniques = [item.pk for item in items if isinstance(item, Technique)]
    terms = [item.pk for item in items if isinstance(item, Term)]
    tuls = [item.pk for item in items if isinstance(item, Tul)]
    found: list[CatalogueItem] = []
    if techniques or terms:
        found += Tul.objects.filter(
            Q(ready_stance__in=techniques)
            | Q(steps__stance__in=techniques)
            | Q(steps__after_ready__in=techniques)
            | Q(steps__techniques__technique__in=techniques)
            | Q(steps__techniques__tool__in=terms)
        ).distinct()
        found += Technique.objects.filter(Q(base__in=techniques) | Q(tool__in=terms))
    if tuls:
        found += Tul.objects.filter(alternative_to__in=tuls)
    if terms:
        found += Term.objects.filter(parts__part__in=terms)
    return found + _syllabuses_with(items, techniques, terms, tuls)


def _syllabuses_with(
    items: Sequence[CatalogueItem], techniques: list[int], terms: list[int], tuls: list[int]
) -> list[CatalogueItem]:
    questions = [item.pk for item in items if isinstance(item, TheoryQuestion)]
    named = SyllabusEntry.objects.filter(
        Q(technique__in=techniques)
        | Q(stance__in=techniques)
        | Q(term__in=terms)
        | Q(tool__in=terms)
        | Q(tul__in=tuls)
        | Q(theory__in=questions)
    )
    return list(Syllabus.objects.filter(pk__in=named.values("syllabus")))


def _distinct(items: Sequence[CatalogueItem]) -> list[CatalogueItem]:
    return list({(item.KIND, item.pk): item for item in items}.values())
