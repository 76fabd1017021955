"""Mail, sent by the worker: no request waits for it, and its duration tells nobody whether an account exists."""

import uuid
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmation
from celery import Task, shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from handbook.accounts import selectors
from handbook.accounts.confirmations import new_confirmation
from handbook.accounts.models import User

MAIL_FAILURES = (SMTPException, OSError)
LATE_COMMITS = 3  # seconds to wait for one


def reset_key(user: User) -> str:
    """Return what proves, once and for PASSWORD_RESET_TIMEOUT seconds, that its bearer reads this user's mail."""
    return f"{user.pk.hex}-{default_token_generator.make_token(user)}"


@shared_task(bind=True, autoretry_for=MAIL_FAILURES, retry_backoff=True, max_retries=5)
def mail_verification(self: Task[[int], None], confirmation_id: int) -> None:
    """Mail a key that was stored. The commit that stores it may be a moment behind: see queue_or_refuse."""
    confirmation = EmailConfirmation.objects.select_related("email_address__user").filter(pk=confirmation_id).first()
    if confirmation:
        _mail_link(confirmation.email_address.user, confirmation.key)
    elif self.request.retries < LATE_COMMITS:
        raise self.retry(countdown=1)


@shared_task(autoretry_for=MAIL_FAILURES, retry_backoff=True, max_retries=5)
def mail_new_link(email: str) -> None:
    """Mail another key to an address that waits to be verified, and nothing to any other."""
    user = selectors.user_with_email(email)
    if user and user.is_active and not selectors.has_verified_email(user):
        _mail_link(user, new_confirmation(user).key)


@shared_task(autoretry_for=MAIL_FAILURES, retry_backoff=True, max_retries=5)
def mail_already_registered(user_id: str) -> None:
    if user := _user(user_id):
        _mail(user, "already_registered", link=_link("password-reset"))


@shared_task(autoretry_for=MAIL_FAILURES, retry_backoff=True, max_retries=5)
def mail_password_reset(email: str) -> None:
    """Nothing goes to an address without an active account: we are no relay for strangers."""
    user = selectors.user_with_email(email)
    if user and user.is_active:
        _mail(user, "password_reset", link=_link("password-reset/confirm", key=reset_key(user)))


@shared_task(autoretry_for=MAIL_FAILURES, retry_backoff=True, max_retries=5)
def mail_password_changed(user_id: str) -> None:
    if user := _user(user_id):
        _mail(user, "password_changed", link=_link("password-reset"))


def _mail_link(user: User, key: str) -> None:
    _mail(user, "verify_email", link=_link("verify-email", key=key), reset_link=_link("password-reset"))


def _user(user_id: str) -> User | None:
    return User.objects.filter(pk=uuid.UUID(user_id)).first()


def _link(path: str, **query: str) -> str:
    return f"{settings.APP_URL}{path}" + (f"?{urlencode(query)}" if query else "")


def _mail(user: User, name: str, **context: Any) -> None:
    """Send the template `name` in the user's language; its first line is the subject."""
    language = selectors.profile_of(user).language
    text = render_to_string(f"accounts/mail/{name}.{language}.txt", {"email": user.email, **context})
    subject, _, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
