"""What the learner did, between the device and the server: sent, refused, misdated, told back, and sent again."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import NOON, OFFLINE, Script, finish, json_answer
from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import Answer, NotOurServer, Unreachable
from tkd_client.offline import personal
from tkd_client.offline.database import Database
from tkd_client.offline.journal import Journal
from tkd_client.offline.learner import LearnerStore
from tkd_client.offline.personal import Personal
from tkd_client.state.learner_sync import sync_learner
from tkd_rules.operations import Refusal

TOKENS = Tokens(access="a", refresh="r")
CARD = "term/dojang/meaning"
DATE = "Tue, 24 Nov 2026 12:00:00 GMT"  # NOON


def store(folder: Path) -> LearnerStore:
    folder.mkdir(exist_ok=True)
    database = Database(folder / "personal.db", personal.MIGRATIONS)
    kept = Personal(database, Journal(folder / "unsent.jsonl"))
    kept.set(device="phone")
    return LearnerStore(kept)


def answered(learner: LearnerStore, *, at: datetime = NOON) -> str:
    id_ = str(uuid.uuid4())
    payload = {"card": CARD, "rating": 3, "reviewed_at": at.isoformat(), "elapsed_ms": 900}
    learner.did("review", payload, id_=id_, at=at)
    return id_


def told(id_: str, **changes: Any) -> dict[str, Any]:
    """An answer as the server gives it."""
    payload = {
        "id": id_, "card": CARD, "rating": 3, "reviewed_at": "2026-11-24T12:00:00Z", "elapsed_ms": 900,
        "device": "phone",
    }  # fmt: skip
    return {"kind": "review", "payload": payload | changes}


def news(*changes: Any, cursor: int = 1, has_more: bool = False, is_behind: bool = False) -> Answer:
    return json_answer({"cursor": cursor, "has_more": has_more, "is_behind": is_behind, "changes": list(changes)})


def results(*results: tuple[str, str, str], date: str = "") -> Answer:
    """Results of (id, status, slug of the problem)."""
    body = [
        {"id": id_, "status": status} | ({"problem": {"type": f"/problems/{slug}", "detail": slug}} if slug else {})
        for id_, status, slug in results
    ]
    return json_answer({"results": body}, date=date)


def sync(learner: LearnerStore, *answers: Answer | Exception, now: datetime = NOON) -> Script:
    script = Script(*answers)
    finish(sync_learner(learner, script, TOKENS, catalogue_revision=7, now=lambda: now))
    return script


def test_an_answer_counts_at_once_and_stays_until_the_server_tells_it_back(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    assert [review.id for review in learner.log()] == [id_]
    script = sync(learner, results((id_, "stored", "")), news(cursor=0), news(cursor=0))
    assert script.asked[0][3]["catalogue_revision"] == 7
    assert script.asked[0][2]["Authorization"] == "Bearer a"
    assert learner.to_send() == []
    learner = store(tmp_path)
    sync(learner, news(told(id_)))
    assert ([review.id for review in learner.log()], learner.cursor, learner.sent()) == ([id_], 1, [])


def test_what_was_taken_is_let_go_of_only_with_the_last_part_of_the_news(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    with pytest.raises(Unreachable):
        sync(learner, results((id_, "stored", "")), news(cursor=1, has_more=True), OFFLINE)
    assert (learner.sent(), learner.cursor) == ([id_], 1)
    assert [review.id for review in learner.log()] == [id_]


def test_a_refused_answer_is_kept_with_the_reason_and_holds_up_nothing(tmp_path: Path) -> None:
    learner = store(tmp_path)
    refused, stored = answered(learner), answered(learner)
    sync(learner, results((refused, "refused", "unknown-card"), (stored, "stored", "")), news(told(stored)))
    assert [review.id for review in learner.log()] == [stored]
    [kept] = learner._personal.waiting()
    assert (kept.id, kept.refused) == (refused, "unknown-card")


def test_an_answer_of_a_newer_catalogue_is_sent_again_another_time(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    script = sync(learner, results((id_, "refused", "catalogue-ahead")), news(cursor=0))
    assert len(script.asked) == 2
    assert [operation.id for operation in learner.to_send()] == [id_]


def test_a_wrong_clocks_answer_is_moved_by_its_error_and_sent_again(tmp_path: Path) -> None:
    learner = store(tmp_path)
    ahead = NOON + timedelta(days=700)
    id_ = answered(learner, at=ahead - timedelta(hours=1))
    refused = results((id_, "refused", "moment-out-of-range"), date=DATE)
    script = sync(learner, refused, results((id_, "stored", ""), date=DATE), news(told(id_)), now=ahead)
    sent_again = script.asked[1][3]["operations"][0]["payload"]["reviewed_at"]
    assert datetime.fromisoformat(sent_again) == NOON - timedelta(hours=1)


def test_a_wrong_clock_that_was_set_right_meanwhile_dates_the_answer_now(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner, at=NOON + timedelta(days=700))
    refused = results((id_, "refused", "moment-out-of-range"), date=DATE)
    script = sync(learner, refused, results((id_, "stored", ""), date=DATE), news(told(id_)))
    sent_again = script.asked[1][3]["operations"][0]["payload"]["reviewed_at"]
    assert datetime.fromisoformat(sent_again) == NOON


def test_without_the_servers_clock_a_misdated_answer_waits(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    sync(learner, results((id_, "refused", "moment-out-of-range")), news(cursor=0))
    assert [operation.id for operation in learner.to_send()] == [id_]


def test_a_server_that_has_lost_what_it_knew_is_told_again(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    sync(learner, results((id_, "stored", "")), news(told(id_), cursor=9))
    sync(learner, news(cursor=2, is_behind=True))
    [again] = learner.to_send()
    assert (again.id, again.payload["card"], learner.cursor) == (id_, CARD, 2)
    assert [review.id for review in learner.log()] == [id_]


def test_the_servers_word_holds_where_it_has_corrected_something(tmp_path: Path) -> None:
    learner = store(tmp_path)
    id_ = str(uuid.uuid4())
    payload = {"name": "new_per_day", "value": 20, "occurred_at": "2199-01-01T00:00:00+00:00"}
    learner.did("choice", payload, id_=id_, at=NOON)
    assert learner.choices()["new_per_day"].value == 20
    clamped = {"kind": "choice", "payload": payload | {"occurred_at": "2026-11-24T12:05:00Z", "device": "phone"}}
    sync(learner, results((id_, "stored", "")), news(clamped))
    later = {"kind": "choice", "payload": payload | {"value": 5, "occurred_at": "2026-11-25T12:00:00Z", "device": "b"}}
    sync(learner, news(later, cursor=2))
    assert learner.choices()["new_per_day"].value == 5


def test_what_no_server_would_take_is_refused_here(tmp_path: Path) -> None:
    learner = store(tmp_path)
    with pytest.raises(Refusal):
        learner.did("review", {"card": "nonsense"}, id_=str(uuid.uuid4()), at=NOON)
    assert learner.to_send() == []


@pytest.mark.parametrize("body", [{}, [], {"results": []}, {"results": [{"id": "other", "status": "stored"}]}])
def test_an_answer_of_another_shape_changes_nothing(tmp_path: Path, body: Any) -> None:
    learner = store(tmp_path)
    id_ = answered(learner)
    with pytest.raises(NotOurServer):
        sync(learner, json_answer(body))
    with pytest.raises(NotOurServer):
        sync(learner, results((id_, "stored", "")), json_answer(body))
    assert [review.id for review in learner.log()] == [id_]


def test_rules_begin_at_the_moment_they_were_chosen(tmp_path: Path) -> None:
    learner = store(tmp_path)
    since = datetime(2026, 11, 24, 12, tzinfo=UTC)
    payload = {"since": since.isoformat(), "algorithm": "fsrs", "desired_retention": 0.9, "time_zone": "Asia/Seoul"}
    learner.did("rules", payload, id_=str(uuid.uuid4()), at=NOON)
    assert (learner.settings().current.algorithm, learner.settings().current.device) == ("fsrs", "phone")
