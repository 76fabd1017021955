"""Changing a password signs out everywhere; a reset needs the mailbox and nothing else."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from rest_framework.test import APIClient

from handbook.accounts.models import TokenFamily, User
from handbook.accounts.tasks import reset_key
from handbook.accounts.tests import make
from handbook.accounts.tests.conftest import Post
from handbook.accounts.tests.test_sign_up import key_in

pytestmark = pytest.mark.django_db

CHANGE = "/api/auth/password/change/"
RESET = "/api/auth/password/reset/"
CONFIRM = "/api/auth/password/reset/confirm/"
TOKEN = "/api/auth/token/"
REFRESH = "/api/auth/token/refresh/"
ME = "/api/v1/me"
NEW = {"old_password": make.PASSWORD, "new_password": make.OTHER_PASSWORD}


def has_password(user: User, password: str) -> bool:
    return User.objects.get(pk=user.pk).check_password(password)


def test_a_changed_password_ends_every_token_here_and_elsewhere(post: Post) -> None:
    mina = make.user()
    here, elsewhere = make.tokens(mina), make.tokens(mina)
    assert make.bearer(here.access).post(CHANGE, NEW).status_code == 204
    for pair in (here, elsewhere):
        assert make.bearer(pair.access).get(ME).status_code == 401
        assert post(REFRESH, {"refresh": pair.refresh}).problem == "token-not-valid"
        assert make.family_of(pair.refresh).reason == TokenFamily.Reason.PASSWORD_CHANGED
    assert post(TOKEN, {"email": mina.email, "password": make.PASSWORD}).status == 401
    assert post(TOKEN, {"email": mina.email, "password": make.OTHER_PASSWORD}).status == 200


def test_a_wrong_old_password_changes_nothing() -> None:
    mina = make.user()
    client = make.client_of(mina)
    answer = make.Answer.of(client.post(CHANGE, NEW | {"old_password": "not mine"}))
    assert (answer.status, answer.body["errors"]) == (400, {"old_password": ["This is not your password."]})
    assert has_password(mina, make.PASSWORD)
    assert client.get(ME).status_code == 200


def test_a_weak_new_password_changes_nothing() -> None:
    mina = make.user()
    client = make.client_of(mina)
    answer = make.Answer.of(client.post(CHANGE, NEW | {"new_password": "1234567890"}))
    assert (answer.status, list(answer.body["errors"])) == (400, ["new_password"])
    assert has_password(mina, make.PASSWORD)
    assert client.get(ME).status_code == 200


def test_only_who_is_signed_in_changes_a_password() -> None:
    response = APIClient().post(CHANGE, NEW)
    assert (response.status_code, response.json()["type"]) == (401, "/problems/not-authenticated")


def test_from_a_forgotten_password_by_mail_to_a_new_one(post: Post) -> None:
    mina = make.user(language="en")
    pair = make.tokens(mina)
    assert post(RESET, {"email": mina.email.upper()}).status == 202
    key = key_in(mail.outbox[0])
    assert post(CONFIRM, {"key": key, "password": make.OTHER_PASSWORD}).status == 204
    assert post(TOKEN, {"email": mina.email, "password": make.OTHER_PASSWORD}).status == 200
    assert make.family_of(pair.refresh).reason == TokenFamily.Reason.PASSWORD_CHANGED
    assert [message.subject for message in mail.outbox] == ["A new password", "Your password was changed"]


def test_a_reset_is_answered_alike_for_everybody_and_mailed_to_active_accounts_only(post: Post) -> None:
    known, inactive = make.user(), make.inactive_user()
    answers = [post(RESET, {"email": email}) for email in (known.email, inactive.email, "nobody@example.org")]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0].status == 202
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_a_reset_key_works_once(post: Post) -> None:
    mina = make.user()
    key = reset_key(mina)
    assert post(CONFIRM, {"key": key, "password": make.OTHER_PASSWORD}).status == 204
    assert post(CONFIRM, {"key": key, "password": "a third one altogether"}).problem == "link-not-valid"
    assert has_password(mina, make.OTHER_PASSWORD)


def test_a_weak_password_leaves_the_reset_key_usable(post: Post) -> None:
    mina = make.user()
    key = reset_key(mina)
    weak = post(CONFIRM, {"key": key, "password": "1234567890"})
    assert (weak.status, list(weak.body["errors"])) == (400, ["password"])
    assert has_password(mina, make.PASSWORD)
    assert post(CONFIRM, {"key": key, "password": make.OTHER_PASSWORD}).status == 204


def test_a_reset_key_expires_after_two_hours(post: Post) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False) as clock:
        mina = make.user()
        key = reset_key(mina)
        clock.shift(2 * 3600 + 1)
        assert post(CONFIRM, {"key": key, "password": make.OTHER_PASSWORD}).problem == "link-not-valid"
    assert has_password(mina, make.PASSWORD)


def test_a_reset_key_is_good_for_its_own_active_user_only(post: Post) -> None:
    mina, tomek, gone = make.user(), make.user(), make.inactive_user()
    token = reset_key(mina).partition("-")[2]
    for key in (f"{tomek.pk.hex}-{token}", reset_key(gone), token, f"-{token}", mina.pk.hex, "é-é", "0" * 32 + "-x"):
        assert post(CONFIRM, {"key": key, "password": make.OTHER_PASSWORD}).problem == "link-not-valid"
    assert has_password(tomek, make.PASSWORD)
    assert has_password(gone, make.PASSWORD)


def test_a_reset_proves_the_address_and_lifts_a_lock(post: Post) -> None:
    mina = make.unverified_user()
    for _ in range(5):
        post(TOKEN, {"email": mina.email, "password": "forgotten"})
    assert post(TOKEN, {"email": mina.email, "password": make.PASSWORD}).status == 429
    assert post(CONFIRM, {"key": reset_key(mina), "password": make.OTHER_PASSWORD}).status == 204
    assert EmailAddress.objects.get(user=mina).verified
    assert post(TOKEN, {"email": mina.email, "password": make.OTHER_PASSWORD}).status == 200


def test_strangers_cannot_flood_a_mailbox_with_resets(post: Post) -> None:
    mina = make.user()
    assert {post(RESET, {"email": mina.email}).status for _ in range(7)} == {202}
    assert len(mail.outbox) == 5
