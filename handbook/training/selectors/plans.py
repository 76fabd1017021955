"""Plans as whoever may read them does: ready ones, one's own, and one that somebody shares."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handbook.catalogue.documents import Document, all_flattened
from handbook.training.link_secrets import SECRET_FORM, digest_of
from handbook.training.models import Plan, PlanBlock, PlanShare, PlanText
from handbook.training.problems import LinkUnknown, PlanIsReady, PlanUnknown
from handbook.training.selectors.pages import Page, page_of
from handbook.training.selectors.texts import by_language, ordered
from tkd_rules.grading import Belt
from tkd_rules.operations import UUID_FORM


def page_of_plans(
    learner_id: UUID | None,
    *,
    belt: int | None = None,
    ordering: Sequence[str] = (),
    lang: str | None = None,
    page: int,
    page_size: int,
) -> Page:
    """Return ready plans and the learner's own, without their blocks. Three queries; no results past the end."""
    rows = _shown(learner_id)
    if belt is not None:
        rows = rows.filter(belt=belt)
    rows = ordered(rows, PlanText, "plan", (*(ordering or ("belt",)), "slug", "id"), lang=lang)
    found = page_of(rows.prefetch_related("texts"), page=page, page_size=page_size)
    return Page(count=found.count, results=all_flattened(map(_summary, found.results), lang))


def plan_with(learner_id: UUID | None, key: str, *, lang: str | None = None) -> Document:
    """Return a ready plan or one of the learner's. Three queries. Raises PlanUnknown."""
    plan = _shown(learner_id).filter(_called(key)).first()
    if plan is None:
        raise PlanUnknown
    [document] = all_flattened([document_of(plan)], lang)
    return document


def plan_behind(secret: str, *, lang: str | None = None) -> Document:
    """Return the plan that a link shows. Three queries. Raises LinkUnknown."""
    shared = _with_share(Plan.objects.filter(share__digest=digest_of(secret), withdrawn_at=None))
    plan = shared.first() if SECRET_FORM.fullmatch(secret) else None
    if plan is None:
        raise LinkUnknown
    [document] = all_flattened([document_of(plan)], lang)
    return document


def own_plan(owner_id: UUID, key: str, *, is_locked: bool = False) -> Plan:
    """Return a plan that its owner may change. One query, two for none. Raises PlanUnknown or PlanIsReady."""
    plans = Plan.objects.select_for_update() if is_locked else Plan.objects.all()
    plan = plans.filter(_called(key), owner_id=owner_id, withdrawn_at=None).first()
    if plan is not None:
        return plan
    if Plan.objects.filter(_called(key), owner=None, withdrawn_at=None).exists():
        raise PlanIsReady
    raise PlanUnknown


def trained_plan(learner_id: UUID, key: str) -> Plan:
    """Return a plan that the learner may have trained by, withdrawn or not. One query. Raises PlanUnknown."""
    plan = Plan.objects.filter(_called(key)).filter(Q(owner=None) | Q(owner_id=learner_id)).first()
    if plan is None:
        raise PlanUnknown
    return plan


def trained_plans(learner_id: UUID, keys: Iterable[str]) -> dict[str, Plan]:
    """Return the plans of these keys that the learner may have trained by, withdrawn or not. One query."""
    wanted = set(keys)
    ids = {key for key in wanted if UUID_FORM.fullmatch(key)}
    plans = Plan.objects.filter(Q(owner=None) | Q(owner_id=learner_id), Q(pk__in=ids) | Q(slug__in=wanted - ids))
    by_key = {name: plan for plan in plans for name in (str(plan.pk), plan.slug)}
    return {key: by_key[key] for key in wanted if key in by_key}


def document_of(plan: Plan) -> Document:
    """Return the whole plan. Two queries, and one more unless `is_shared` was asked with it."""
    blocks = [_block(block) for block in PlanBlock.objects.filter(plan=plan).order_by("number")]
    return _summary(plan) | {"prepare_s": plan.prepare_s, "blocks": blocks}


def _shown(learner_id: UUID | None) -> QuerySet[Any]:
    readable = Q(owner=None) if learner_id is None else Q(owner=None) | Q(owner_id=learner_id)
    return _with_share(Plan.objects.filter(readable, withdrawn_at=None))


def _with_share(plans: QuerySet[Any]) -> QuerySet[Any]:
    shown: QuerySet[Any] = plans.annotate(is_shared=Exists(PlanShare.objects.filter(plan=OuterRef("pk"))))
    return shown


def _called(key: str) -> Q:
    return Q(pk=key) if UUID_FORM.fullmatch(key) else Q(slug=key)


def _summary(plan: Any) -> Document:
    texts = list(plan.texts.all())
    is_shared = getattr(plan, "is_shared", None)
    return {
        "id": plan.key,
        "is_ready": plan.owner_id is None,
        "is_shared": PlanShare.objects.filter(plan=plan).exists() if is_shared is None else is_shared,
        "belt": Belt(plan.belt).code if plan.belt else None,
        "name": by_language(texts, "name"),
        "description": by_language(texts, "text"),
        "about_s": plan.about_s,
        "updated_at": plan.updated_at,
    }


def _block(row: PlanBlock) -> Document:
    """Return a block as `plan_of` reads it."""
    length = {"work_s": row.work_s} if row.work_s is not None else {"repetitions": row.repetitions}
    rest = {"rounds": row.rounds, "rest_s": row.rest_s, "signals": row.signals.split(), "note": row.note}
    return {"kind": row.kind, "slug": row.slug, **length, **rest}
