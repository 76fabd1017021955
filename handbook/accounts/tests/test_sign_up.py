"""Signing up and proving an address, without telling strangers who has an account."""

import re
import threading
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection

from handbook.accounts.models import Language, Role, User
from handbook.accounts.services import registration, sign_ins
from handbook.accounts.tests import make
from handbook.accounts.tests.conftest import Post

pytestmark = pytest.mark.django_db

SIGN_UP = "/api/auth/signup/"
VERIFY = "/api/auth/verify-email/"
RESEND = "/api/auth/verify-email/resend/"
TOKEN = "/api/auth/token/"
ACCEPTED = {"detail": "If the address can be used, a mail is on its way."}


def key_in(message: mail.EmailMessage) -> str:
    found = re.search(r"[?]key=(\S+)", str(message.body))
    assert found, message.body
    return found[1]


def proof(message: mail.EmailMessage) -> dict[str, str]:
    return {"key": key_in(message), "password": make.PASSWORD}


def test_from_sign_up_by_mail_to_the_first_sign_in(post: Post) -> None:
    answer = post(SIGN_UP, {"email": "Mina@Example.org", "password": make.PASSWORD, "language": "en", "belt": "8"})
    assert (answer.status, answer.body) == (202, ACCEPTED)
    mina = User.objects.get()
    assert (mina.email, mina.role, mina.profile.language, mina.profile.belt) == (
        "mina@example.org",
        Role.STUDENT,
        Language.ENGLISH,
        "8kup",
    )
    credentials = {"email": mina.email, "password": make.PASSWORD}
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Confirm your e-mail address", ["mina@example.org"])
    assert f"{django_settings.APP_URL}verify-email?key=" in str(message.body)
    assert f"{django_settings.APP_URL}password-reset\n" in str(message.body)
    assert post(VERIFY, {"key": key_in(message), "password": make.PASSWORD}).status == 204
    assert post(TOKEN, credentials).status == 200


def test_a_link_works_once(post: Post) -> None:
    post(SIGN_UP, {"email": make.email(), "password": make.PASSWORD})
    key = key_in(mail.outbox[0])
    assert post(VERIFY, {"key": key, "password": make.PASSWORD}).status == 204
    again = post(VERIFY, {"key": key, "password": make.PASSWORD})
    assert (again.status, again.problem, again.body["errors"]) == (400, "link-not-valid", {"key": ["Not a valid key."]})


def test_a_link_expires_after_three_days(post: Post) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False) as clock:
        post(SIGN_UP, {"email": make.email(), "password": make.PASSWORD})
        clock.shift(3 * 24 * 3600 + 1)
        assert post(VERIFY, proof(mail.outbox[0])).problem == "link-not-valid"
    assert not EmailAddress.objects.get().verified


@pytest.mark.django_db(transaction=True)
def test_of_many_concurrent_sign_ups_with_one_address_one_makes_the_account() -> None:
    start = threading.Barrier(4)
    answers: list[make.Answer] = []

    def sign_up() -> None:
        start.wait()
        answers.append(
            make.Answer.of(make.stranger().post(SIGN_UP, {"email": "mina@example.org", "password": make.PASSWORD}))
        )
        connection.close()

    threads = [threading.Thread(target=sign_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(answer.status, answer.body) for answer in answers] == [(202, ACCEPTED)] * 4
    assert [mina.check_password(make.PASSWORD) for mina in User.objects.all()] == [True]


@pytest.mark.parametrize("key", ["wrong", "é", "%00", "x" * 200])
def test_a_wrong_key_verifies_nobody(post: Post, key: str) -> None:
    make.unverified_user()
    assert post(VERIFY, {"key": key, "password": make.PASSWORD}).problem == "link-not-valid"
    assert not EmailAddress.objects.get().verified


def test_a_known_email_is_answered_alike_and_told_by_mail(post: Post) -> None:
    mina = make.user(language="ko")
    known = post(SIGN_UP, {"email": mina.email.upper(), "password": make.OTHER_PASSWORD, "belt": "1dan"})
    unknown = post(SIGN_UP, {"email": make.email(), "password": make.OTHER_PASSWORD, "belt": "1dan"})
    assert known == unknown
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([mina.email], "이미 계정이 있습니다")
    mina.refresh_from_db()
    assert mina.check_password(make.PASSWORD)
    assert mina.profile.belt == "10kup"
    assert User.objects.count() == 2


def test_signing_up_again_before_verifying_replaces_the_password_and_voids_the_first_link(post: Post) -> None:
    victim = make.email()
    post(SIGN_UP, {"email": victim, "password": "chosen by an attacker"})
    post(SIGN_UP, {"email": victim, "password": make.PASSWORD, "display_name": "Mina"})
    first, second = (key_in(message) for message in mail.outbox)
    assert post(VERIFY, {"key": first, "password": make.PASSWORD}).problem == "link-not-valid"
    assert post(VERIFY, {"key": second, "password": make.PASSWORD}).status == 204
    assert post(TOKEN, {"email": victim, "password": "chosen by an attacker"}).problem == "wrong-credentials"
    assert post(TOKEN, {"email": victim, "password": make.PASSWORD}).status == 200
    assert User.objects.get().profile.display_name == "Mina"


def test_a_link_activates_nobody_elses_password(post: Post) -> None:
    victim = make.email()
    post(SIGN_UP, {"email": victim, "password": make.PASSWORD})
    post(SIGN_UP, {"email": victim, "password": "chosen by an attacker"})
    refused = post(VERIFY, proof(mail.outbox[1]))
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", ["password"])
    assert "/api/auth/password/reset/" in refused.body["errors"]["password"][0]
    assert not EmailAddress.objects.get().verified
    assert post(TOKEN, {"email": victim, "password": "chosen by an attacker"}).status == 401


def test_who_was_overtaken_by_another_sign_up_gets_in_by_the_password_reset(post: Post) -> None:
    victim = make.email()
    post(SIGN_UP, {"email": victim, "password": make.PASSWORD})
    post(SIGN_UP, {"email": victim, "password": "chosen by an attacker"})
    post("/api/auth/password/reset/", {"email": victim})
    new = {"key": key_in(mail.outbox[2]), "password": make.OTHER_PASSWORD}
    assert post("/api/auth/password/reset/confirm/", new).status == 204
    assert post(TOKEN, {"email": victim, "password": make.OTHER_PASSWORD}).status == 200
    assert post(TOKEN, {"email": victim, "password": "chosen by an attacker"}).status == 401


def test_a_wrong_password_leaves_the_link_usable(post: Post) -> None:
    post(SIGN_UP, {"email": make.email(), "password": make.PASSWORD})
    link = proof(mail.outbox[0])
    assert post(VERIFY, link | {"password": "mistyped"}).status == 400
    assert post(VERIFY, link).status == 204


def test_guessing_the_password_of_a_link_is_stopped_as_at_the_sign_in(post: Post) -> None:
    post(SIGN_UP, {"email": make.email(), "password": make.PASSWORD})
    link = proof(mail.outbox[0])
    statuses = [post(VERIFY, link | {"password": "a guess"}).status for _ in range(5)]
    assert statuses == [400, 400, 400, 400, 429]
    assert post(VERIFY, link).problem == "too-many-attempts"
    assert not EmailAddress.objects.get().verified


def test_a_link_that_another_sign_up_voids_in_between_is_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    email = make.email()
    post(SIGN_UP, {"email": email, "password": make.PASSWORD})
    link = proof(mail.outbox[0])

    def checked_while_the_attacker_signs_up(**credentials: Any) -> User | None:
        user = sign_ins.checked_user(**credentials)
        registration.sign_up(email=email, password="chosen by an attacker")
        return user

    monkeypatch.setattr(registration, "checked_user", checked_while_the_attacker_signs_up)
    assert post(VERIFY, link).problem == "link-not-valid"
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "learner.mina@example.org"])
def test_a_weak_password_is_refused_alike_for_known_and_unknown_emails(post: Post, password: str) -> None:
    make.user("learner.mina@example.org")
    known = post(SIGN_UP, {"email": "learner.mina@example.org", "password": password})
    unknown = post(SIGN_UP, {"email": "learner.mina@example.com", "password": password})
    assert known == unknown
    assert (known.status, list(known.body["errors"])) == (400, ["password"])
    assert (User.objects.count(), mail.outbox) == (1, [])


def test_another_link_is_sent_only_to_an_address_that_waits_for_one(post: Post) -> None:
    waiting, verified = make.unverified_user(), make.user()
    answers = [post(RESEND, {"email": email}) for email in (waiting.email, verified.email, "nobody@example.org")]
    assert [(answer.status, answer.body) for answer in answers] == [(202, ACCEPTED)] * 3
    [message] = mail.outbox
    assert message.to == [waiting.email]
    assert post(VERIFY, proof(message)).status == 204


def test_strangers_cause_at_most_five_mails_an_hour_to_one_address(post: Post) -> None:
    email = make.email()
    for _ in range(7):
        assert post(SIGN_UP, {"email": email, "password": make.PASSWORD}).status == 202
    assert len(mail.outbox) == 5
    beyond = post(SIGN_UP, {"email": email, "password": make.OTHER_PASSWORD})
    assert (beyond.status, beyond.body) == (202, ACCEPTED)
    assert User.objects.get().check_password(make.PASSWORD)


@pytest.mark.parametrize("language", Language.values)
def test_mails_are_written_in_the_language_of_their_reader(post: Post, language: str) -> None:
    email = make.email()
    post(SIGN_UP, {"email": email, "password": make.PASSWORD, "language": language})
    post(VERIFY, proof(mail.outbox[0]))
    post(SIGN_UP, {"email": email, "password": make.PASSWORD})
    post("/api/auth/password/reset/", {"email": email})
    post("/api/auth/password/reset/confirm/", {"key": key_in(mail.outbox[2]), "password": make.OTHER_PASSWORD})
    subjects = {
        "pl": [
            "Potwierdź swój adres e-mail",
            "Masz już konto",
            "Nowe hasło",
            "Twoje hasło zostało zmienione",
        ],
        "en": [
            "Confirm your e-mail address",
            "You have an account already",
            "A new password",
            "Your password was changed",
        ],
        "ko": ["이메일 주소를 확인해 주세요", "이미 계정이 있습니다", "새 비밀번호 설정", "비밀번호가 변경되었습니다"],
    }
    assert [message.subject for message in mail.outbox] == subjects[language]
    assert [message for message in mail.outbox if email not in str(message.body) or "{" in str(message.body)] == []
