"""Plans that learners make, and the links by which they show them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from handbook.accounts.selectors import locked_user
from handbook.common.query import LANGUAGES
from handbook.training.link_secrets import digest_of, new_secret
from handbook.training.models import EVERY_LANGUAGE, Plan, PlanBlock, PlanShare, PlanText
from handbook.training.problems import IdTaken, TooManyPlans
from handbook.training.selectors.plans import document_of, own_plan
from handbook.training.wishes import Wish
from tkd_rules.grading import parse_belt
from tkd_rules.training.plans import SIGNALS, block_data, plan_of
from tkd_rules.training.plans import Plan as Trained

MOST_PLANS = 200


@transaction.atomic
def create_plan(*, owner_id: UUID, plan_id: UUID | None, wish: Wish) -> tuple[dict[str, Any], bool]:
    """Return the plan as its owner reads it, and whether it is new: sending it again changes nothing.

    Raises IdTaken, or TooManyPlans.
    """
    locked_user(owner_id)  # so that nobody makes two at once where there is room for one
    if plan_id and (held := Plan.objects.filter(pk=plan_id).first()):
        document = document_of(held)
        if held.owner_id != owner_id or held.withdrawn_at or not _is_as_wished(document, wish):
            raise IdTaken
        return document, False
    if Plan.objects.filter(owner_id=owner_id, withdrawn_at=None).count() >= MOST_PLANS:
        raise TooManyPlans(MOST_PLANS)
    plan = Plan(pk=plan_id or uuid4(), owner_id=owner_id)
    try:
        with transaction.atomic():
            _write(plan, wish, is_new=True)
    except IntegrityError as error:  # somebody else has just taken the id
        raise IdTaken from error
    return document_of(plan), True


@transaction.atomic
def replace_plan(*, owner_id: UUID, key: str, wish: Wish) -> dict[str, Any]:
    """Return the plan as it is now. Raises PlanUnknown or PlanIsReady."""
    plan = own_plan(owner_id, key, is_locked=True)
    _write(plan, wish)
    return document_of(plan)


@transaction.atomic
def delete_plan(*, owner_id: UUID, key: str) -> None:
    """Withdraw a plan and its link; the diary keeps what was trained by it. Raises PlanUnknown or PlanIsReady."""
    plan = own_plan(owner_id, key, is_locked=True)
    PlanShare.objects.filter(plan=plan).delete()
    plan.withdrawn_at = timezone.now()
    plan.save(update_fields=["withdrawn_at"])


@transaction.atomic
def share_plan(*, owner_id: UUID, key: str) -> str:
    """Return the secret of a new link; one that there was leads nowhere from now on.

    Raises PlanUnknown or PlanIsReady.
    """
    plan = own_plan(owner_id, key, is_locked=True)
    secret = new_secret()
    values = {"digest": digest_of(secret), "created_at": timezone.now()}
    PlanShare.objects.update_or_create(plan=plan, defaults=values)
    return secret


def unshare_plan(*, owner_id: UUID, key: str) -> None:
    """Raises PlanUnknown or PlanIsReady."""
    PlanShare.objects.filter(plan=own_plan(owner_id, key)).delete()


def write_blocks(plan: Plan, trained: Trained) -> None:
    """Put these blocks in the place of those that the plan has."""
    PlanBlock.objects.filter(plan=plan).delete()
    PlanBlock.objects.bulk_create(
        PlanBlock(
            plan=plan,
            number=number,
            kind=block.kind,
            slug=block.slug,
            work_s=block.work_s,
            repetitions=block.repetitions,
            rounds=block.rounds,
            rest_s=block.rest_s,
            signals=" ".join(sorted(block.signals, key=SIGNALS.index)),
            note=block.note,
        )
        for number, block in enumerate(trained.blocks, start=1)
    )


def measure(plan: Plan) -> None:
    """Work out anew how long a plan takes whose blocks an editor changed."""
    document = document_of(plan)
    plan.about_s = plan_of(document).about_s if document["blocks"] else 0
    plan.updated_at = timezone.now()
    plan.save(update_fields=["about_s", "updated_at"])


def _write(plan: Plan, wish: Wish, *, is_new: bool = False) -> None:
    plan.belt, plan.updated_at = wish.belt, timezone.now()
    plan.prepare_s, plan.about_s = wish.trained.prepare_s, wish.trained.about_s
    plan.save(force_insert=is_new)  # or an id that exists would be written over
    values = {"name": wish.name, "text": wish.description}
    PlanText.objects.update_or_create(plan=plan, lang=EVERY_LANGUAGE, defaults=values)
    write_blocks(plan, wish.trained)


def _is_as_wished(document: Mapping[str, Any], wish: Wish) -> bool:
    blocks = [block_data(block) for block in wish.trained.blocks]
    wished = (*(dict.fromkeys(LANGUAGES, text) for text in (wish.name, wish.description)), wish.belt, blocks)
    belt = document["belt"] and parse_belt(document["belt"]).rank
    held = (document["name"], document["description"], belt, document["blocks"])
    return held == wished and document["prepare_s"] == wish.trained.prepare_s
