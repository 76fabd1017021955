"""The diary: what was trained is kept once, however often it is told, and outlives its plan."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.common.tests.concurrency import at_once
from handbook.training.models import TrainingSession
from handbook.training.tests import make
from handbook.training.tests.make import got, sent

pytestmark = pytest.mark.django_db(transaction=True)
SESSIONS = "plans/first-steps/sessions"


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> None:
    make.content(tmp_path)


@pytest.fixture
def mina() -> User:
    return accounts.user()


@pytest.fixture
def client(mina: User) -> APIClient:
    return accounts.client_of(mina)


def test_a_training_is_kept_once_and_listed_the_latest_first(client: APIClient) -> None:
    earlier = make.session()
    later = make.session(started_at="2026-03-03T18:00:00+01:00", ended_at="2026-03-03T18:30:00+01:00", effort=None)
    assert [sent(client, "POST", SESSIONS, told).status for told in (earlier, later, earlier)] == [201, 201, 200]
    listed = got(client, SESSIONS)
    shown = later | {"started_at": "2026-03-03T17:00:00Z", "ended_at": "2026-03-03T17:30:00Z"}
    assert listed.body == {"count": 2, "next": None, "previous": None, "results": [shown, earlier]}
    assert got(client, f"{SESSIONS}?ordering=started_at&page_size=1").body["results"] == [earlier]
    assert got(client, SESSIONS, **{"If-None-Match": listed.headers["ETag"]}).status == 304


def test_the_same_training_told_at_once_is_stored_once(mina: User) -> None:
    told = make.session()
    statuses: list[int] = []

    def telling(client: APIClient) -> Callable[[], None]:
        return lambda: statuses.append(sent(client, "POST", SESSIONS, told).status)

    raised = at_once([telling(accounts.client_of(mina)) for _ in range(6)])
    assert raised == []
    assert sorted(statuses) == [200] * 5 + [201]
    assert TrainingSession.objects.count() == 1


def test_another_training_under_the_same_id_is_refused(client: APIClient) -> None:
    told = make.session()
    sent(client, "POST", SESSIONS, told)
    refused = sent(client, "POST", SESSIONS, told | {"effort": 8})
    assert (refused.status, refused.problem) == (409, "id-taken")
    assert TrainingSession.objects.get().effort == 7
    assert sent(accounts.client_of(accounts.user()), "POST", SESSIONS, told).status == 201


def test_the_diary_of_a_deleted_plan_stays_and_takes_what_was_trained_offline(client: APIClient) -> None:
    key = sent(client, "POST", "plans", make.plan()).body["id"]
    sent(client, "POST", f"plans/{key}/sessions", make.session())
    sent(client, "DELETE", f"plans/{key}")
    assert sent(client, "POST", f"plans/{key}/sessions", make.session()).status == 201
    assert got(client, f"plans/{key}/sessions").body["count"] == 2


def test_nobody_reads_or_writes_in_somebody_elses_diary(client: APIClient) -> None:
    key = sent(client, "POST", "plans", make.plan()).body["id"]
    sent(client, "POST", SESSIONS, make.session())
    other = accounts.client_of(accounts.user())
    assert got(other, SESSIONS).body["count"] == 0
    assert got(other, f"plans/{key}/sessions").status == 404
    assert sent(other, "POST", f"plans/{key}/sessions", make.session()).status == 404
    assert got(accounts.stranger(), SESSIONS).status == 401
    assert TrainingSession.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effort": 0}, "effort"),
        ({"effort": 11}, "effort"),
        ({"effort": "7"}, "effort"),
        ({"ended_at": "2026-03-01T17:59:59Z"}, "ended_at"),
        ({"ended_at": "2026-03-02T18:00:01Z"}, "ended_at"),
        ({"ended_at": "2026-03-01T18:45:00"}, "ended_at"),
        ({"started_at": "2026-03-10T12:00:00Z", "ended_at": "2026-03-10T12:05:01Z"}, "ended_at"),
        ({"started_at": "1970-01-01T00:00:00Z"}, "started_at"),
        ({"started_at": "soon"}, "started_at"),
        ({"started_at": 7}, "started_at"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at"),
        ({"note": "x" * 2_001}, "note"),
        ({"note": "\x00"}, "note"),
        ({"id": "7"}, "id"),
        ({"plan": "first-steps"}, "plan"),
    ],
)
@time_machine.travel("2026-03-10T12:00:00Z", tick=False)
def test_a_wrong_field_is_refused_by_name_and_nothing_is_kept(mina: User, changes: dict[str, Any], field: str) -> None:
    refused = sent(accounts.client_of(mina), "POST", SESSIONS, make.session(**changes))
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", [field])
    assert TrainingSession.objects.count() == 0
