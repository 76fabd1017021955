"""The way to a grading over HTTP: what is set reaches the learner's devices, and theirs the server."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.progress.models import Choice
from handbook.sync.tests.make import batch, choice, review
from handbook.training.tests import make
from handbook.training.tests.make import got, sent

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY_NOON = "2026-03-02T12:00:00Z"
SET = {"grading_on": "2026-03-16", "weekdays": [0, 2, 4], "minutes_a_day": 30}


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> None:
    make.content(tmp_path)


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture
def mina() -> User:
    return accounts.user(belt="9kup")


@pytest.fixture
def client(mina: User, monday: None) -> APIClient:
    return accounts.client_of(mina)


def choices(client: APIClient) -> dict[str, Any]:
    news = json.loads(client.get("/api/v1/sync/learner").content)
    return {change["payload"]["name"]: change["payload"]["value"] for change in news["changes"]}


def test_nothing_is_planned_before_a_grading_is(client: APIClient) -> None:
    assert got(client, "schedule").body == {
        "on": "2026-03-02",
        "grading_on": None,
        "weekdays": [0, 1, 2, 3, 4, 5, 6],
        "minutes_a_day": 20,
        "new": 0,
        "new_without_room": 0,
        "days": [],
        "feed": None,
    }


def test_what_is_set_is_planned_and_reaches_other_devices(client: APIClient) -> None:
    answer = sent(client, "PUT", "schedule", SET)
    assert (answer.status, answer.body) == (200, got(client, "schedule").body)
    assert {name: answer.body[name] for name in SET} == SET
    days = answer.body["days"]
    assert [days[0]["on"], days[-1]["on"], len(days)] == ["2026-03-02", "2026-03-15", 14]
    assert [day["on"][-2:] for day in days if day["is_study_day"]] == ["02", "04", "06", "09", "11", "13"]
    assert days[0]["tuls"] == ["chon-ji"]
    assert sum(day["new"] for day in days) == answer.body["new"] > 0
    assert choices(client) == {"grading_on": 20260316, "study_weekdays": 0b10101, "study_minutes": 30}


def test_what_a_device_chose_is_what_the_server_plans(client: APIClient) -> None:
    told = [choice("grading_on", 20260309), choice("study_weekdays", 0b1000000), choice("new_per_day", 2)]
    client.post("/api/v1/sync/push", batch(*told), format="json")
    body = got(client, "schedule").body
    assert (body["grading_on"], body["weekdays"], body["minutes_a_day"]) == ("2026-03-09", [6], 20)
    assert [day["new"] for day in body["days"] if day["is_study_day"]] == [0]  # the week before meets nothing new


def test_answers_change_the_plan(client: APIClient) -> None:
    before = sent(client, "PUT", "schedule", SET).body
    answered = review(card="tul/chon-ji/meaning", reviewed_at="2026-03-02T11:00:00Z")
    client.post("/api/v1/sync/push", batch(answered), format="json")
    after = got(client, "schedule").body
    assert after["new"] == before["new"] - 1
    assert sum(day["reviews"] for day in after["days"]) > 0


def test_a_grading_may_be_called_off(client: APIClient) -> None:
    sent(client, "PUT", "schedule", SET)
    body = sent(client, "PUT", "schedule", SET | {"grading_on": None}).body
    assert (body["grading_on"], body["days"], body["minutes_a_day"]) == (None, [], 30)


def test_a_grading_that_is_over_plans_nothing(mina: User) -> None:
    sent(accounts.client_of(mina), "PUT", "schedule", SET)
    with time_machine.travel("2026-03-17T12:00:00Z", tick=False):
        body = got(accounts.client_of(mina), "schedule").body
    assert (body["grading_on"], body["days"]) == ("2026-03-16", [])


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"grading_on": "2026-03-01"}, "grading_on", "The grading is over; give a day that is to come."),
        ({"grading_on": "2028-03-02"}, "grading_on", "A plan reaches 730 days at most."),
        ({"grading_on": "2026-02-30"}, "grading_on", "wrong format"),
        ({"grading_on": 20260316}, "grading_on", "wrong format"),
        ({"weekdays": []}, "weekdays", "Choose at least one day of the week."),
        ({"weekdays": [7]}, "weekdays", "less than or equal to 6"),
        ({"weekdays": ["1"]}, "weekdays", "integer"),
        ({"weekdays": 3}, "weekdays", "list"),
        ({"minutes_a_day": 0}, "minutes_a_day", "Give 5 to 240 minutes."),
        ({"minutes_a_day": 241}, "minutes_a_day", "Give 5 to 240 minutes."),
        ({"minutes_a_day": "30"}, "minutes_a_day", "integer"),
        ({"time_zone": "Europe/Warsaw"}, "time_zone", "Unknown field."),
    ],
)
def test_what_no_plan_can_be_made_of_is_refused_by_name_and_nothing_is_kept(
    client: APIClient, changes: dict[str, Any], field: str, sentence: str
) -> None:
    refused = sent(client, "PUT", "schedule", SET | changes)
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", [field])
    assert sentence in str(refused.body["errors"][field])
    assert not Choice.objects.exists()


def test_a_schedule_is_its_learners_alone(client: APIClient) -> None:
    sent(client, "PUT", "schedule", SET)
    assert got(accounts.client_of(accounts.user()), "schedule").body["grading_on"] is None
    assert [got(accounts.stranger(), "schedule").status, sent(accounts.stranger(), "PUT", "schedule", SET).status] == [
        401,
        401,
    ]


def test_a_device_asks_whether_its_schedule_still_holds(client: APIClient) -> None:
    held = got(client, "schedule")
    assert got(client, "schedule", **{"If-None-Match": held.headers["ETag"]}).status == 304
    sent(client, "PUT", "schedule", SET)
    assert got(client, "schedule", **{"If-None-Match": held.headers["ETag"]}).status == 200
