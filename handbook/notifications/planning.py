"""Asking the planners of all apps about people, once a local day, and planning what they say."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handbook.accounts.models import User
from handbook.accounts.selectors import locked_user, profile_of
from handbook.notifications.clocks import clock_of
from handbook.notifications.kinds import Context, Kind
from handbook.notifications.models import Asked
from handbook.notifications.notifying import notify
from handbook.notifications.registry import Planner


def plan(planner: Planner, user_ids: Sequence[UUID], *, local_day: date, at: datetime) -> int:
    """Ask about people, plan a message for each who is due, and return how many. Doing it twice changes nothing."""
    due = planner.due(user_ids, at)
    for user in User.objects.select_related("profile").filter(pk__in=user_ids).order_by("pk"):
        _plan_for(user, planner.kind, due.get(user.pk), local_day=local_day, at=at)
    return len(due)


@transaction.atomic
def _plan_for(user: User, kind: Kind, context: Context | None, *, local_day: date, at: datetime) -> None:
    """Plan and mark, both or neither, whenever a worker is killed; nothing when the day asked about is over."""
    locked_user(user.pk)
    if clock_of(profile_of(user)).day(at) != local_day:
        return
    if context is not None:
        notify(user=user, kind=kind, context=context, at=at)
    Asked.objects.update_or_create(user=user, kind=kind, defaults={"local_day": local_day})
