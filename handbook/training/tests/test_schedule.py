"""The way to a grading over HTTP: what is set reaches the learner's devices, and theirs the server."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests.content_folder import ContentFolder
from handbook.catalogue.tests.content_folder import plan as plan_file
from handbook.progress.models import Choice
from handbook.sync.tests.make import batch, choice, review
from handbook.training.models import Plan, TrainingSession
from handbook.training.tests import make
from handbook.training.tests.make import got, sent

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY_NOON = "2026-03-02T12:00:00Z"
SET = {"grading_on": "2026-03-16", "weekdays": [0, 2, 4], "minutes_a_day": 30}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> ContentFolder:
    return make.content(tmp_path)


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
        "trainings_a_week": 0,
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
        ({"trainings_a_week": 4}, "trainings_a_week", "One a day at most: 0 to 3 on these days."),
        ({"trainings_a_week": -1}, "trainings_a_week", "greater than or equal to 0"),
        ({"trainings_a_week": 8}, "trainings_a_week", "less than or equal to 7"),
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


def trainings(body: dict[str, Any]) -> dict[str, str]:
    return {day["on"][-2:]: day["training"]["plan"] for day in body["days"] if day["training"]}


def test_trainings_are_spread_over_the_week_and_ready_plans_take_turns(
    client: APIClient, folder: ContentFolder
) -> None:
    folder.write("training/plans/second.yaml", plan_file("second"))
    make.imported(folder)
    body = sent(client, "PUT", "schedule", SET | {"trainings_a_week": 2}).body
    assert trainings(body) == {"02": "first-steps", "06": "second", "09": "first-steps", "13": "second"}
    assert body["days"][0]["training"]["about_s"] == Plan.objects.get(slug="first-steps").about_s
    assert choices(client)["trainings_a_week"] == 2


def test_a_training_that_was_done_counts_and_one_that_was_missed_is_made_up(client: APIClient, mina: User) -> None:
    sent(client, "PUT", "schedule", SET | {"trainings_a_week": 2})
    done = make.session(started_at="2026-03-02T09:00:00Z", ended_at="2026-03-02T10:00:00Z")
    sent(client, "POST", "plans/first-steps/sessions", done)
    assert list(trainings(got(client, "schedule").body)) == ["06", "09", "13"]
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False):
        assert list(trainings(got(accounts.client_of(mina), "schedule").body)) == ["06", "09", "13"]
    TrainingSession.objects.all().delete()
    with time_machine.travel("2026-03-04T12:00:00Z", tick=False):
        assert list(trainings(got(accounts.client_of(mina), "schedule").body)) == ["04", "06", "09", "13"]


def test_what_is_left_out_stays_and_a_grade_without_ready_plans_has_none(client: APIClient) -> None:
    sent(client, "PUT", "schedule", SET | {"trainings_a_week": 1})
    assert sent(client, "PUT", "schedule", SET).body["trainings_a_week"] == 1
    beginner = accounts.client_of(accounts.user(belt="10kup"))
    assert trainings(sent(beginner, "PUT", "schedule", SET | {"trainings_a_week": 3}).body) == {}
    higher = accounts.client_of(accounts.user(belt="5kup"))
    assert set(trainings(sent(higher, "PUT", "schedule", SET | {"trainings_a_week": 3}).body).values()) == {
        "first-steps"
    }


def test_a_range_of_days_is_cut_out(client: APIClient) -> None:
    sent(client, "PUT", "schedule", SET)
    shown = got(client, "schedule?since=2026-03-04&until=2026-03-06").body["days"]
    assert [day["on"] for day in shown] == ["2026-03-04", "2026-03-05", "2026-03-06"]
    assert got(client, "schedule?since=2027-01-01").body["days"] == []
    assert len(got(client, "schedule?until=2026-03-02").body["days"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "since"),
        ("since=2026-02-30", "since"),
        ("until=20260301", "until"),
        ("since=2026-03-04&until=2026-03-03", "until"),
        ("week=1", "week"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client: APIClient, query: str, field: str) -> None:
    refused = got(client, f"schedule?{query}")
    assert (refused.status, list(refused.body["errors"])) == (400, [field])
