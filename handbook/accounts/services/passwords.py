"""Changing a password, with or without knowing the old one."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmation
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from handbook.accounts import selectors, tasks
from handbook.accounts.mail_budget import take_mail
from handbook.accounts.mailing import queue_after_commit, queue_or_refuse
from handbook.accounts.models import TokenFamily, User
from handbook.accounts.problems import InvalidField, LinkNotValid
from handbook.accounts.services.sign_ins import checked_user, end_families


def refuse_weak_password(password: str, *, user: User, field: str) -> None:
    """Raise InvalidField that names `field` unless AUTH_PASSWORD_VALIDATORS accept the password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidField(field, error.messages) from error


def change_password(*, request: HttpRequest, user: User, old_password: str, new_password: str) -> None:
    """Set a new password and sign the user out everywhere, here too.

    Raises InvalidField for a wrong old password, which counts towards the lock-out as a failed sign-in does,
    and for a weak new one.
    """
    if checked_user(request=request, email=user.email, password=old_password) is None:
        raise InvalidField("old_password", ["This is not your password."])
    refuse_weak_password(new_password, user=user, field="new_password")
    with transaction.atomic():
        _set_password(user, new_password)


def request_reset(*, email: str) -> None:
    """Have the worker mail a link, if there is somebody to mail it to; the request does not even look.

    Raises MailUnavailable.
    """
    if take_mail(email):
        queue_or_refuse(tasks.mail_password_reset, email)


@transaction.atomic
def reset_password(*, key: str, password: str) -> None:
    """Set a password for whoever received this key. That they did also verifies their address and lifts a lock-out.

    Raises LinkNotValid for a key that is wrong, used or older than PASSWORD_RESET_TIMEOUT, InvalidField for a weak
    password, which leaves the key usable.
    """
    user = _locked_user_of(key)
    if user is None:
        raise LinkNotValid
    refuse_weak_password(password, user=user, field="password")
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    EmailConfirmation.objects.filter(email_address__user=user).delete()
    _set_password(user, password)
    AxesProxyHandler.reset_attempts(username=user.email)


def _locked_user_of(key: str) -> User | None:
    user_hex, _, token = key.partition("-")
    try:
        user_id = uuid.UUID(hex=user_hex)
    except ValueError:
        return None
    user = selectors.locked_user(user_id)
    if user is None or not user.is_active or not default_token_generator.check_token(user, token):
        return None
    return user


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    end_families(user=user, reason=TokenFamily.Reason.PASSWORD_CHANGED)
    queue_after_commit(tasks.mail_password_changed, str(user.pk))
