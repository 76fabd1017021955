"""`notifications/devices` and `notifications/vapid-key`."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from handbook.accounts.tests import make as accounts
from handbook.accounts.tests.make import Answer
from handbook.common.tests.concurrency import at_once
from handbook.notifications import delivery
from handbook.notifications.channels import vapid
from handbook.notifications.kinds import Kind
from handbook.notifications.models import MOST_DEVICES, Delivery, Device
from handbook.notifications.notifying import notify
from handbook.notifications.tests import make

pytestmark = pytest.mark.django_db

DEVICES = "/api/v1/notifications/devices"
ORIGIN = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def allowed_origin(settings: Settings) -> None:
    settings.PUSH_ORIGINS_ALLOWED = [ORIGIN]


def post(client: Any, body: Any) -> Answer:
    return Answer.of(client.post(DEVICES, body))


def test_a_browser_is_registered_once_listed_without_its_secrets_and_deleted() -> None:
    client, browser = accounts.client_of(accounts.user()), make.browser(ORIGIN)
    first = post(client, browser.subscription())
    assert (first.status, first.body["channel"], first.body["service"]) == (201, "web_push", "127.0.0.1")
    assert post(client, browser.subscription()).status == 200
    listed = client.get(DEVICES).json()
    assert listed == {"count": 1, "next": None, "previous": None, "results": [first.body]}
    assert browser.endpoint not in str(listed)
    assert client.delete(f"{DEVICES}/{first.body['id']}").status_code == 204
    assert client.delete(f"{DEVICES}/{first.body['id']}").status_code == 404
    assert not Device.objects.exists()


def test_new_keys_of_a_known_browser_replace_the_old_ones() -> None:
    client, browser = accounts.client_of(accounts.user()), make.browser(ORIGIN)
    post(client, browser.subscription())
    renewed = make.Browser(endpoint=browser.endpoint).subscription()
    assert post(client, renewed).status == 200
    assert Device.objects.get().p256dh == renewed["keys"]["p256dh"]


def test_a_browser_belongs_to_who_signed_in_there_last() -> None:
    mina, other, browser = accounts.user(), accounts.user(), make.browser(ORIGIN)
    make.subscribed(mina, browser)
    assert post(accounts.client_of(other), browser.subscription()).status == 201
    assert Device.objects.get().user == other


def test_what_waits_for_the_former_owner_of_a_browser_is_not_shown_to_the_next() -> None:
    mina, other, browser = make.awake(), make.awake(), make.browser(ORIGIN)
    make.subscribed(mina, browser)
    at = timezone.now()
    notify(user=mina, kind=Kind.REVIEWS_DUE, context={"cards": 5}, at=at)
    make.subscribed(other, browser)
    assert delivery.deliver(Delivery.objects.get().pk, at=at) == "device_gone"


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_two_register_at_the_same_moment_belongs_to_one_of_them() -> None:
    browser = make.browser(ORIGIN)
    clients = [accounts.client_of(accounts.user()) for _ in range(4)]
    statuses: list[int] = []

    def register() -> None:
        statuses.append(post(clients.pop(), browser.subscription()).status)

    assert at_once([register] * 4) == []
    assert statuses == [201] * 4
    assert Device.objects.count() == 1


def test_somebody_elses_device_is_not_found_and_stays() -> None:
    device = make.phone(accounts.user())
    assert accounts.client_of(accounts.user()).delete(f"{DEVICES}/{device.pk}").status_code == 404
    assert Device.objects.get() == device


def test_a_phone_is_registered_by_its_token(settings: Settings) -> None:
    settings.FCM_SERVICE_ACCOUNT_FILE = "service-account.json"
    answer = post(accounts.client_of(accounts.user()), {"token": "dQw4:APA91b_-x"})
    assert (answer.status, answer.body["channel"], answer.body["service"]) == (201, "mobile_push", "fcm")


def test_a_channel_that_is_not_set_up_takes_no_device(settings: Settings) -> None:
    client = accounts.client_of(accounts.user())
    answer = post(client, {"token": "dQw4:APA91b_-x"})
    assert (answer.status, answer.problem) == (409, "channel-not-configured")
    settings.VAPID_PRIVATE_KEY = ""
    assert post(client, make.browser(ORIGIN).subscription()).problem == "channel-not-configured"
    assert not Device.objects.exists()


def test_more_devices_than_anybody_owns_are_refused() -> None:
    mina = accounts.user()
    for _ in range(MOST_DEVICES):
        make.phone(mina)
    answer = post(accounts.client_of(mina), make.browser(ORIGIN).subscription())
    assert (answer.status, answer.problem) == (409, "too-many-devices")
    assert Device.objects.count() == MOST_DEVICES


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/x",
        "https://push.example.org:8443/x",
        "https://user:password@93.184.216.34/x",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://0.0.0.0/x",
        "https://10.0.0.1/x",
        "https://172.16.0.1/x",
        "https://192.168.1.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/x",
        "https://224.0.0.1/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[fe80::1]/x",
        "https://[fd00::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[64:ff9b::7f00:1]/x",
        "https://[2002:7f00:1::]/x",
        "https://nowhere.invalid/x",
        "https:///x",
        "https://[::1/x",
        "https://93.184.216.34:port/x",
        "https://93.184.216.34:0/x",
        "https://93.184.216.34/x#y",
        "https://93.184.216.34/ż",
        "https://93.184.216.34/a b",
        "http://127.0.0.1:10/x",
        "ftp://127.0.0.1:9/x",
        "",
        7,
        None,
    ],
)
def test_an_endpoint_that_is_not_public_and_https_is_refused(endpoint: Any) -> None:
    body = make.browser(ORIGIN).subscription() | {"endpoint": endpoint}
    answer = post(accounts.client_of(accounts.user()), body)
    assert (answer.status, answer.problem, list(answer.body["errors"])) == (400, "invalid", ["endpoint"])
    assert not Device.objects.exists()


def test_a_public_address_is_taken() -> None:
    body = make.browser("https://93.184.216.34").subscription()
    assert post(accounts.client_of(accounts.user()), body).status == 201


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        ({"p256dh": "AAAA"}, "p256dh"),
        ({"p256dh": make.base64url(b"\x04" + b"\x01" * 64)}, "p256dh"),
        ({"p256dh": "ż"}, "p256dh"),
        ({"auth": make.base64url(b"short")}, "auth"),
        ({"auth": "!" * 22}, "auth"),
        ({"auth": None}, "auth"),
        ({"more": "x"}, "more"),
    ],
)
def test_keys_that_are_none_are_named(keys: dict[str, Any], wrong: str) -> None:
    body = make.browser(ORIGIN).subscription()
    answer = post(accounts.client_of(accounts.user()), body | {"keys": body["keys"] | keys})
    assert (answer.status, list(answer.body["errors"]["keys"])) == (400, [wrong])


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ["endpoint", "keys"]),
        ({"endpoint": f"{ORIGIN}/x"}, ["keys"]),
        (make.browser(ORIGIN).subscription() | {"token": "abc"}, ["token"]),
        ({"token": "a b"}, ["token"]),
        ({"token": ""}, ["token"]),
        ({"token": "x" * 2001}, ["token"]),
        ({"token": 7}, ["token"]),
        ({"token": "abc", "platform": "android"}, ["platform"]),
    ],
)
def test_what_is_neither_subscription_nor_token_is_refused_by_name(body: Any, wrong: list[str]) -> None:
    answer = post(accounts.client_of(accounts.user()), body)
    assert (answer.status, list(answer.body["errors"])) == (400, wrong)
    assert not Device.objects.exists()


@pytest.mark.parametrize("path", ["devices", "preferences"])
def test_strangers_have_neither_devices_nor_preferences(path: str) -> None:
    assert accounts.stranger().get(f"/api/v1/notifications/{path}").status_code == 401


def test_the_public_key_is_that_of_the_private_one() -> None:
    answer = Answer.of(accounts.stranger().get("/api/v1/notifications/vapid-key"))
    assert answer.status == 200
    assert answer.body["public_key"] == vapid.public_key()
    assert len(answer.body["public_key"]) == 87


def test_a_server_without_a_key_says_so(settings: Settings) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    answer = Answer.of(accounts.stranger().get("/api/v1/notifications/vapid-key"))
    assert (answer.status, answer.problem) == (404, "web-push-not-configured")
    assert "vapid_keys" in answer.body["detail"]


def test_a_new_pair_fits_together(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("vapid_keys")
    private, public = (line.split("=")[-1].split(": ")[-1] for line in capsys.readouterr().out.splitlines())
    assert vapid.public_key_of(private) == public
    assert len(private) == 43
