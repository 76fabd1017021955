"""Where people are reached, what they want to hear, and what was sent to them."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from handbook.notifications.kinds import Channel, Kind

LONGEST_ADDRESS = 2000
AT_MOST_A_DAY = 3
MOST_A_DAY = 20
MOST_DEVICES = 20  # of one person
PUSH_CHANNELS = [(channel.value, channel.label) for channel in (Channel.WEB_PUSH, Channel.MOBILE_PUSH)]


class Device(models.Model):
    """A browser or a phone; `address` is the endpoint of its subscription or its FCM token, and its owner's secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    channel = models.CharField(max_length=12, choices=PUSH_CHANNELS)
    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    p256dh = models.CharField(max_length=88, blank=True)
    auth = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel="mobile_push", p256dh="", auth="")
                | (models.Q(channel="web_push") & ~models.Q(p256dh="") & ~models.Q(auth="")),
                name="device_keys_of_web_push",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} since {self.created_at:%Y-%m-%d}"


class Preferences(models.Model):
    """How often somebody wants to hear of us. Quiet hours and time zone are in the profile."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notification_preferences"
    )
    at_most_a_day = models.PositiveSmallIntegerField(
        default=AT_MOST_A_DAY, validators=[MinValueValidator(0), MaxValueValidator(MOST_A_DAY)]
    )

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"at most {self.at_most_a_day} a day"


class Switch(models.Model):
    """One kind by one channel, switched on or off by its reader; where no row is, the default of the kind holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=12, choices=Channel)
    is_on = models.BooleanField()

    class Meta:
        verbose_name_plural = "switches"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="switch_once")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}: {'on' if self.is_on else 'off'}"


class Asked(models.Model):
    """The local day on which a planner was last asked about somebody, so that it is asked once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    local_day = models.DateField()

    class Meta:
        verbose_name_plural = "asked"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="asked_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.local_day}"


class Reason(models.TextChoices):
    """Why a message or a delivery was not sent."""

    NOWHERE = "nowhere", "No device and no channel to send it by"
    DAILY_LIMIT = "daily_limit", "As many messages as its reader wants in a day"
    QUIET_HOURS = "quiet_hours", "Quiet hours last until the day is over"
    DAY_OVER = "day_over", "The day was over before it could be sent"
    SWITCHED_OFF = "switched_off", "Its reader switched it off"
    DEVICE_GONE = "device_gone", "The device does not take messages any more"
    REFUSED = "refused", "The provider refused it"
    GIVEN_UP = "given_up", "The provider did not take it in many tries"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not sent"


class Outgoing(models.Model):
    """What has been decided to be sent: waiting, sent, or dropped for a reason."""

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)

    class Meta:
        abstract = True


CONSISTENT = models.Q(state="dropped") & ~models.Q(reason="") | (~models.Q(state="dropped") & models.Q(reason=""))


class Notification(Outgoing):
    """One message to one person. There is one a kind and local day, unless `about` parts them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=64, blank=True)
    local_day = models.DateField()
    context = models.JSONField(help_text="What the kind needs: see FACTS in kinds.py.")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "about", "local_day"], name="notification_once_a_day"),
            models.CheckConstraint(condition=CONSISTENT, name="notification_dropped_for_a_reason"),
        ]
        indexes = [models.Index(fields=["user", "local_day"], name="notification_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.local_day}"


class Delivery(Outgoing):
    """One message by one way. `due_at` is when it may be tried next; who tries it moves that on first.

    `tried_at` is written before the provider is asked, the state after: a worker that dies in between leaves a row that
    says so, and another tries again with the same id, by which receivers replace what they have.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel)
    device = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, blank=True, help_text="What the provider last said.")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel", "device"], name="delivery_once_a_device"),
            models.CheckConstraint(condition=CONSISTENT, name="delivery_dropped_for_a_reason"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="delivery_sent_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="delivery_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.channel}: {self.state}"
