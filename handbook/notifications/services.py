"""Devices and preferences, changed by their owner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from handbook.accounts.models import User
from handbook.accounts.selectors import locked_user
from handbook.notifications import selectors
from handbook.notifications.channels import mobile_push
from handbook.notifications.kinds import Channel, Kind
from handbook.notifications.models import MOST_DEVICES, Device, Preferences, Switch
from handbook.notifications.problems import ChannelNotConfigured, DeviceUnknown, TooManyDevices


@transaction.atomic
def register_device(
    *, user: User, channel: Channel, address: str, p256dh: str = "", auth: str = ""
) -> tuple[Device, bool]:
    """Return the device and whether it is new to its user.

    An address is one browser or phone: whoever signs in there last is told. Raises ChannelNotConfigured and
    TooManyDevices.
    """
    _refuse_unconfigured(channel)
    locked_user(user.pk)
    is_new = not selectors.devices_of(user).filter(address=address).exists()
    if is_new and selectors.devices_of(user).count() >= MOST_DEVICES:
        raise TooManyDevices(MOST_DEVICES)
    given: dict[str, Any] = {"user": user, "channel": channel, "p256dh": p256dh, "auth": auth}
    if is_new:
        given["created_at"] = timezone.now()
    device, _ = Device.objects.update_or_create(address=address, defaults=given)
    return device, is_new


def delete_device(*, user: User, device_id: UUID) -> None:
    """Raises DeviceUnknown, also for somebody else's."""
    deleted, _ = selectors.devices_of(user).filter(pk=device_id).delete()
    if not deleted:
        raise DeviceUnknown


@transaction.atomic
def update_preferences(
    *, user: User, at_most_a_day: int | None, switches: Mapping[Kind, Mapping[Channel, bool]], replace: bool
) -> None:
    """Set what is given; the rest stays, or goes back to its default with `replace`."""
    locked_user(user.pk)
    if replace:
        Preferences.objects.filter(user=user).delete()
        Switch.objects.filter(user=user).delete()
    if at_most_a_day is not None:
        Preferences.objects.update_or_create(user=user, defaults={"at_most_a_day": at_most_a_day})
    rows = [
        Switch(user=user, kind=kind, channel=channel, is_on=is_on)
        for kind, channels in switches.items()
        for channel, is_on in channels.items()
    ]
    Switch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["is_on"]
    )


def _refuse_unconfigured(channel: Channel) -> None:
    is_set_up = settings.VAPID_PRIVATE_KEY if channel is Channel.WEB_PUSH else mobile_push.is_configured()
    if not is_set_up:
        raise ChannelNotConfigured(channel.label.lower())
