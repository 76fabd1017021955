import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("student", "Student"), ("coach", "Coach"), ("editor", "Editor"), ("admin", "Admin")],
                        default="student",
                        max_length=10,
                    ),
                ),
                ("is_staff", models.BooleanField(default=False, editable=False)),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Take this away instead of deleting the account.", verbose_name="active"
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",  # noqa: E501
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=80)),
                (
                    "belt",
                    models.CharField(
                        choices=[
                            ("10kup", "10kup"),
                            ("9kup", "9kup"),
                            ("8kup", "8kup"),
                            ("7kup", "7kup"),
                            ("6kup", "6kup"),
                            ("5kup", "5kup"),
                            ("4kup", "4kup"),
                            ("3kup", "3kup"),
                            ("2kup", "2kup"),
                            ("1kup", "1kup"),
                            ("1dan", "1dan"),
                            ("2dan", "2dan"),
                            ("3dan", "3dan"),
                            ("4dan", "4dan"),
                            ("5dan", "5dan"),
                            ("6dan", "6dan"),
                            ("7dan", "7dan"),
                            ("8dan", "8dan"),
                            ("9dan", "9dan"),
                        ],
                        default="10kup",
                        max_length=5,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("pl", "Polski"), ("en", "English"), ("ko", "한국어")], default="pl", max_length=2
                    ),
                ),
                ("time_zone", models.CharField(default="Europe/Warsaw", max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="user_email_unique",
                violation_error_message="This address has an account already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_staff", True), ("role__in", ("editor", "admin"))),
                    models.Q(models.Q(("role__in", ("editor", "admin")), _negated=True), ("is_staff", False)),
                    _connector="OR",
                ),
                name="user_staff_follows_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_superuser", True), ("role", "admin")),
                    models.Q(models.Q(("role", "admin"), _negated=True), ("is_superuser", False)),
                    _connector="OR",
                ),
                name="user_superuser_follows_role",
            ),
        ),
    ]
