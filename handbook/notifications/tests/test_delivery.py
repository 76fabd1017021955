"""Sending over real HTTP: what providers get, and what their answers lead to."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.notifications import delivery, selectors
from handbook.notifications.kinds import Channel, Kind
from handbook.notifications.models import Delivery, Device, Notification, Reason, State
from handbook.notifications.notifying import notify
from handbook.notifications.services import update_preferences
from handbook.notifications.tests import fcm_server, make
from handbook.notifications.tests.fcm_server import Fcm
from handbook.notifications.tests.push_service import PushService

pytestmark = pytest.mark.django_db

# Winter in Warsaw: one o'clock in the afternoon there. Signatures are checked against this moment too.
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(request: pytest.FixtureRequest) -> None:
    for name in {"service", "fcm"} & set(request.fixturenames):
        request.getfixturevalue(name).now = NOON


def told(user: User, kind: Kind = Kind.REVIEWS_DUE, *, at: datetime = NOON, **context: Any) -> Notification:
    return notify(user=user, kind=kind, context=context or {"cards": 5}, at=at)


def deliver_all(at: datetime = NOON) -> list[str]:
    return [delivery.deliver(one.pk, at=at) for one in Delivery.objects.order_by("channel", "pk")]


def one_delivery() -> Delivery:
    return Delivery.objects.get()


def test_a_browser_is_shown_the_message_in_the_language_of_its_reader(service: PushService) -> None:
    mina, browser = accounts.user(language="ko"), service.browser()
    make.subscribed(mina, browser)
    notification = told(mina)
    assert deliver_all() == ["sent"]
    [receipt] = service.receipts
    assert receipt.shown == {
        "tag": notification.pk.hex,
        "title": "복습할 시간입니다",
        "body": "복습할 카드가 5장 있습니다.",
        "url": "http://localhost:8000/app/learn/review",
        "lang": "ko",
    }
    assert receipt.lives_s == 11 * 3600
    assert (one_delivery().state, one_delivery().tries, one_delivery().sent_at) == ("sent", 1, NOON)
    notification.refresh_from_db()
    assert notification.state == State.SENT
    assert deliver_all() == ["not due"]
    assert service.asked == 1


def test_a_phone_is_shown_it_by_fcm_with_one_access_token_for_all(fcm: Fcm) -> None:
    fcm.now = None  # google-auth reads the clock itself
    mina = accounts.user(language="en")
    phones = [make.phone(mina), make.phone(mina)]
    told(mina, Kind.STREAK_AT_RISK, days=7)
    assert deliver_all() == ["sent", "sent"]
    assert {message["token"] for _, message in fcm.messages} == {phone.address for phone in phones}
    assert fcm.messages[0][1]["notification"] == {
        "title": "Keep your streak",
        "body": "You have learned for 7 days in a row. One card today is enough.",
    }
    assert len(fcm.access_tokens) == 1


def test_who_wants_it_is_mailed_with_a_message_id_of_its_own() -> None:
    mina = accounts.user(language="pl")
    notification = told(mina, Kind.CLUB_MESSAGE, message="m1", club="Hwarang\nSzczecin", text="Jutro o 18:00.")
    assert deliver_all() == ["sent"]
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([mina.email], "Hwarang Szczecin")
    assert sent.body.startswith("Jutro o 18:00.\n\nOtwórz w aplikacji:\nhttp://localhost:8000/app/clubs\n")
    assert sent.extra_headers["Message-ID"] == f"<{notification.pk.hex}@localhost>"


def test_an_address_that_is_not_proven_is_not_mailed() -> None:
    notification = told(accounts.unverified_user(), Kind.CLUB_MESSAGE, message="m1", club="Hwarang", text="x")
    assert (notification.state, notification.reason) == (State.DROPPED, Reason.NOWHERE)


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_has_ended_is_forgotten(service: PushService, status: int) -> None:
    mina = accounts.user()
    make.subscribed(mina, service.browser())
    make.subscribed(mina, service.browser())
    notification = told(mina)
    service.answers = [(status, {})]
    assert sorted(deliver_all()) == ["device_gone", "sent"]
    assert Device.objects.count() == 1
    notification.refresh_from_db()
    assert notification.state == State.SENT


def test_a_phone_that_has_uninstalled_the_app_is_forgotten(fcm: Fcm) -> None:
    fcm.now = None
    mina = accounts.user()
    make.phone(mina)
    notification = told(mina)
    fcm.answers = [fcm_server.error(404, "UNREGISTERED")]
    assert deliver_all() == ["device_gone"]
    assert not Device.objects.exists()
    notification.refresh_from_db()
    assert (notification.state, notification.reason) == (State.DROPPED, Reason.DEVICE_GONE)


def test_a_wrong_project_is_not_the_phones_fault(fcm: Fcm) -> None:
    fcm.now = None
    make.phone(mina := accounts.user())
    told(mina)
    fcm.answers = [fcm_server.error(404, "NOT_FOUND")]
    assert deliver_all() == ["refused"]
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("600", timedelta(minutes=10)),
        ("1", timedelta(minutes=1)),
        ("Sat, 10 Jan 2026 14:00:00 GMT", timedelta(hours=2)),
        ("Sat, 10 Jan 2026 10:00:00 GMT", timedelta(minutes=1)),
        ("99999999999", timedelta(days=1)),
        ("soon", timedelta(minutes=1)),
    ],
)
def test_a_provider_that_is_busy_is_left_alone_as_long_as_it_asks(
    service: PushService, retry_after: str, wait: timedelta
) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    service.answers = [(429, {"Retry-After": retry_after})]
    assert deliver_all() == ["later"]
    assert one_delivery().due_at == NOON + wait
    assert deliver_all(NOON + wait - timedelta(seconds=1)) == ["not due"]
    assert service.asked == 1


def test_fcm_that_is_busy_is_left_alone_too(fcm: Fcm) -> None:
    fcm.now = None
    make.phone(mina := accounts.user())
    told(mina)
    fcm.answers = [fcm_server.error(429, "QUOTA_EXCEEDED", **{"Retry-After": "120"})]
    assert deliver_all() == ["later"]
    assert one_delivery().due_at == NOON + timedelta(minutes=2)
    assert deliver_all(NOON + timedelta(minutes=2)) == ["sent"]


def test_a_lost_access_token_is_asked_for_anew(fcm: Fcm) -> None:
    fcm.now = None
    make.phone(mina := accounts.user())
    told(mina)
    told(mina, Kind.STREAK_AT_RISK, days=3)
    [first, second] = Delivery.objects.order_by("notification__kind")
    assert delivery.deliver(first.pk, at=NOON) == "sent"
    fcm.access_tokens.clear()
    assert delivery.deliver(second.pk, at=NOON) == "later"
    assert fcm.wrong.pop() == "access token"
    assert delivery.deliver(second.pk, at=NOON + timedelta(minutes=1)) == "sent"


def test_failures_are_tried_again_ever_later_and_given_up(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    notification = told(mina)
    service.answers = [(503, {})] * 20
    moments = [NOON]
    while (one := one_delivery()).state == State.WAITING:
        moments.append(one.due_at)
        deliver_all(one.due_at)
    waits = [later - earlier for earlier, later in pairwise(moments[1:])]
    assert waits == [timedelta(minutes=minutes) for minutes in delivery.WAITS_MIN]
    assert (one.reason, service.asked) == (Reason.GIVEN_UP, delivery.MOST_TRIES)
    assert one.remark == "answered 503"
    notification.refresh_from_db()
    assert (notification.state, notification.reason) == (State.DROPPED, Reason.GIVEN_UP)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 413])
def test_what_a_provider_refuses_is_not_tried_again_and_no_redirection_is_followed(
    service: PushService, status: int
) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    service.answers = [(status, {"Location": f"{service.origin}/elsewhere"})]
    assert deliver_all() == ["refused"]
    assert (service.asked, one_delivery().remark) == (1, f"answered {status}")
    assert Device.objects.count() == 1


def test_an_address_that_has_become_private_is_not_posted_to(service: PushService, settings: Settings) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    settings.PUSH_ORIGINS_ALLOWED = []
    assert deliver_all() == ["refused"]
    assert service.asked == 0


def test_a_provider_that_is_away_is_tried_again(settings: Settings) -> None:
    settings.PUSH_ORIGINS_ALLOWED = ["http://127.0.0.1:9"]
    make.subscribed(mina := accounts.user(), make.browser("http://127.0.0.1:9"))
    told(mina)
    assert deliver_all() == ["later"]
    assert one_delivery().remark == "ConnectionError"


def test_a_server_that_lost_its_keys_waits_for_them(service: PushService, settings: Settings) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    make.phone(mina)
    told(mina)
    key, settings.VAPID_PRIVATE_KEY = settings.VAPID_PRIVATE_KEY, ""
    assert deliver_all() == ["later", "later"]
    settings.VAPID_PRIVATE_KEY = key
    assert deliver_all(NOON + timedelta(minutes=1)) == ["later", "sent"]


def test_what_a_killed_worker_left_is_sent_with_the_same_tag_when_its_claim_has_run_out(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), browser := service.browser())
    told(mina)
    Delivery.objects.update(due_at=NOON + delivery.CLAIM, tried_at=NOON, tries=1)  # claimed, and then nothing
    assert deliver_all(NOON + timedelta(minutes=4)) == ["not due"]
    assert deliver_all(NOON + delivery.CLAIM) == ["sent"]
    assert len(service.shown_by(browser)) == 1


def test_of_two_workers_the_first_to_end_is_believed(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    notification = told(mina)
    slow = selectors.delivery_with(one_delivery().pk)
    assert deliver_all() == ["sent"]
    delivery._drop(slow, Reason.REFUSED)
    notification.refresh_from_db()
    assert (one_delivery().state, notification.state) == (State.SENT, State.SENT)


def test_a_message_that_kills_its_worker_every_time_is_given_up(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    Delivery.objects.update(tries=delivery.MOST_TRIES)
    assert deliver_all() == ["given_up"]
    assert service.asked == 0


def test_what_changed_since_it_was_planned_is_respected(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    off = {Kind.REVIEWS_DUE: {Channel.WEB_PUSH: False}}
    update_preferences(user=mina, at_most_a_day=None, switches=off, replace=False)
    assert deliver_all() == ["switched_off"]
    told(mina, Kind.STREAK_AT_RISK, days=3)
    Device.objects.all().delete()
    assert sorted(deliver_all()) == ["device_gone", "not due"]
    assert service.asked == 0


def test_who_left_hears_nothing(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    told(mina)
    User.objects.filter(pk=mina.pk).update(is_active=False)
    assert deliver_all() == ["switched_off"]


def test_a_worker_that_is_late_keeps_quiet_hours_and_days(service: PushService) -> None:
    make.subscribed(mina := accounts.user(), service.browser())
    notification = told(mina)
    quiet = datetime(2026, 1, 10, 21, 30, tzinfo=UTC)  # 22:30 in Warsaw
    assert deliver_all(quiet) == ["later"]
    assert (one_delivery().tries, one_delivery().due_at) == (0, datetime(2026, 1, 10, 23, tzinfo=UTC))
    assert deliver_all(one_delivery().due_at) == ["day_over"]
    notification.refresh_from_db()
    assert (notification.state, notification.reason) == (State.DROPPED, Reason.DAY_OVER)
    assert service.asked == 0
