"""The session of a quiz travels signed, in a path."""

import pytest
from django.core import signing
from pytest_django import Settings

from handbook.accounts.tests import make as accounts
from handbook.quizzes.sessions import SALT, token_of
from handbook.quizzes.tests import make
from handbook.quizzes.tests.make import Played

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiz() -> Played:
    make.theory()
    return make.play(accounts.stranger())


def problem_of(token: str) -> tuple[int, str]:
    answer = make.answered(accounts.stranger(), token)
    return answer.status, answer.problem if answer.status >= 400 else ""


def test_a_session_reads_as_it_was_written(quiz: Played) -> None:
    assert token_of(quiz.session) == quiz.token


def test_a_session_that_was_changed_is_unknown(quiz: Played) -> None:
    payload, signature = quiz.token.rsplit(":", 1)
    swapped = "".join(reversed(signature))
    longer = payload[:-1] + ("A" if payload[-1] != "A" else "B")
    for token in (payload, f"{payload}:{swapped}", f"{longer}:{signature}", f"{payload}:", f":{signature}", "x", ":"):
        assert problem_of(token) == (404, "unknown-session")


@pytest.mark.parametrize("token", ["%00", "%0A", "%20", "돌려", "%ED%A0%80", "a" * 8_000, ".", "..", "{}"])
def test_what_never_was_a_session_is_not_found(token: str) -> None:
    response = accounts.stranger().post(f"/api/v1/quizzes/{token}/answer", {}, format="json")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_what_was_signed_for_another_purpose_or_by_somebody_else_is_unknown(quiz: Played) -> None:
    payload = signing.Signer(salt=SALT).unsign_object(quiz.token)
    assert problem_of(signing.Signer(salt=SALT).sign_object(payload)) == (200, "")
    assert problem_of(signing.Signer(salt="another").sign_object(payload)) == (404, "unknown-session")
    assert problem_of(signing.Signer(key="theirs", salt=SALT).sign_object(payload)) == (404, "unknown-session")


def test_a_session_outlives_a_change_of_the_key_while_the_old_one_is_kept(quiz: Played, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough to be one"
    assert quiz.answer(quiz.right()).status == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert quiz.answer(quiz.right()).problem == "unknown-session"
