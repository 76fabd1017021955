"""Pushing and pulling over HTTP: every kind of operation, and everything that can be wrong with one."""

import json
import random
import uuid
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.services import delete_item
from handbook.catalogue.tests import make as catalogue
from handbook.progress.models import Choice, Progress
from handbook.quizzes.models import Retraction, Review, SchedulingRules
from handbook.sync import cursors
from handbook.sync.tests.make import CARD, batch, choice, progress, retraction, review, rules

# Django parts inserts for SQLite, which has taken no more than 999 values at once.
MOST_STATEMENTS = 15 if connection.vendor == "postgresql" else 20

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mina() -> User:
    catalogue.technique("ap-chagi")
    return accounts.user()


def push(client: APIClient, body: Any, *, status: int = 200) -> Any:
    response = client.post("/api/v1/sync/push", body, format="json")
    assert response.status_code == status, response.content
    return json.loads(response.content)


def pull(client: APIClient, since: int = 0) -> Any:
    response = client.get(f"/api/v1/sync/learner?since={since}")
    assert response.status_code == 200, response.content
    assert response["Cache-Control"] == "private, no-store"
    return json.loads(response.content)


def statuses(answer: Any) -> list[str]:
    return [result["status"] for result in answer["results"]]


def problem_of(answer: Any) -> tuple[str, list[str]]:
    """Return the slug and the fields of the only refusal."""
    [problem] = [result["problem"] for result in answer["results"] if result["status"] == "refused"]
    return problem["type"].removeprefix("/problems/"), sorted(problem.get("errors", {}))


def test_what_one_device_did_is_what_another_is_told(mina: User) -> None:
    client = accounts.client_of(mina)
    answer = review()
    sent = batch(answer, retraction(answer), rules(), choice(), choice("new_per_day", 0), progress(score=80))
    told = push(client, sent)
    assert told["results"] == [{"id": operation["id"], "status": "stored"} for operation in sent["operations"]]
    news = pull(client)
    assert (news["cursor"], news["has_more"], news["is_behind"]) == (6, False, False)
    assert news["changes"] == [
        {
            "kind": "review",
            "payload": {
                "id": answer["id"],
                "card": CARD,
                "rating": 3,
                "reviewed_at": "2026-03-01T12:00:00Z",
                "elapsed_ms": 900,
                "device": "phone",
            },
        },
        {"kind": "retraction", "payload": {"review": answer["id"]}},
        {
            "kind": "rules",
            "payload": {
                "since": "2026-03-01T12:00:00Z",
                "device": "phone",
                "algorithm": "fsrs",
                "desired_retention": 0.9,
                "time_zone": "Europe/Warsaw",
                "parameters": None,
            },
        },
        {
            "kind": "choice",
            "payload": {
                "name": "favourite/technique/ap-chagi",
                "value": True,
                "occurred_at": "2026-03-01T12:00:00Z",
                "device": "phone",
            },
        },
        {
            "kind": "choice",
            "payload": {
                "name": "new_per_day",
                "value": 0,
                "occurred_at": "2026-03-01T12:00:00Z",
                "device": "phone",
            },
        },
        {
            "kind": "progress",
            "payload": {
                "item_type": "tul",
                "item": "chon-ji",
                "status": "seen",
                "score": 80,
                "streak": 0,
                "position": 0,
                "note": "",
                "occurred_at": "2026-03-01T12:00:00Z",
                "device": "phone",
            },
        },
    ]
    assert pull(client, since=6)["changes"] == []


def test_a_batch_sent_again_changes_nothing(mina: User) -> None:
    client = accounts.client_of(mina)
    answer = review()
    sent = batch(answer, retraction(answer), rules(), choice(), progress())
    push(client, sent)
    assert statuses(push(client, sent)) == ["known"] * 5
    assert pull(client)["cursor"] == 5
    assert [model.objects.count() for model in (Review, Retraction, SchedulingRules, Choice, Progress)] == [1] * 5


def test_parameters_of_the_learners_own_travel_whole(mina: User) -> None:
    client = accounts.client_of(mina)
    parameters = [round(0.5 + number / 1000, 6) for number in range(20)] + [0.2]
    parameters[4], parameters[16], parameters[12], parameters[9] = 5.0, 2.0, 0.1, 0.3
    assert statuses(push(client, batch(rules(parameters=parameters)))) == ["stored"]
    [change] = pull(client)["changes"]
    assert change["payload"]["parameters"] == parameters


@pytest.mark.parametrize(
    ("operation", "slug", "fields"),
    [
        (review(rating=5), "invalid", ["rating"]),
        (review(reviewed_at="1970-01-01T00:00:00Z"), "moment-out-of-range", ["reviewed_at"]),
        (review(reviewed_at="2199-01-01T00:00:00Z"), "moment-out-of-range", ["reviewed_at"]),
        (review(card="technique/never-was/meaning"), "unknown-card", []),
        (review(card="nonsense"), "invalid", ["card"]),
        (review(id_="7"), "invalid", ["id"]),
        ({"id": str(uuid.uuid4()), "kind": "wish", "payload": {}}, "unknown-kind", []),
        ({"id": str(uuid.uuid4()), "kind": "review", "payload": []}, "invalid", ["payload"]),
        ({"kind": "review"}, "invalid", ["id"]),
        ("review", "invalid", []),
        (None, "invalid", []),
        (rules(time_zone="Mars"), "invalid", ["rules"]),
        (choice("colour"), "invalid", ["name"]),
        (progress(score=101), "invalid", ["score"]),
    ],
)
def test_an_operation_that_is_wrong_is_refused_alone(mina: User, operation: Any, slug: str, fields: list[str]) -> None:
    client = accounts.client_of(mina)
    told = push(client, batch(review(), operation, choice()))
    assert statuses(told) == ["stored", "refused", "stored"]
    sent_id = operation.get("id") if isinstance(operation, dict) and fields != ["id"] else None
    assert told["results"][1]["id"] == sent_id
    assert problem_of(told) == (slug, fields)
    assert pull(client)["cursor"] == 2


def test_an_id_with_other_content_is_kept_as_it_came_first(mina: User) -> None:
    client = accounts.client_of(mina)
    first = review(rating=3)
    push(client, batch(first))
    other = review(id_=first["id"], rating=1)
    assert problem_of(push(client, batch(other))) == ("id-taken", [])
    twice = choice()
    told = push(client, batch(twice, twice, choice("new_per_day", 3) | {"id": twice["id"]}))
    assert statuses(told) == ["stored", "known", "refused"]
    assert [row.rating for row in Review.objects.all()] == [3]
    assert [row.name for row in Choice.objects.all()] == ["favourite/technique/ap-chagi"]


def test_rules_of_one_moment_and_device_are_kept_as_they_came_first(mina: User) -> None:
    client = accounts.client_of(mina)
    assert statuses(push(client, batch(rules(), rules(), rules(algorithm="sm2")))) == ["stored", "known", "refused"]
    assert [row.algorithm for row in SchedulingRules.objects.all()] == ["fsrs"]
    assert statuses(push(client, batch(rules(), device="tablet"))) == ["stored"]


def test_a_card_of_a_newer_catalogue_is_to_be_sent_again_and_one_that_was_withdrawn_is_taken(mina: User) -> None:
    client = accounts.client_of(mina)
    ahead = batch(review(card="technique/brand-new/meaning"), catalogue_revision=10**9)
    assert problem_of(push(client, ahead)) == ("catalogue-ahead", [])
    delete_item(catalogue.technique("was-here"))
    assert statuses(push(client, batch(review(card="technique/was-here/meaning")))) == ["stored"]


def test_merging_keeps_the_best_and_the_latest_of_two_devices(mina: User) -> None:
    client = accounts.client_of(mina)
    push(client, batch(progress(status="done", score=60, note="old"), choice(value=None)))
    later = {"occurred_at": "2026-03-02T12:00:00Z"}
    told = push(client, batch(progress(status="seen", score=40, note="new", **later), device="tablet"))
    assert statuses(told) == ["stored"]
    row = Progress.objects.get()
    assert (row.status, row.score, row.note, row.device) == ("done", 60, "new", "tablet")
    assert statuses(push(client, batch(choice(occurred_at="2026-02-01T12:00:00Z")))) == ["known"]
    assert Choice.objects.get().flag is False


def test_nobody_reads_or_writes_what_is_somebody_elses(mina: User) -> None:
    answer = review()
    push(accounts.client_of(mina), batch(answer, choice()))
    somebody = accounts.client_of(accounts.user())
    assert pull(somebody) == {"cursor": 0, "has_more": False, "is_behind": False, "changes": []}
    assert statuses(push(somebody, batch(review(id_=answer["id"], rating=1)))) == ["stored"]
    refused = push(somebody, batch(review(), learner=str(mina.pk)), status=409)
    assert refused["type"] == "/problems/other-learner"
    assert Review.objects.filter(learner=mina).count() == 1


def test_news_come_in_parts_that_follow_each_other(mina: User) -> None:
    client = accounts.client_of(mina)
    ids = []
    for number in range(3):
        sent = [review(elapsed_ms=number * 1_000 + place) for place in range(480)]
        ids += [operation["id"] for operation in sent]
        push(client, batch(*sent, choice("new_per_day", number, occurred_at=f"2026-03-0{number + 1}T12:00:00Z")))
    found, cursor, parts = [], 0, 0
    while True:
        news = pull(client, cursor)
        found += [change["payload"].get("id", "choice") for change in news["changes"]]
        cursor, parts = news["cursor"], parts + 1
        if not news["has_more"]:
            break
    assert (parts, cursor) == (2, 1_443)
    assert found == [*ids, "choice"]


def test_a_device_that_has_seen_more_than_the_server_is_told_so_and_given_everything(mina: User) -> None:
    client = accounts.client_of(mina)
    push(client, batch(review()))
    news = pull(client, since=500)
    assert (news["is_behind"], news["cursor"], len(news["changes"])) == (True, 1, 1)


def test_a_batch_costs_few_statements_whatever_is_in_it(
    mina: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = accounts.client_of(mina)
    seed = random.randrange(10**6)  # noqa: S311 - any will do
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - a mix, not a secret

    def mixed() -> dict[str, Any]:
        made = [review(elapsed_ms=number) for number in range(100)]
        made += [retraction(operation) for operation in made]
        made += [rules(since=f"2026-02-{day:02}T12:00:00Z") for day in range(1, 29)]
        made += [choice(f"deck/technique/item-{number}") for number in range(172)]
        made += [progress(f"tul-{number}") for number in range(100)]
        chance.shuffle(made)
        return batch(*made)

    push(client, batch(review()))
    for sent in (mixed(), mixed()):
        assert len(sent["operations"]) == 500
        with django_assert_max_num_queries(MOST_STATEMENTS):
            push(client, sent)


def test_asking_in_vain_costs_nothing_but_signing_in(
    mina: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = accounts.client_of(mina)
    push(client, batch(review()))
    with django_assert_num_queries(1):
        assert pull(client, since=1)["changes"] == []
    cursors.mark_busy(mina.pk)
    with django_assert_num_queries(2):
        assert pull(client, since=1)["cursor"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (batch(device="phone/1"), "device"),
        (batch(device=""), "device"),
        (batch(device="a" * 41), "device"),
        ({"device": "phone"}, "operations"),
        ({"device": "phone", "operations": {}}, "operations"),
        (batch(learner="me"), "learner"),
        (batch(catalogue_revision=-1), "catalogue_revision"),
        (batch(wish=1), "wish"),
        (batch(catalogue_revision="1"), "catalogue_revision"),
        (batch(*([None] * 501)), "operations"),
    ],
)
def test_a_batch_that_is_wrong_is_refused_whole(mina: User, body: Any, field: str) -> None:
    told = push(accounts.client_of(mina), body, status=400)
    assert list(told["errors"]) == [field]


def test_a_hundred_thousand_operations_in_one_body_are_refused_unread(mina: User) -> None:
    body = json.dumps(batch(*[review()] * 100_000))
    client = accounts.client_of(mina)
    response = client.post("/api/v1/sync/push", body, content_type="application/json")
    assert response.status_code == 413
    assert Review.objects.count() == 0


def test_sync_is_for_those_who_are_signed_in() -> None:
    stranger = accounts.stranger()
    assert stranger.get("/api/v1/sync/learner").status_code == 401
    assert push(stranger, batch(review()), status=401)["type"] == "/problems/not-authenticated"


@pytest.mark.parametrize("since", ["-1", "1.0", "x", "9" * 19, "%D9%A1"])
def test_a_cursor_that_is_none_is_refused(mina: User, since: str) -> None:
    response = accounts.client_of(mina).get(f"/api/v1/sync/learner?since={since}")
    assert response.status_code == 400
    assert list(json.loads(response.content)["errors"]) == ["since"]
