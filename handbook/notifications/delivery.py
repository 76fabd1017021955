"""Sending what was planned: claimed before, recorded after, tried again later when time may mend it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from handbook.accounts.selectors import profile_of
from handbook.notifications import selectors
from handbook.notifications.channels import mail, mobile_push, web_push
from handbook.notifications.channels.message import Message
from handbook.notifications.channels.outcomes import DeviceGone, NotSent, TryLater
from handbook.notifications.clocks import clock_of
from handbook.notifications.kinds import FACTS, Channel, Kind
from handbook.notifications.models import Delivery, Notification, Reason, State
from handbook.notifications.texts import text_of

CLAIM = timedelta(minutes=5)  # longer than a task may take; then another worker may try
WAITS_MIN = (1, 2, 5, 15, 30, 60, 120)
MOST_TRIES = len(WAITS_MIN) + 1
PUSH = {Channel.WEB_PUSH: web_push.send, Channel.MOBILE_PUSH: mobile_push.send}


def deliver(delivery_id: UUID, *, at: datetime) -> str:
    """Send one message by one way, unless another worker is at it, and return what came of it."""
    if not _claim(delivery_id, at=at):
        return "not due"
    delivery = selectors.delivery_with(delivery_id)
    if reason := _reason_against(delivery, at=at):
        return _drop(delivery, reason)
    if later := _postponed_to(delivery, at=at):
        return _postpone(delivery, later)
    try:
        _send(delivery, at=at)
    except NotSent as failure:
        return _answer(delivery, failure, at=at)
    return _finish(delivery, State.SENT, sent_at=at)


def _answer(delivery: Delivery, failure: NotSent, *, at: datetime) -> str:
    if isinstance(failure, DeviceGone):
        return _forget_device(delivery, failure)
    if isinstance(failure, TryLater):
        return _try_later(delivery, failure, at=at)
    return _drop(delivery, Reason.REFUSED, remark=failure.remark)


def _claim(delivery_id: UUID, *, at: datetime) -> bool:
    """Take the delivery until the claim runs out: one statement, so that of two workers one has it."""
    due = Delivery.objects.filter(pk=delivery_id, state=State.WAITING, due_at__lte=at)
    return bool(due.update(due_at=at + CLAIM, tried_at=at, tries=F("tries") + 1))


def _reason_against(delivery: Delivery, *, at: datetime) -> Reason | None:
    """Return what has changed since it was planned so that it must not be sent any more."""
    told = delivery.notification
    if clock_of(profile_of(told.user)).day(at) != told.local_day:
        return Reason.DAY_OVER
    channel = Channel(delivery.channel)
    if not told.user.is_active or not selectors.switches_of(told.user)[Kind(told.kind)][channel]:
        return Reason.SWITCHED_OFF
    if channel in PUSH and (delivery.device is None or delivery.device.user_id != told.user_id):
        return Reason.DEVICE_GONE
    return Reason.GIVEN_UP if delivery.tries > MOST_TRIES else None


def _postponed_to(delivery: Delivery, *, at: datetime) -> datetime | None:
    """Return when quiet hours end that are now; the end of the day when they last longer than that."""
    clock = clock_of(profile_of(delivery.notification.user))
    return (clock.first_disturbable(at) or clock.day_ends(at)) if clock.is_quiet(at) else None


def _send(delivery: Delivery, *, at: datetime) -> None:
    """Raises NotSent."""
    told = delivery.notification
    message = message_of(told, at=at)
    send = PUSH.get(Channel(delivery.channel))
    if send and delivery.device:
        send(message, delivery.device, at=at)
    else:
        mail.send(message, told.user.email)


def message_of(told: Notification, *, at: datetime) -> Message:
    """Return the message in the reader's language of now, to be shown until their day is over."""
    profile = profile_of(told.user)
    kind = Kind(told.kind)
    text = text_of(kind, told.context, profile.language)
    return Message(
        tag=told.pk.hex,
        title=text.title,
        body=text.body,
        url=f"{settings.APP_URL}{FACTS[kind].opens}",
        language=profile.language,
        lives_s=max(0, int((clock_of(profile).day_ends(at) - at).total_seconds())),
    )


def _forget_device(delivery: Delivery, gone: DeviceGone) -> str:
    with transaction.atomic():
        done = _drop(delivery, Reason.DEVICE_GONE, remark=gone.remark)
        if delivery.device:
            delivery.device.delete()
    return done


def _try_later(delivery: Delivery, failure: TryLater, *, at: datetime) -> str:
    if delivery.tries >= MOST_TRIES:
        return _drop(delivery, Reason.GIVEN_UP, remark=failure.remark)
    wait = timedelta(minutes=WAITS_MIN[delivery.tries - 1])
    if failure.after_s is not None:
        wait = max(wait, timedelta(seconds=failure.after_s))
    Delivery.objects.filter(pk=delivery.pk).update(due_at=at + wait, remark=failure.remark)
    return "later"


def _postpone(delivery: Delivery, to: datetime) -> str:
    """A moved delivery was not tried."""
    Delivery.objects.filter(pk=delivery.pk).update(due_at=to, tries=F("tries") - 1, tried_at=None)
    return "later"


def _drop(delivery: Delivery, reason: Reason, *, remark: str = "") -> str:
    return _finish(delivery, State.DROPPED, reason=reason, remark=remark or delivery.remark)


@transaction.atomic
def _finish(delivery: Delivery, state: State, **fields: object) -> str:
    """End the delivery, and its message with the last of them: sent when one was.

    Of two workers, because the first was slower than its claim, the first to end it is believed.
    """
    told = Notification.objects.select_for_update().get(pk=delivery.notification_id)
    Delivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(state=state, **fields)
    _settle(told)
    return str(fields.get("reason", state))


def _settle(told: Notification) -> None:
    ends = list(told.deliveries.order_by("pk").values_list("state", "reason"))
    if any(state == State.SENT for state, _ in ends):
        told.state = State.SENT
    elif all(state == State.DROPPED for state, _ in ends):
        told.state, told.reason = State.DROPPED, ends[-1][1]
    told.save(update_fields=["state", "reason"])
