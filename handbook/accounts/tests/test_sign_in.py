"""Signing in: who gets in, and that nobody else learns anything."""

import pytest
import time_machine
from django.core import mail

from handbook.accounts.models import TokenFamily
from handbook.accounts.tests import make
from handbook.accounts.tests.conftest import Post
from handbook.accounts.tests.test_sign_up import key_in

pytestmark = pytest.mark.django_db

TOKEN = "/api/auth/token/"
VERIFY = "/api/auth/verify-email/"
ME = "/api/v1/me"


def test_email_and_password_give_two_tokens_that_work(post: Post) -> None:
    mina = make.user("mina@example.org")
    answer = post(TOKEN, {"email": "mina@example.org", "password": make.PASSWORD})
    assert answer.status == 200
    assert answer.body.keys() == {"access", "refresh"}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert make.bearer(answer.body["access"]).get(ME).json()["email"] == "mina@example.org"
    mina.refresh_from_db()
    assert mina.last_login is not None


@pytest.mark.parametrize("written", ["mina@example.org", "Mina@Example.ORG", "  MINA@example.org "])
def test_an_email_means_the_same_in_every_spelling(post: Post, written: str) -> None:
    make.user("mina@example.org")
    assert post(TOKEN, {"email": written, "password": make.PASSWORD}).status == 200


def test_username_is_another_name_for_email(post: Post) -> None:
    make.user("mina@example.org")
    assert post(TOKEN, {"username": "mina@example.org", "password": make.PASSWORD}).status == 200


def test_both_names_at_once_are_refused(post: Post) -> None:
    make.user("mina@example.org")
    body = {"username": "mina@example.org", "email": "mina@example.org", "password": make.PASSWORD}
    answer = post(TOKEN, body)
    assert answer.status == 400
    assert answer.body["errors"] == {"username": ["Another name for email; give one of them."]}


def test_unknown_email_wrong_password_and_inactive_account_answer_alike(post: Post) -> None:
    known = make.user()
    wrong = post(TOKEN, {"email": known.email, "password": "not this one"})
    unknown = post(TOKEN, {"email": "nobody@example.org", "password": make.PASSWORD})
    inactive = post(TOKEN, {"email": make.inactive_user().email, "password": make.PASSWORD})
    unverified = post(TOKEN, {"email": make.unverified_user().email, "password": "not this one"})
    assert wrong == unknown == inactive == unverified
    assert wrong.status == 401
    assert wrong.body == {
        "type": "/problems/wrong-credentials",
        "title": "Wrong e-mail or password",
        "status": 401,
        "detail": "No active account has this e-mail and password. "
        "If you have just signed up, open the link we mailed first.",
    }
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert TokenFamily.objects.count() == 0


def test_an_unverified_address_is_refused_like_a_wrong_password_and_mailed_another_link(post: Post) -> None:
    waiting = make.unverified_user()
    right = post(TOKEN, {"email": waiting.email, "password": make.PASSWORD})
    assert right == post(TOKEN, {"email": make.user().email, "password": "not this one"})
    [message] = mail.outbox
    assert message.to == [waiting.email]
    assert post(VERIFY, {"key": key_in(message), "password": make.PASSWORD}).status == 204
    assert post(TOKEN, {"email": waiting.email, "password": make.PASSWORD}).status == 200


def test_who_signs_up_and_signs_in_does_not_learn_whether_the_address_had_an_account(post: Post) -> None:
    def seen_by_the_attacker(email: str) -> list[make.Answer]:
        mine = {"email": email, "password": "chosen by an attacker"}
        with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
            return [post("/api/auth/signup/", mine), *(post(TOKEN, mine) for _ in range(7))]

    with_account, without = seen_by_the_attacker(make.user().email), seen_by_the_attacker(make.email())
    assert with_account == without
    assert [answer.status for answer in without] == [202, 401, 401, 401, 401, 429, 429, 429]


def test_reminders_stay_within_the_mail_budget(post: Post) -> None:
    waiting = make.unverified_user()
    for number in range(8):
        post(TOKEN, {"email": waiting.email, "password": make.PASSWORD}, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(mail.outbox) == 5


def test_a_stale_bearer_token_does_not_hinder_signing_in() -> None:
    make.user("mina@example.org")
    response = make.bearer("stale").post(TOKEN, {"email": "mina@example.org", "password": make.PASSWORD})
    assert response.status_code == 200
