from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from handbook.notifications.channels import mobile_push, vapid
from handbook.notifications.tests.fcm_server import Fcm, fcm_server, service_account
from handbook.notifications.tests.push_service import PushService, push_service


@pytest.fixture
def service(settings: Settings) -> Iterator[PushService]:
    """A push service that this server may post to; whatever it found wrong fails the test."""
    with push_service(vapid.public_key() or "") as running:
        settings.PUSH_ORIGINS_ALLOWED = [running.origin]
        yield running
        assert running.wrong == []


@pytest.fixture
def fcm(settings: Settings, tmp_path: Path) -> Iterator[Fcm]:
    """FCM with a service account of ours; whatever it found wrong fails the test."""
    with fcm_server() as running:
        settings.FCM_URL = running.origin
        settings.FCM_SERVICE_ACCOUNT_FILE = str(service_account(tmp_path, running.origin))
        mobile_push.credentials_from.cache_clear()
        yield running
        mobile_push.credentials_from.cache_clear()
        assert running.wrong == []
