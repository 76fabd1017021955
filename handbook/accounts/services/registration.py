"""Signing up, proving an address, and what the admin and commands create."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from handbook.accounts import selectors, tasks
from handbook.accounts.confirmations import new_confirmation
from handbook.accounts.mail_budget import take_mail
from handbook.accounts.mailing import queue_or_refuse
from handbook.accounts.models import Profile, User
from handbook.accounts.problems import InvalidField, LinkNotValid
from handbook.accounts.services.passwords import refuse_weak_password
from handbook.accounts.services.sign_ins import checked_user

CHOSEN_BY_SOMEBODY_ELSE = (
    "This is not the password chosen at sign-up. Ask for a new one at /api/auth/password/reset/: "
    "setting it verifies the address too."
)


def sign_up(*, email: str, password: str, **profile: Any) -> None:
    """Create an account and mail its address, or mail a known address that it has one already.

    Neither the answer nor its duration says which of the two happened. An address that nobody has verified
    belongs to nobody: signing up again replaces its password and voids the links sent before.
    Raises InvalidField for a weak password, and MailUnavailable; then nothing was done.
    """
    refuse_weak_password(password, user=User(email=email), field="password")
    if not take_mail(email):
        return
    user = selectors.user_with_email(email)
    if user is None:
        _create_unverified(email=email, password=password, **profile)
    elif selectors.has_verified_email(user):
        make_password(password)  # the same work as in the other cases
        queue_or_refuse(tasks.mail_already_registered, str(user.pk))
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


def resend_verification(*, email: str) -> None:
    """Have the worker mail another link, if the address waits to be verified; the request does not even look.

    Raises MailUnavailable.
    """
    if take_mail(email):
        queue_or_refuse(tasks.mail_new_link, email)


def _send_link(user: User) -> None:
    queue_or_refuse(tasks.mail_verification, new_confirmation(user).pk)


def verify_email(*, request: HttpRequest, key: str, password: str) -> None:
    """Mark the address that was sent this key as verified, once, for whoever also knows the password of the sign-up.

    Anybody may sign up with anybody's address: reading its mail proves the address, and the password proves that
    it was the same person who chose it. Otherwise the owner would open the account of whoever signed up last.
    Raises LinkNotValid, and InvalidField for a wrong password, which counts towards the lock-out and leaves the key
    usable.
    """
    confirmation = selectors.valid_confirmation(key)
    if confirmation is None:
        raise LinkNotValid
    user = confirmation.email_address.user
    if checked_user(request=request, email=user.email, password=password) is None:
        raise InvalidField("password", [CHOSEN_BY_SOMEBODY_ELSE])
    _use_confirmation(key=key, user_id=user.pk)


@transaction.atomic
def _use_confirmation(*, key: str, user_id: uuid.UUID) -> None:
    """Raise LinkNotValid when another sign-up, with another password, has voided the key in between."""
    user = selectors.locked_user(user_id)
    if user is None or selectors.valid_confirmation(key) is None:
        raise LinkNotValid
    mark_email_verified(user=user)


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
