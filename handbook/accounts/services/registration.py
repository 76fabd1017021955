"""Signing up, proving an address, and what the admin and commands create."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from handbook.accounts import selectors, tasks
from handbook.accounts.mail_budget import take_mail
from handbook.accounts.models import Profile, User
from handbook.accounts.problems import LinkNotValid
from handbook.accounts.services.passwords import refuse_weak_password


def sign_up(*, email: str, password: str, **profile: Any) -> None:
    """Create an account and mail its address, or mail a known address that it has one already.

    Neither the answer nor its duration says which of the two happened. An address that nobody has verified
    belongs to nobody: signing up again replaces its password and voids the links sent before.
    Raises InvalidField for a weak password.
    """
    refuse_weak_password(password, user=User(email=email), field="password")
    if not take_mail(email):
        return
    user = selectors.user_with_email(email)
    if user is None:
        _create_unverified(email=email, password=password, **profile)
    elif selectors.has_verified_email(user):
        make_password(password)  # the same work as in the other cases
        tasks.mail_already_registered.delay(str(user.pk))
    else:
        _start_again(user_id=user.pk, password=password, **profile)


def _create_unverified(*, email: str, password: str, **profile: Any) -> None:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, email_is_verified=False, **profile)
            _send_link(user)
    except IntegrityError:
        return  # somebody signed up with the same address at the same moment; that one's mail is on its way


@transaction.atomic
def _start_again(*, user_id: uuid.UUID, password: str, **profile: Any) -> None:
    user = selectors.locked_user(user_id)
    if user is None or selectors.has_verified_email(user):
        return
    user.set_password(password)
    user.save(update_fields=["password"])
    Profile.objects.filter(user=user).update(**profile)
    EmailConfirmation.objects.filter(email_address__user=user).delete()
    _send_link(user)


@transaction.atomic
def resend_verification(*, email: str) -> None:
    """Mail another link when the address waits to be verified; otherwise nothing happens, visibly to nobody."""
    if not take_mail(email):
        return
    user = selectors.user_with_email(email)
    if user is None or selectors.has_verified_email(user):
        return
    _send_link(user)


def _send_link(user: User) -> None:
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    confirmation = EmailConfirmation.create(address)
    confirmation.sent = timezone.now()
    confirmation.save(update_fields=["sent"])
    transaction.on_commit(lambda: tasks.mail_verification.delay(confirmation.pk))


@transaction.atomic
def verify_email(*, key: str) -> None:
    """Mark the address that was sent this key as verified, once. Raises LinkNotValid."""
    confirmation = selectors.valid_confirmation(key)
    if confirmation is None:
        raise LinkNotValid
    mark_email_verified(user=confirmation.email_address.user)


def mark_email_verified(*, user: User) -> None:
    """Make the address that the user signs in with their one verified address, and void its links."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    address.verified = address.primary = True
    address.save(update_fields=["verified", "primary"])
    EmailConfirmation.objects.filter(email_address=address).delete()


@transaction.atomic
def store_from_admin(*, user: User) -> None:
    """Save a user whom an administrator entered or changed; the administrator answers for the address."""
    user.save()
    Profile.objects.get_or_create(user=user)
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    mark_email_verified(user=user)
