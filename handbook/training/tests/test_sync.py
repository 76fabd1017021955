"""The diary between devices: pushed, pulled, repeated, and pushed by two at once."""

import json
import uuid
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.common.tests.concurrency import at_once
from handbook.sync.models import LearnerCursor
from handbook.sync.tests.make import Operation, batch, operation
from handbook.training.models import Plan, TrainingSession
from handbook.training.tests import make
from handbook.training.tests.make import READY, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> None:
    make.content(tmp_path)


@pytest.fixture
def mina() -> User:
    return accounts.user()


@pytest.fixture
def client(mina: User) -> APIClient:
    return accounts.client_of(mina)


def session(plan: str = READY, **changes: Any) -> Operation:
    told = make.session(**changes)
    return operation("session", {"plan": plan} | {k: v for k, v in told.items() if k != "id"}, id_=told["id"])


def pushed(client: APIClient, *operations: Operation, device: str = "phone") -> list[dict[str, Any]]:
    response = client.post("/api/v1/sync/push", batch(*operations, device=device), format="json")
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = json.loads(response.content)["results"]
    return results


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [result["status"] for result in results]


def pulled(client: APIClient) -> list[Any]:
    changes: list[Any] = json.loads(client.get("/api/v1/sync/learner").content)["changes"]
    return changes


def test_a_training_that_one_device_tells_another_hears_of(client: APIClient) -> None:
    told = session()
    assert statuses(pushed(client, told)) == ["stored"]
    assert statuses(pushed(client, told, told, device="tablet")) == ["known", "known"]
    assert pulled(client) == [{"kind": "session", "payload": told["payload"] | {"id": told["id"]}}]
    listed = json.loads(client.get(f"/api/v1/plans/{READY}/sessions").content)
    assert [row["id"] for row in listed["results"]] == [told["id"]]


def test_one_told_by_itself_is_heard_of_too_and_is_the_same_when_it_is_pushed(client: APIClient) -> None:
    told = make.session()
    assert sent(client, "POST", f"plans/{READY}/sessions", told).status == 201
    [heard] = pulled(client)
    assert heard["payload"] == told | {"plan": READY}
    again = operation("session", {k: v for k, v in heard["payload"].items() if k != "id"}, id_=told["id"])
    assert statuses(pushed(client, again)) == ["known"]
    assert LearnerCursor.objects.get().change == 1


def test_a_plan_is_called_by_its_slug_or_its_id(client: APIClient) -> None:
    own = sent(client, "POST", "plans", make.plan()).body["id"]
    ready = session(str(Plan.objects.get(slug=READY).pk))
    assert statuses(pushed(client, session(own), ready)) == ["stored", "stored"]
    assert [change["payload"]["plan"] for change in pulled(client)] == [own, READY]
    by_slug = operation("session", ready["payload"] | {"plan": READY}, id_=ready["id"])
    assert [statuses(pushed(client, told)) for told in (ready, by_slug)] == [["known"], ["known"]]


def test_a_training_of_a_plan_that_was_deleted_meanwhile_is_kept(client: APIClient) -> None:
    own = sent(client, "POST", "plans", make.plan()).body["id"]
    sent(client, "DELETE", f"plans/{own}")
    assert statuses(pushed(client, session(own))) == ["stored"]


def test_a_refused_one_holds_up_no_other_and_says_why(client: APIClient) -> None:
    somebody = accounts.client_of(accounts.user())
    theirs = sent(somebody, "POST", "plans", make.plan()).body["id"]
    first = session()
    changed = operation("session", first["payload"] | {"effort": 1}, id_=first["id"])
    results = pushed(
        client, first, session("no-such-plan"), session(theirs), session(str(uuid.uuid4())), session(effort=11)
    )
    assert statuses(results) == ["stored", "refused", "refused", "refused", "refused"]
    slugs = [result["problem"]["type"] for result in [*results[1:], *pushed(client, changed)]]
    assert slugs == [f"/problems/{slug}" for slug in ["unknown-plan"] * 3 + ["invalid", "id-taken"]]
    assert results[4]["problem"]["errors"] == {"effort": ["Give a whole number from 1 to 10."]}
    assert TrainingSession.objects.get().effort == first["payload"]["effort"]


def test_devices_that_tell_the_same_trainings_at_once_lose_and_double_nothing(mina: User) -> None:
    shared = [session() for _ in range(5)]
    outcomes: list[str] = []

    def device(number: int) -> None:
        own = [session() for _ in range(3)]
        for operations in (shared, own, shared):
            outcomes.extend(statuses(pushed(clients[number], *operations, device=f"device-{number}")))

    clients = [accounts.client_of(mina) for _ in range(4)]
    assert at_once([partial(device, number) for number in range(4)]) == []
    assert (outcomes.count("stored"), outcomes.count("refused")) == (5 + 4 * 3, 0)
    numbers = list(TrainingSession.objects.values_list("change", flat=True))
    assert sorted(numbers) == list(range(1, 18))
    assert LearnerCursor.objects.get().change == 17


def test_what_is_somebody_elses_is_not_told(client: APIClient) -> None:
    pushed(client, session())
    assert pulled(accounts.client_of(accounts.user())) == []
