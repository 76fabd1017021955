"""Messages and devices in the admin: to be read by administrators, not changed."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from handbook.accounts.models import Role, User
from handbook.accounts.tests import make as accounts
from handbook.notifications.kinds import Kind
from handbook.notifications.models import Notification
from handbook.notifications.notifying import notify
from handbook.notifications.tests import make

pytestmark = pytest.mark.django_db

PLANNED = datetime(2026, 1, 10, 12, tzinfo=UTC)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def told() -> Notification:
    mina = accounts.user()
    make.phone(mina, token="token:secret")
    return notify(user=mina, kind=Kind.REVIEWS_DUE, context={"cards": 5}, at=PLANNED)


def test_what_was_sent_is_shown_without_addresses(told: Notification) -> None:
    client = signed_in(accounts.admin())
    device = told.user.devices.get()
    pages = ["notification/", f"notification/{told.pk}/change/", "device/", f"device/{device.pk}/change/"]
    for page in pages:
        response = client.get(f"/admin/notifications/{page}")
        assert response.status_code == 200, page
        assert b"token:secret" not in response.content


def test_nothing_can_be_added_or_changed(told: Notification) -> None:
    client = signed_in(accounts.admin())
    assert client.get("/admin/notifications/notification/add/").status_code == 403
    assert client.post(f"/admin/notifications/notification/{told.pk}/change/", {"state": "sent"}).status_code == 403
    told.refresh_from_db()
    assert told.state == "waiting"


def test_somebody_with_messages_can_be_deleted(told: Notification) -> None:
    response = signed_in(accounts.admin()).post(f"/admin/accounts/user/{told.user.pk}/delete/", {"post": "yes"})
    assert response.status_code == 302
    assert not Notification.objects.exists()


def test_editors_do_not_see_messages() -> None:
    assert signed_in(accounts.user(role=Role.EDITOR)).get("/admin/notifications/notification/").status_code == 403
