"""Reads. Each says how many queries it makes."""

import uuid
from datetime import datetime

from allauth.account.models import EmailAddress, EmailConfirmation
from django.db.models import Exists, OuterRef, QuerySet

from handbook.accounts.models import Profile, TokenFamily, User, normalised_email


def user_with_email(email: str) -> User | None:
    """One query."""
    return User.objects.filter(email=normalised_email(email)).first()


def has_verified_email(user: User) -> bool:
    """Return whether the address that the user signs in with is proven. One query."""
    return bool(EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists())


def profile_of(user: User) -> Profile:
    """Return the profile with its user attached. One query, none when it is loaded already."""
    return user.profile


def user_of_live_family(*, user_id: uuid.UUID, family_id: uuid.UUID) -> User | None:
    """Return the user, unless this family of theirs has ended. One query."""
    live = TokenFamily.objects.filter(pk=family_id, user=OuterRef("pk"), ended_at=None)
    return User.objects.filter(Exists(live), pk=user_id).first()


def locked_user(user_id: uuid.UUID) -> User | None:
    """Return the user, locked until the transaction ends. One query."""
    return User.objects.select_for_update().filter(pk=user_id).first()


def locked_family(family_id: uuid.UUID) -> TokenFamily | None:
    """Return the family with its user, the family's row locked until the transaction ends. One query."""
    families = TokenFamily.objects.select_for_update(of=("self",)).select_related("user")
    return families.filter(pk=family_id).first()


def valid_confirmation(key: str) -> EmailConfirmation | None:
    """Return the unexpired, unused confirmation with its address and user. One query."""
    confirmation: EmailConfirmation | None = EmailConfirmation.from_key(key)
    return confirmation


def families_expired_before(moment: datetime) -> QuerySet[TokenFamily]:
    """No query yet."""
    return TokenFamily.objects.filter(expires_at__lt=moment)
