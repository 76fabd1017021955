"""Deciding to tell somebody something, once. Sending is delivery.py's."""

from datetime import date, datetime

from django.db import transaction

from handbook.accounts.models import User
from handbook.accounts.selectors import locked_user, profile_of
from handbook.notifications import selectors
from handbook.notifications.clocks import clock_of
from handbook.notifications.kinds import FACTS, Context, Kind, checked
from handbook.notifications.models import Delivery, Notification, Reason, State


@transaction.atomic
def notify(*, user: User, kind: Kind, context: Context, at: datetime) -> Notification:
    """Plan a message for the user's local day and return it, or the one that this day has already.

    It is dropped, with its reason, when nothing can take it, when its reader has heard enough that day, or when quiet
    hours last until the day is over. Raises ValueError when the context is not what the kind needs.
    """
    checked(kind, context)
    locked_user(user.pk)
    clock = clock_of(profile_of(user))
    local_day = clock.day(at)
    key = {"user": user, "kind": kind, "about": _about(kind, context), "local_day": local_day}
    known = Notification.objects.filter(**key).first()
    if known:
        return known
    ways = selectors.ways_to(user, kind)
    due_at = clock.first_disturbable(at)
    reason = _reason_against(user, local_day, nowhere=not ways, quiet=due_at is None)
    state = State.DROPPED if reason else State.WAITING
    planned = Notification.objects.create(**key, context=dict(context), planned_at=at, state=state, reason=reason)
    if not reason and due_at:
        Delivery.objects.bulk_create(
            Delivery(notification=planned, channel=channel, device=device, due_at=due_at) for channel, device in ways
        )
    return planned


def _about(kind: Kind, context: Context) -> str:
    name = FACTS[kind].about
    return str(context[name]) if name else ""


def _reason_against(user: User, local_day: date, *, nowhere: bool, quiet: bool) -> Reason | str:
    """Return why a message is not sent; empty when it is."""
    if nowhere:
        return Reason.NOWHERE
    if quiet:
        return Reason.QUIET_HOURS
    heard_enough = selectors.sent_on(user, local_day) >= selectors.at_most_a_day(user)
    return Reason.DAILY_LIMIT if heard_enough else ""
