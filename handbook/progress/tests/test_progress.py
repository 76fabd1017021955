"""How far a learner is: told one row at a time, merged as by sync, and listed."""

import json
import random
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.accounts.tests.make import Answer
from handbook.progress.models import Progress
from handbook.sync.tests.make import batch, progress

pytestmark = pytest.mark.django_db(transaction=True)
NOON_S = 1_800_000_000  # the first second of a minute
ROW = {
    "item_type": "tul",
    "item": "chon-ji",
    "status": "in_progress",
    "score": 60,
    "streak": 2,
    "position": 7,
    "note": "Uważać na biodra.\n",
    "occurred_at": "2026-03-01T12:00:00Z",
    "device": "phone",
}


@pytest.fixture
def mina() -> User:
    return accounts.user()


def told(client: APIClient, path: str = "progress", **changes: Any) -> Answer:
    sent = json.dumps(ROW | changes)
    return Answer.of(client.post(f"/api/v1/{path}", sent, content_type="application/json"))


def listed(client: APIClient, query: str = "") -> Answer:
    return Answer.of(client.get(f"/api/v1/progress{query}"))


def items(answer: Answer) -> list[str]:
    return [row["item"] for row in answer.body["results"]]


def pulled(client: APIClient) -> Any:
    return json.loads(client.get("/api/v1/sync/learner").content)


def test_what_is_told_is_kept_listed_and_heard_by_other_devices(mina: User) -> None:
    client = accounts.client_of(mina)
    answer = told(client)
    assert (answer.status, answer.body) == (200, ROW)
    assert listed(client).body == {"count": 1, "next": None, "previous": None, "results": [ROW]}
    news = pulled(client)
    assert (news["cursor"], news["changes"]) == (1, [{"kind": "progress", "payload": ROW}])


def test_what_was_told_by_another_device_is_merged(mina: User) -> None:
    client = accounts.client_of(mina)
    synced = progress(status="done", score=90, streak=1, note="Gotowe", occurred_at="2026-03-02T12:00:00Z")
    client.post("/api/v1/sync/push", batch(synced, device="tablet"), format="json")
    merged = ROW | {
        "status": "done",
        "score": 90,
        "position": 0,
        "note": "Gotowe",
        "occurred_at": "2026-03-02T12:00:00Z",
        "device": "tablet",
    }
    assert told(client).body == merged
    later: dict[str, Any] = {"occurred_at": "2026-03-03T12:00:00Z", "note": "", "status": "seen", "score": 0}
    assert told(client, **later).body == ROW | later | {"status": "done", "score": 90}
    assert Progress.objects.count() == 1


def test_telling_it_again_changes_nothing(mina: User) -> None:
    client = accounts.client_of(mina)
    assert told(client) == told(client)
    assert (Progress.objects.count(), pulled(client)["cursor"]) == (1, 1)


@time_machine.travel(NOON_S, tick=False)
def test_a_moment_in_the_future_is_the_servers(mina: User) -> None:
    answer = told(accounts.client_of(mina), occurred_at="2199-01-01T00:00:00Z")
    assert answer.body["occurred_at"] == "2027-01-15T08:05:00Z"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item_type", "belt"),
        ("item", "Chon-Ji"),
        ("item", ""),
        ("item", "a" * 81),
        ("item", 7),
        ("status", "known"),
        ("score", -1),
        ("score", 101),
        ("score", "60"),
        ("score", True),
        ("streak", 2**31),
        ("position", 1_001),
        ("note", None),
        ("note", "x" * 2_001),
        ("note", "a\x00b"),
        ("note", "\ud800"),
        ("occurred_at", "yesterday"),
        ("occurred_at", "2026-03-01T12:00:00"),
        ("occurred_at", "2026-02-30T12:00:00Z"),
        ("occurred_at", 1_800_000_000),
        ("device", "my phone"),
        ("change", 7),
    ],
)
def test_a_wrong_field_is_refused_by_name_and_nothing_is_kept(mina: User, field: str, value: Any) -> None:
    refused = told(accounts.client_of(mina), **{field: value})
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", [field])
    assert Progress.objects.count() == 0


@pytest.mark.parametrize("field", ROW)
def test_a_missing_field_is_named(mina: User, field: str) -> None:
    sent = {name: value for name, value in ROW.items() if name != field}
    refused = Answer.of(accounts.client_of(mina).post("/api/v1/progress", sent, format="json"))
    assert (refused.status, list(refused.body["errors"])) == (400, [field])


def test_rows_are_listed_in_pages_and_in_the_order_that_was_asked_for(mina: User) -> None:
    client = accounts.client_of(mina)
    scores = {"chon-ji": 20, "dan-gun": 90, "do-san": 50}
    for item in random.sample(sorted(scores), k=len(scores)):
        told(client, item=item, score=scores[item])
    assert items(listed(client)) == ["chon-ji", "dan-gun", "do-san"]
    assert items(listed(client, "?ordering=-score")) == ["dan-gun", "do-san", "chon-ji"]
    second = listed(client, "?page=2&page_size=1&ordering=score")
    assert (items(second), second.body["count"]) == (["do-san"], 3)
    assert second.body["next"] == "/api/v1/progress?page_size=1&ordering=score&page=3"
    assert second.body["previous"] == "/api/v1/progress?page_size=1&ordering=score&page=1"
    past = listed(client, "?page=2")
    assert (past.status, past.problem) == (404, "page-past-the-end")


@pytest.mark.parametrize("query", ["page=0", "page_size=201", "ordering=note", "item=chon-ji", "page=1&page=1"])
def test_a_wrong_parameter_is_refused_by_name(mina: User, query: str) -> None:
    refused = listed(accounts.client_of(mina), f"?{query}")
    assert (refused.status, list(refused.body["errors"])) == (400, [query.partition("=")[0]])


def test_telling_takes_no_parameter_of_the_list(mina: User) -> None:
    refused = told(accounts.client_of(mina), "progress?page=1")
    assert (refused.status, list(refused.body["errors"])) == (400, ["page"])
    assert Progress.objects.count() == 0


def test_nobody_reads_or_changes_what_is_somebody_elses(mina: User) -> None:
    somebody = accounts.client_of(accounts.user())
    told(accounts.client_of(mina))
    assert listed(somebody).body["count"] == 0
    assert told(somebody, score=1).body["score"] == 1
    assert Progress.objects.get(learner=mina).score == 60
    for answer in (told(accounts.stranger()), listed(accounts.stranger())):
        assert (answer.status, answer.problem) == (401, "not-authenticated")


def test_no_cache_keeps_what_is_private(mina: User) -> None:
    client = accounts.client_of(mina)
    for answer in (told(client), listed(client)):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_it_costs_few_statements(mina: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = accounts.client_of(mina)
    told(client)
    with django_assert_num_queries(3):
        listed(client)
    with django_assert_num_queries(8):  # who tells, begin, its lock, what is held, the row, its number, commit, the row
        told(client, score=70)


@time_machine.travel(NOON_S, tick=False)
def test_reading_and_telling_share_a_rate_with_sync(mina: User, settings: Settings) -> None:
    framework: dict[str, Any] = settings.REST_FRAMEWORK
    settings.REST_FRAMEWORK = framework | {
        "DEFAULT_THROTTLE_RATES": framework["DEFAULT_THROTTLE_RATES"] | {"progress": "3/min"}
    }
    client = accounts.client_of(mina)
    pulled(client)
    assert [told(client).status, listed(client).status] == [200, 200]
    refused = told(client)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "61")
    assert listed(accounts.client_of(accounts.user())).status == 200
