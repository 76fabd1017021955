"""Who signs in, what we know about them, and the families their refresh tokens belong to."""

import uuid
from collections.abc import Iterable
from datetime import time
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from tkd_rules.grading import BELT_CODES

BEGINNERS_BELT = BELT_CODES[0]


def normalised_email(email: str) -> str:
    """Return the one form in which an address is stored, looked up and counted."""
    return email.strip().lower()


# Files of the time zone folder that name no place: whatever this machine is set to, and "not set yet".
NO_PLACES = {"localtime", "Factory"}


@cache
def known_time_zones() -> frozenset[str]:
    """Return every IANA name of this machine; the first call reads the time zone folder."""
    return frozenset(available_timezones() - NO_PLACES)


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone such as Europe/Warsaw."""
    if name not in known_time_zones():
        raise ValidationError("Give an IANA time zone, for example Europe/Warsaw.")


class Role(models.TextChoices):
    STUDENT = "student", "Student"
    COACH = "coach", "Coach"
    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Admin"


STAFF_ROLES = (Role.EDITOR, Role.ADMIN)


class Language(models.TextChoices):
    POLISH = "pl", "Polski"
    ENGLISH = "en", "English"
    KOREAN = "ko", "한국어"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalised_email(username or ""))

    @transaction.atomic
    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        role: Role = Role.STUDENT,
        email_is_verified: bool = True,
        **profile: Any,
    ) -> "User":
        """Create a user with profile and address; only a sign-up leaves the address to be verified.

        Raises IntegrityError when the address is taken, in whatever case it is written.
        """
        user = self.model(email=email, role=role)
        user.set_password(password)
        user.save(using=self._db)
        Profile.objects.create(user=user, **profile)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=email_is_verified)
        return user

    def create_superuser(self, email: str, password: str | None = None) -> "User":
        return self.create_user(email, password, role=Role.ADMIN)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the login; `is_staff` and `is_superuser` follow the role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The plain unique index serves every sign-in; the constraint below also refuses what differs in capitals only.
    email = models.EmailField("e-mail", max_length=254, unique=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)
    is_staff = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField("active", default=True, help_text="Take this away instead of deleting the account.")
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", violation_error_message="This address has an account already."
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=STAFF_ROLES, is_staff=True)
                | (~models.Q(role__in=STAFF_ROLES) & models.Q(is_staff=False)),
                name="user_staff_follows_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.ADMIN, is_superuser=True)
                | (~models.Q(role=Role.ADMIN) & models.Q(is_superuser=False)),
                name="user_superuser_follows_role",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return normalised_email(username)

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.email = normalised_email(self.email)
        self.is_staff = self.role in STAFF_ROLES
        self.is_superuser = self.role == Role.ADMIN
        if update_fields is not None:
            update_fields = _with_flags_of_role(set(update_fields))
        super().save(update_fields=update_fields, **kwargs)


def _with_flags_of_role(fields: set[str]) -> set[str]:
    return fields | {"is_staff", "is_superuser"} if "role" in fields else fields


class Profile(models.Model):
    """What a person tells about themselves; everything has a default, so that nobody must."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    display_name = models.CharField(max_length=80, blank=True)
    belt = models.CharField(max_length=5, choices=[(code, code) for code in BELT_CODES], default=BEGINNERS_BELT)
    language = models.CharField(max_length=2, choices=Language, default=Language.POLISH)
    time_zone = models.CharField(max_length=64, default="Europe/Warsaw")
    quiet_from = models.TimeField(default=time(22), db_default=time(22))
    quiet_until = models.TimeField(default=time(7), db_default=time(7), help_text="The same as from: no quiet hours.")

    def __str__(self) -> str:
        return self.display_name or str(self.user)

    def clean(self) -> None:
        try:
            validate_time_zone(self.time_zone)
        except ValidationError as error:
            raise ValidationError({"time_zone": error.messages}) from error


class TokenFamily(models.Model):
    """One sign-in on one device: the refresh tokens that followed from it, of which only `current_jti` is good."""

    class Reason(models.TextChoices):
        SIGNED_OUT = "signed_out", "Signed out"
        TOKEN_REUSED = "token_reused", "A refresh token was used twice"
        PASSWORD_CHANGED = "password_changed", "The password was changed"
        DEACTIVATED = "deactivated", "The account was deactivated"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_families")
    current_jti = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)

    class Meta:
        verbose_name_plural = "token families"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(reason="")),
                name="token_family_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d %H:%M}"
