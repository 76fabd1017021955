import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_add_quiet_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notification_preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "at_most_a_day",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(20),
                        ],
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "preferences",
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(choices=[("web_push", "Web push"), ("mobile_push", "Mobile push")], max_length=12),
                ),
                ("address", models.CharField(max_length=2000, unique=True)),
                ("p256dh", models.CharField(blank=True, max_length=88)),
                ("auth", models.CharField(blank=True, max_length=24)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("dropped", "Not sent")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nowhere", "No device and no channel to send it by"),
                            ("daily_limit", "As many messages as its reader wants in a day"),
                            ("quiet_hours", "Quiet hours last until the day is over"),
                            ("day_over", "The day was over before it could be sent"),
                            ("switched_off", "Its reader switched it off"),
                            ("device_gone", "The device does not take messages any more"),
                            ("refused", "The provider refused it"),
                            ("given_up", "The provider did not take it in many tries"),
                        ],
                        max_length=12,
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reviews_due", "Reviews due"),
                            ("training_today", "Training today"),
                            ("grading_near", "Grading near"),
                            ("streak_at_risk", "Streak at risk"),
                            ("club_message", "Message from the club"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=64)),
                ("local_day", models.DateField()),
                ("context", models.JSONField(help_text="What the kind needs: see FACTS in kinds.py.")),
                ("planned_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("dropped", "Not sent")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nowhere", "No device and no channel to send it by"),
                            ("daily_limit", "As many messages as its reader wants in a day"),
                            ("quiet_hours", "Quiet hours last until the day is over"),
                            ("day_over", "The day was over before it could be sent"),
                            ("switched_off", "Its reader switched it off"),
                            ("device_gone", "The device does not take messages any more"),
                            ("refused", "The provider refused it"),
                            ("given_up", "The provider did not take it in many tries"),
                        ],
                        max_length=12,
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[("web_push", "Web push"), ("mobile_push", "Mobile push"), ("email", "E-mail")],
                        max_length=12,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("remark", models.CharField(blank=True, help_text="What the provider last said.", max_length=200)),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notifications.device",
                    ),
                ),
                (
                    "notification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notifications.notification",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="Switch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reviews_due", "Reviews due"),
                            ("training_today", "Training today"),
                            ("grading_near", "Grading near"),
                            ("streak_at_risk", "Streak at risk"),
                            ("club_message", "Message from the club"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("web_push", "Web push"), ("mobile_push", "Mobile push"), ("email", "E-mail")],
                        max_length=12,
                    ),
                ),
                ("is_on", models.BooleanField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "switches",
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reviews_due", "Reviews due"),
                            ("training_today", "Training today"),
                            ("grading_near", "Grading near"),
                            ("streak_at_risk", "Streak at risk"),
                            ("club_message", "Message from the club"),
                        ],
                        max_length=20,
                    ),
                ),
                ("local_day", models.DateField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "asked",
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="asked_once_a_kind")],
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("auth", ""), ("channel", "mobile_push"), ("p256dh", "")),
                    models.Q(
                        ("channel", "web_push"),
                        models.Q(("p256dh", ""), _negated=True),
                        models.Q(("auth", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="device_keys_of_web_push",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["user", "local_day"], name="notification_by_day"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("user", "kind", "about", "local_day"), name="notification_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "dropped"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="notification_dropped_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="delivery_waiting"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("notification", "channel", "device"), name="delivery_once_a_device"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "dropped"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="delivery_dropped_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_sent_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.UniqueConstraint(fields=("user", "kind", "channel"), name="switch_once"),
        ),
    ]
