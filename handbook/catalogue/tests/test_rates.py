"""What the byte caches answer is not counted; what has to be made, refusals included, is."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from handbook.accounts.models import User
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get

pytestmark = pytest.mark.django_db(transaction=True)
NOON_S = 1_800_000_000  # the first second of a minute
PASSWORD = "chon-ji has nineteen movements"


@pytest.fixture(autouse=True)
def rates(settings: Settings) -> Any:
    """Two a minute for a stranger, three for an account, in a minute that does not pass."""
    framework = settings.REST_FRAMEWORK
    rates = framework["DEFAULT_THROTTLE_RATES"] | {"anon": "2/min", "user": "3/min"}
    settings.REST_FRAMEWORK = framework | {"DEFAULT_THROTTLE_RATES": rates}
    with time_machine.travel(NOON_S, tick=False):
        yield


def statuses(get: Get, *paths: str, **headers: str) -> list[int]:
    return [get(path, **headers).status_code for path in paths]


def test_what_has_to_be_made_is_counted_and_what_is_held_is_not(get: Get) -> None:
    made = make.technique()
    pages = [f"techniques?page_size={size}" for size in range(1, 4)]
    assert statuses(get, *pages) == [200, 200, 429]
    assert statuses(get, *pages[:2] * 3) == [200] * 6
    refused = get(f"sync/catalogue?since={made.revision}")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "61")


def test_who_is_over_the_rate_costs_no_sql(get: Get) -> None:
    make.technique()
    statuses(get, "techniques?page_size=1", "techniques?page_size=2")
    with CaptureQueriesContext(connection) as queries:
        assert statuses(get, "techniques?page_size=3", "techniques/dollyo-chagi") == [429, 429]
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("techniques/nope", 404),
        ("techniques?page=99", 404),
        ("techniques?colour=red", 400),
        ("sync/catalogue?since=x", 400),
        ("sync/catalogue/snapshots/1.json.gz?v=2", 400),
        ("sync/catalogue/snapshots/1.json.gz", 404),
    ],
)
def test_refusals_are_counted_once_each(get: Get, path: str, status: int) -> None:
    make.technique()
    assert statuses(get, *[path] * 4) == [status, status, 429, 429]


def test_a_first_sync_and_the_next_ones_are_counted_once_a_revision(client: Client) -> None:
    make.technique()
    for _device in range(5):
        snapshot = client.get("/api/v1/sync/catalogue?since=0", headers={"accept-encoding": "gzip"})
        assert snapshot.status_code == 200
        assert client.get("/api/v1/sync/catalogue?since=1").status_code == 200
        path = client.get("/api/v1/sync/catalogue?since=1").json()["snapshot_path"]
        assert client.get(path).status_code == 200


def token_of(client: Client, email: str) -> str:
    User.objects.create_user(email, PASSWORD)
    answer = client.post(
        "/api/auth/token/", {"email": email, "password": PASSWORD}, "application/json", REMOTE_ADDR="192.0.2.1"
    )
    return f"Bearer {answer.json()['access']}"


def test_an_account_has_its_own_rate_wherever_it_is(get: Get, client: Client) -> None:
    make.technique()
    mina, joon = token_of(client, "mina@example.org"), token_of(client, "joon@example.org")
    pages = [f"techniques?page_size={size}" for size in range(1, 20)]
    assert statuses(get, *pages[:4], authorization=mina) == [200, 200, 200, 429]
    assert statuses(get, *pages[4:8], authorization=joon) == [200, 200, 200, 429]
    assert statuses(get, *pages[8:11]) == [200, 200, 429]


@pytest.mark.parametrize("forged", ["Bearer x.y.z", "Bearer", "Bearer a b", "Basic eDp5", "nonsense"])
def test_a_token_that_is_no_good_is_a_strangers(get: Get, forged: str) -> None:
    make.technique()
    pages = [f"techniques?page_size={size}" for size in range(1, 4)]
    assert statuses(get, *pages, authorization=forged) == [200, 200, 429]
