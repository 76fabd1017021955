"""Signing in and out, the forms of our mails, and what waits to be sent."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import (
    NOT_MODIFIED,
    OFFLINE,
    finish,
    handbook,
    json_answer,
    pull,
)
from tkd_client.api.transport import Answer
from tkd_client.state.account import OTHER_LEARNER
from tkd_client.state.handbook import Handbook
from tkd_rules.repetition.reviews import Rating

TOKENS = json_answer({"access": "a1", "refresh": "r1"})
ME = json_answer({"id": "u1", "email": "ola@example.org", "belt": "7kup"})
NO_NEWS = json_answer({"cursor": 0, "has_more": False, "is_behind": False, "changes": []})
UNAUTHORIZED = json_answer({"title": "Unauthorized", "status": 401}, 401)


def test_signing_in_takes_over_the_profile_and_signing_out_keeps_the_catalogue(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME, Answer(status=204))
    assert finish(book.account.sign_in(" ola@example.org ", "secret"))
    assert (book.account.email, book.account.is_signed_in) == ("ola@example.org", True)
    assert book.personal.setting("belt_rank") == 4
    finish(book.account.sign_out())
    assert not book.account.is_signed_in
    assert book.catalogue.count("technique") == 2
    assert book.device.transport.asked[-1][3] == {"refresh": "r1"}  # type: ignore[attr-defined]


def test_signing_out_works_with_no_network(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME, OFFLINE)
    finish(book.account.sign_in("ola@example.org", "secret"))
    finish(book.account.sign_out())
    assert not book.account.is_signed_in


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        (UNAUTHORIZED, "error.wrong_password", ""),
        (json_answer({}, 429), "error.locked_out", ""),
        (OFFLINE, "error.unreachable", ""),
        (
            json_answer({"detail": "wrong", "errors": {"email": ["Not an address."]}}, 400),
            "problem.email",
            "",
        ),
        (json_answer({"access": 1}), "error.garbage", ""),
    ],
)
def test_a_sign_in_that_fails_says_why(tmp_path: Path, answer: Any, reason: str, detail: str) -> None:
    book = handbook(tmp_path, answer)
    assert not finish(book.account.sign_in("ola@example.org", "secret"))
    assert (book.account.reason, book.account.detail) == (reason, detail)
    assert not book.account.is_signed_in


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ({"errors": {"password": ["Too common."]}}, "problem.other_password"),
        ({"type": "/problems/link-not-valid", "errors": {"key": ["Not a valid key."]}}, "problem.link-not-valid"),
        ({"type": "/problems/invalid", "detail": "Something new."}, "error.refused"),
    ],
)
def test_a_link_that_fails_says_why_in_the_language_of_the_app(
    tmp_path: Path, problem: dict[str, Any], reason: str
) -> None:
    book = handbook(tmp_path, json_answer(problem, 400), Answer(status=204))
    assert not finish(book.account.verify_email("key", "secret"))
    assert book.account.reason == reason
    assert book.account.detail == ("Something new." if reason == "error.refused" else "")
    assert finish(book.account.set_new_password("key", "secret"))
    assert book.device.transport.asked[1][3] == {"key": "key", "password": "secret"}  # type: ignore[attr-defined]


def test_a_weak_password_is_told_and_a_forgotten_one_asked_for(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer({"errors": {"password": ["Too common."]}}, 400), Answer(status=202))
    assert not finish(book.account.set_new_password("key", "secret"))
    assert book.account.reason == "problem.weak_password"
    book.account.forget_reason()
    assert book.account.reason == ""


def test_signing_up_tells_the_language(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer({}, 202))
    assert finish(book.account.sign_up("ola@example.org", "secret", language="pl"))
    assert book.device.transport.asked[0][3]["language"] == "pl"  # type: ignore[attr-defined]


def signed_in(folder: Path, *answers: Answer | Exception) -> Handbook:
    book = handbook(folder, TOKENS, ME, *answers)
    finish(book.account.sign_in("ola@example.org", "secret"))
    return book


def change_belt(book: Handbook) -> None:
    async def choose() -> None:
        book.choose(belt_rank=5)
        await asyncio.sleep(0)

    finish(choose())


def test_a_belt_chosen_offline_is_sent_when_the_server_is_back(tmp_path: Path) -> None:
    book = signed_in(tmp_path, OFFLINE, ME, NO_NEWS, NOT_MODIFIED)
    change_belt(book)
    assert not pull(book)
    assert [operation.payload for operation in book.personal.waiting()] == [{"belt": "6kup"}]
    assert pull(book)
    assert book.account.unsent == 0


def test_an_access_token_that_has_run_out_is_renewed_on_the_way(tmp_path: Path) -> None:
    renewed = json_answer({"access": "a2", "refresh": "r2"})
    book = signed_in(tmp_path, UNAUTHORIZED, renewed, ME, NO_NEWS, NOT_MODIFIED)
    change_belt(book)
    assert pull(book)
    assert book.account.unsent == 0
    assert book.personal.setting("refresh") == "r2"


def test_a_session_that_has_ended_keeps_the_work(tmp_path: Path) -> None:
    book = signed_in(tmp_path, UNAUTHORIZED, UNAUTHORIZED, NOT_MODIFIED)
    change_belt(book)
    assert pull(book)
    assert (book.account.is_signed_in, book.account.reason) == (False, "error.signed_out")
    assert book.account.unsent == 1


def test_a_refused_change_waits_with_its_reason_and_does_not_block_the_next(tmp_path: Path) -> None:
    refusal = json_answer({"detail": "No such grade."}, 400)
    book = signed_in(tmp_path, refusal, ME, NO_NEWS, NOT_MODIFIED)
    change_belt(book)
    change_belt(book)
    assert pull(book)
    assert [operation.refused for operation in book.account.refused] == ["No such grade."]


def test_signed_out_nothing_waits(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    change_belt(book)
    assert book.account.unsent == 0


OTHER = json_answer({"id": "u2", "email": "jan@example.org", "belt": "9kup"})


def answer_a_card(book: Handbook) -> None:
    async def answer() -> None:
        book.session.show()
        assert book.session.rate(Rating.GOOD)
        await asyncio.sleep(0)

    finish(answer())


def test_an_answer_given_signed_out_is_sent_after_signing_in(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME)
    answer_a_card(book)
    assert book.account.unsent == 2  # the answer, and by whose clock its day began
    finish(book.account.sign_in("ola@example.org", "secret"))
    stored = [{"id": one.id, "status": "stored"} for one in book.personal.waiting()]
    told = [
        {"kind": one.kind, "payload": one.payload | {"device": "d"} | ({"id": one.id} if one.kind == "review" else {})}
        for one in book.personal.waiting()
    ]
    news = {"cursor": 2, "has_more": False, "is_behind": False, "changes": told}
    book.device.transport.answers = [json_answer({"results": stored}), json_answer(news), NOT_MODIFIED]  # type: ignore[attr-defined]
    assert pull(book)
    assert (book.account.unsent, book.personal.waiting()) == (0, [])
    assert [review.device for review in book.learning.held.log] == ["d"]


def test_a_learner_who_signs_out_leaves_nothing_behind(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME, Answer(status=204))
    answer_a_card(book)
    finish(book.account.sign_in("ola@example.org", "secret"))
    finish(book.account.sign_out())
    assert (book.learning.held.log, book.account.unsent) == ([], 0)


def test_work_of_another_learner_is_dropped_only_when_one_says_so(tmp_path: Path) -> None:
    book = signed_in(tmp_path, TOKENS, OTHER, TOKENS, OTHER)
    answer_a_card(book)
    book.personal.set(access=None, refresh=None)  # the sign-in has ended
    assert not finish(book.account.sign_in("jan@example.org", "secret"))
    assert (book.account.reason, book.account.is_signed_in, book.account.unsent) == (OTHER_LEARNER, False, 1)
    assert finish(book.account.sign_in("jan@example.org", "secret", drops_unsent=True))
    assert (book.account.email, book.account.unsent, book.learning.held.log) == ("jan@example.org", 0, [])


def test_who_signs_in_again_goes_on_with_what_waits(tmp_path: Path) -> None:
    book = signed_in(tmp_path, TOKENS, ME)
    answer_a_card(book)
    book.personal.set(access=None, refresh=None)
    assert finish(book.account.sign_in("ola@example.org", "secret"))
    assert book.account.unsent == 1
