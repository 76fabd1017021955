"""Rates are counted in the shared cache; who is over them learns when to come back."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.services import free_port

pytestmark = pytest.mark.django_db

NOON_S = 1_800_000_000  # the first second of a minute


@pytest.fixture
def rates(settings: Settings) -> Any:
    """Set rates by scope; what is not named stays free."""

    def set_rates(**rates: str) -> None:
        framework = settings.REST_FRAMEWORK
        merged = framework["DEFAULT_THROTTLE_RATES"] | rates
        settings.REST_FRAMEWORK = framework | {"DEFAULT_THROTTLE_RATES": merged}

    return set_rates


def signed_in(email: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(get_user_model().objects.create_user(email, "chon-ji has nineteen movements"))
    return client


def statuses(client: Any, path: str, times: int, **headers: str) -> list[int]:
    return [client.get(path, headers=headers).status_code for _ in range(times)]


def test_strangers_are_counted_by_address_and_told_when_to_return(client: Client, rates: Any) -> None:
    rates(anon="3/min")
    with time_machine.travel(NOON_S + 20, tick=False):
        assert statuses(client, "/api/v1/search?q=ap", 3) == [200] * 3
        refused = client.get("/api/v1/search?q=ap")
        other = client.get("/api/v1/search?q=ap", REMOTE_ADDR="192.0.2.7")
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/throttled")
    assert refused["Retry-After"] == "41"
    assert other.status_code == 200


def test_the_next_window_is_free_again(client: Client, rates: Any) -> None:
    rates(anon="1/min")
    with time_machine.travel(NOON_S + 20, tick=False) as clock:
        assert statuses(client, "/api/v1/search?q=ap", 2) == [200, 429]
        clock.shift(41)
        assert statuses(client, "/api/v1/search?q=ap", 2) == [200, 429]


def test_a_user_is_counted_by_account_not_by_address(rates: Any) -> None:
    rates(user="2/min", anon="1/min")
    with time_machine.travel(NOON_S, tick=False):
        mina, joon = signed_in("mina@example.org"), signed_in("joon@example.org")
        assert statuses(mina, "/api/v1/me", 3) == [200, 200, 429]
        assert statuses(joon, "/api/v1/me", 1) == [200]


def test_who_is_refused_is_counted_too(client: Client, rates: Any) -> None:
    rates(anon="4/min")
    with time_machine.travel(NOON_S, tick=False):
        assert statuses(client, "/api/v1/me", 2) == [401, 401]
        assert statuses(client, "/api/v1/me", 3, authorization="Bearer forged") == [401, 401, 429]
        assert statuses(client, "/api/v1/me", 1) == [429]


def test_an_area_has_a_rate_of_its_own(client: Client, rates: Any) -> None:
    rates(search="1/min")
    with time_machine.travel(NOON_S, tick=False):
        assert statuses(client, "/api/v1/search?q=ap", 2) == [200, 429]
        assert statuses(client, "/api/v1/sync/catalogue?since=0", 2) == [200, 200]


def test_a_cached_catalogue_answer_costs_less_than_counting_it_and_is_not_counted(client: Client, rates: Any) -> None:
    rates(anon="2/min")
    with time_machine.travel(NOON_S, tick=False):
        assert statuses(client, "/api/v1/techniques", 5) == [200] * 5


def test_without_the_cache_everybody_is_answered_uncounted(client: Client, rates: Any, settings: Settings) -> None:
    rates(anon="1/min")
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert statuses(client, "/api/v1/search?q=ap", 3) == [200] * 3
