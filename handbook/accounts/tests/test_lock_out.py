"""Guessing is stopped, for addresses with and without an account in the same way."""

from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import RequestFactory
from rest_framework.settings import api_settings

from handbook.accounts.lockout import client_ip
from handbook.accounts.models import TokenFamily
from handbook.accounts.tests import make

pytestmark = pytest.mark.django_db

TOKEN = "/api/auth/token/"
GUESS = "a guess"
NOON = "2026-01-01T12:00:00Z"


def attempt(email: str, password: str = GUESS, **options: Any) -> make.Answer:
    response: HttpResponse = make.stranger().post(TOKEN, {"email": email, "password": password}, **options)
    return make.Answer.of(response)


def test_the_fifth_failure_locks_and_then_even_the_right_password_is_refused() -> None:
    mina = make.user()
    with time_machine.travel(NOON, tick=False):
        answers = [attempt(mina.email) for _ in range(5)]
        right = attempt(mina.email, make.PASSWORD)
    assert [answer.status for answer in answers] == [401, 401, 401, 401, 429]
    assert (right.status, right.problem) == (429, "too-many-attempts")
    assert right.headers["Retry-After"] == "900"
    assert right.headers["Content-Type"] == "application/problem+json"
    assert TokenFamily.objects.count() == 0


def test_known_and_unknown_emails_are_locked_alike() -> None:
    with time_machine.travel(NOON, tick=False):
        mina = make.user()
        known = [attempt(mina.email) for _ in range(7)]
        unknown = [attempt("nobody@example.org") for _ in range(7)]
    assert known == unknown
    assert [answer.headers.get("Retry-After") for answer in known] == [
        answer.headers.get("Retry-After") for answer in unknown
    ]


def test_the_lock_ends_after_the_cool_off_and_further_attempts_do_not_prolong_it() -> None:
    mina = make.user()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            attempt(mina.email)
        clock.shift(600)
        still = attempt(mina.email, make.PASSWORD)
        clock.shift(301)
        after = attempt(mina.email, make.PASSWORD)
    assert (still.status, still.headers["Retry-After"]) == (429, "300")
    assert after.status == 200


def test_the_spelling_of_an_email_does_not_give_more_guesses() -> None:
    make.user("mina@example.org")
    for written in ["mina@example.org", "MINA@example.org", " mina@example.org", "Mina@Example.Org"]:
        assert attempt(written).status == 401
    assert attempt("mINA@example.org").status == 429
    assert AccessAttempt.objects.get().username == "mina@example.org"


def test_another_user_agent_does_not_give_more_guesses() -> None:
    mina = make.user()
    answers = [attempt(mina.email, HTTP_USER_AGENT=f"guesser/{number}") for number in range(5)]
    assert answers[-1].status == 429


def test_a_lock_is_for_one_address_from_one_network() -> None:
    mina, tomek = make.user(), make.user()
    for _ in range(5):
        attempt(mina.email, REMOTE_ADDR="192.0.2.1")
    assert attempt(mina.email, make.PASSWORD, REMOTE_ADDR="192.0.2.1").status == 429
    assert attempt(mina.email, make.PASSWORD, REMOTE_ADDR="192.0.2.2").status == 200
    assert attempt(tomek.email, make.PASSWORD, REMOTE_ADDR="192.0.2.1").status == 200


def test_signing_in_forgets_the_failures_before() -> None:
    mina = make.user()
    for _ in range(2):
        for _ in range(4):
            assert attempt(mina.email).status == 401
        assert attempt(mina.email, make.PASSWORD).status == 200


def test_passwords_are_not_kept_with_the_attempts() -> None:
    attempt("nobody@example.org", "a secret guess")
    kept = AccessAttempt.objects.values().get()
    assert not [value for value in kept.values() if "secret" in str(value)]


def test_guessing_the_old_password_of_a_signed_in_user_locks_too() -> None:
    client = make.client_of(make.user())
    body = {"old_password": "a guess", "new_password": make.OTHER_PASSWORD}
    statuses = [client.post("/api/auth/password/change/", body).status_code for _ in range(5)]
    assert statuses == [400, 400, 400, 400, 429]


def test_the_admin_login_is_locked_too() -> None:
    boss = make.admin()
    client = make.stranger()
    form = {"username": boss.email.upper(), "password": "a guess"}
    statuses = [client.post("/admin/login/", form, format="multipart").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "made up, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "made up", "192.0.2.1"),
        (1, "fe80::1%eth0", "192.0.2.1"),
        (1, "198.51.100.7:443", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_the_client_is_who_the_trusted_proxies_say(
    monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str | None, seen: str
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies)
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert client_ip(RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)) == seen


def test_a_client_without_an_address_is_counted_as_nobody() -> None:
    assert client_ip(RequestFactory(REMOTE_ADDR="").get("/")) is None
    assert attempt("nobody@example.org", REMOTE_ADDR="").status == 401
