import pytest
from django.test import Client


@pytest.mark.parametrize("sane", ["a1b2c3d4", "req-2026.11_23", "x" * 128])
def test_the_callers_id_comes_back(client: Client, sane: str) -> None:
    assert client.get("/health/live", headers={"x-request-id": sane})["X-Request-ID"] == sane


@pytest.mark.parametrize("odd", ["", "short", "x" * 129, "two words", "ｆｕｌｌｗｉｄｔｈ", "semi;colon", "żółty-pas"])
def test_an_odd_id_is_replaced(client: Client, odd: str) -> None:
    given = client.get("/health/live", headers={"x-request-id": odd})["X-Request-ID"]
    assert given != odd
    assert len(given) == 32


def test_two_requests_have_two_ids(client: Client) -> None:
    assert client.get("/health/live")["X-Request-ID"] != client.get("/health/live")["X-Request-ID"]
