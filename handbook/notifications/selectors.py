"""Reads. Each says how many queries it makes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handbook.accounts.models import Profile, User
from handbook.accounts.selectors import has_verified_email
from handbook.notifications.clocks import zone_or_utc
from handbook.notifications.kinds import Channel, Kind, is_on_by_default
from handbook.notifications.models import (
    AT_MOST_A_DAY,
    Asked,
    Delivery,
    Device,
    Notification,
    Preferences,
    State,
    Switch,
)
from handbook.notifications.registry import Planner

Switches = Mapping[Kind, Mapping[Channel, bool]]


def devices_of(user: User) -> QuerySet[Device]:
    """No query yet."""
    return Device.objects.filter(user=user).order_by("created_at", "id")


def at_most_a_day(user: User) -> int:
    """One query."""
    found = Preferences.objects.filter(user=user).values_list("at_most_a_day", flat=True).first()
    return AT_MOST_A_DAY if found is None else found


def switches_of(user: User) -> Switches:
    """Return what is on, by kind and channel. One query."""
    chosen = {(row.kind, row.channel): row.is_on for row in Switch.objects.filter(user=user)}
    return {
        kind: {channel: chosen.get((kind, channel), is_on_by_default(kind, channel)) for channel in Channel}
        for kind in Kind
    }


def ways_to(user: User, kind: Kind) -> list[tuple[Channel, Device | None]]:
    """Return the ways by which a message of this kind goes out: each device, and mail to a proven address.

    Three queries.
    """
    is_on = switches_of(user)[kind]
    ways: list[tuple[Channel, Device | None]] = [
        (Channel(device.channel), device) for device in devices_of(user) if is_on[Channel(device.channel)]
    ]
    if is_on[Channel.EMAIL] and has_verified_email(user):
        ways.append((Channel.EMAIL, None))
    return ways


def sent_on(user: User, local_day: date) -> int:
    """Return how many messages this day has for the user, sent or still to be sent. One query."""
    return Notification.objects.filter(user=user, local_day=local_day).exclude(state=State.DROPPED).count()


def zones_in_use() -> list[str]:
    """Return the names of people's time zones. One query."""
    return list(Profile.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct())


def people_to_ask(planner: Planner, zones: Iterable[str], *, at: datetime) -> Iterator[tuple[date, list[UUID]]]:
    """Yield local days with the people whom this planner was not asked about yet. One query a day."""
    late_enough: dict[date, list[str]] = {}
    for name in zones:
        shown = at.astimezone(zone_or_utc(name))
        if shown.time() >= planner.asked_from:
            late_enough.setdefault(shown.date(), []).append(name)
    for local_day, names in sorted(late_enough.items()):
        asked = Asked.objects.filter(user=OuterRef("pk"), kind=planner.kind, local_day__gte=local_day)
        people = _reachable(planner.kind).filter(~Exists(asked), profile__time_zone__in=names).order_by("pk")
        yield local_day, list(people.values_list("pk", flat=True))


def due_deliveries(*, at: datetime, limit: int) -> list[UUID]:
    """Return what may be tried now, the longest due first. One query."""
    waiting = Delivery.objects.filter(state=State.WAITING, due_at__lte=at).order_by("due_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:limit])


def delivery_with(delivery_id: UUID) -> Delivery:
    """Return it with its message, person and device. One query."""
    related = ("notification__user__profile", "device")
    return Delivery.objects.select_related(*related).get(pk=delivery_id)


def _reachable(kind: Kind) -> QuerySet[User]:
    """Return active people with a device, or to whom this kind is mailed."""
    mailed = Switch.objects.filter(user=OuterRef("pk"), kind=kind, channel=Channel.EMAIL)
    by_mail = (
        ~Exists(mailed.filter(is_on=False))
        if is_on_by_default(kind, Channel.EMAIL)
        else Exists(mailed.filter(is_on=True))
    )
    return User.objects.filter(Q(Exists(Device.objects.filter(user=OuterRef("pk")))) | Q(by_mail), is_active=True)
