"""Signing in, staying signed in and signing out: the life of a token family."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.utils import datetime_from_epoch

from handbook.accounts import selectors, tasks
from handbook.accounts.mail_budget import take_mail
from handbook.accounts.mailing import queue_after_commit
from handbook.accounts.models import TokenFamily, User, normalised_email
from handbook.accounts.problems import MailUnavailable, TokenNotValid, TokenReused, WrongCredentials
from handbook.accounts.tokens import FAMILY_CLAIM, RefreshToken, is_of_password, uuid_claim
from handbook.common.problems import RuleBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    access: str
    refresh: str


def sign_in(*, request: HttpRequest, email: str, password: str) -> TokenPair:
    """Start a family for the owner of this e-mail and password.

    Raises WrongCredentials, the same for an unknown e-mail, a wrong password and an account that is inactive or waits
    to be verified (Django hashes a password in each case): who signs up with an e-mail and then signs in must not
    learn whether it had an account. Failures count towards a lock-out.
    """
    user = checked_user(request=request, email=email, password=password)
    if user is None:
        raise WrongCredentials
    if not selectors.has_verified_email(user):
        _remind_to_verify(request=request, user=user)
        raise WrongCredentials
    user_logged_in.send(sender=User, request=request, user=user)
    return start_family(user=user)


def _remind_to_verify(*, request: HttpRequest, user: User) -> None:
    """Mail another link to who knows the password, and count the attempt as every other refusal is counted."""
    user_login_failed.send(sender=User, credentials={"username": user.email}, request=request)
    with suppress(MailUnavailable):  # the answer may not depend on it
        if take_mail(user.email):
            queue_after_commit(tasks.mail_new_link, user.email)


def checked_user(*, request: HttpRequest, email: str, password: str) -> User | None:
    """Return the active user with these credentials; None counts as a failed attempt."""
    user = authenticate(request, username=normalised_email(email), password=password)
    return user if isinstance(user, User) else None


@transaction.atomic
def start_family(*, user: User) -> TokenPair:
    """Return the first two tokens of a new sign-in; the caller has made sure who the user is."""
    family_id = uuid.uuid4()
    refresh = RefreshToken.of_family(user=user, family_id=family_id)
    TokenFamily.objects.create(pk=family_id, user=user, current_jti=refresh.jti, expires_at=_expiry(refresh))
    return _pair(refresh)


def refresh_tokens(*, refresh: str) -> TokenPair:
    """Exchange a refresh token for the next two.

    Raises TokenReused, after ending the family, when the token is not the family's latest: either the owner or a
    thief holds a copy, and we cannot tell which. Raises TokenNotValid for every other token that is no good.
    """
    outcome = _next_pair(_parsed(refresh))
    if isinstance(outcome, RuleBroken):
        raise outcome  # only now: raised inside the transaction, it would undo the end of the family
    return outcome


@transaction.atomic
def sign_out(*, refresh: str) -> None:
    """End the family of this token, and with it every access token of it. Doing it twice changes nothing.

    Raises TokenNotValid when the token is damaged or expired.
    """
    family = selectors.locked_family(_family_id(_parsed(refresh)))
    if family is not None and family.ended_at is None:
        _end(family, TokenFamily.Reason.SIGNED_OUT)


def end_families(*, user: User, reason: TokenFamily.Reason) -> int:
    """Sign the user out everywhere and return from how many devices."""
    return TokenFamily.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now(), reason=reason)


def prune_families(*, expired_before: datetime) -> int:
    """Delete families whose last refresh token has long expired and return how many."""
    deleted, _ = selectors.families_expired_before(expired_before).delete()
    return deleted


@transaction.atomic
def _next_pair(presented: RefreshToken) -> TokenPair | RuleBroken:
    family = selectors.locked_family(_family_id(presented))
    if family is None:
        return TokenNotValid()
    if presented.jti != family.current_jti:
        return _reused(family)
    if family.ended_at is not None:
        return TokenNotValid("This sign-in has ended; sign in again.")
    if reason := _reason_to_end(presented, family.user):
        _end(family, reason)
        return TokenNotValid("This sign-in has ended; sign in again.")
    refresh = RefreshToken.of_family(user=family.user, family_id=family.pk)
    family.current_jti, family.expires_at = refresh.jti, _expiry(refresh)
    family.save(update_fields=["current_jti", "expires_at"])
    return _pair(refresh)


def _reused(family: TokenFamily) -> RuleBroken:
    if family.ended_at is None:
        _end(family, TokenFamily.Reason.TOKEN_REUSED)
    return TokenReused()


def _reason_to_end(presented: RefreshToken, user: User) -> TokenFamily.Reason | None:
    if not user.is_active:
        return TokenFamily.Reason.DEACTIVATED
    if not is_of_password(presented, user):
        return TokenFamily.Reason.PASSWORD_CHANGED
    return None


def _end(family: TokenFamily, reason: TokenFamily.Reason) -> None:
    family.ended_at, family.reason = timezone.now(), reason
    family.save(update_fields=["ended_at", "reason"])


def _parsed(refresh: str) -> RefreshToken:
    try:
        return RefreshToken(refresh)  # type: ignore[arg-type]  # annotated as a Token, documented as its text
    except TokenError as error:
        raise TokenNotValid from error


def _family_id(token: RefreshToken) -> uuid.UUID:
    try:
        return uuid_claim(token, FAMILY_CLAIM)
    except TokenError as error:
        raise TokenNotValid from error


def _expiry(token: RefreshToken) -> datetime:
    return datetime_from_epoch(token["exp"])


def _pair(refresh: RefreshToken) -> TokenPair:
    return TokenPair(access=str(refresh.access_token()), refresh=str(refresh))
