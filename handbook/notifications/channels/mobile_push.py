"""Mobile push over FCM HTTP v1, with the tokens of a service account (docs/adr/0031)."""

import json
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from django.conf import settings
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from handbook.notifications.channels.message import TIMEOUT_S, Message, refuse_failure
from handbook.notifications.channels.outcomes import TryLater
from handbook.notifications.models import Device

SCOPES = ["https://www.googleapis.com/auth/firebase.messaging"]


def is_configured() -> bool:
    return bool(settings.FCM_SERVICE_ACCOUNT_FILE)


def send(message: Message, device: Device, *, at: datetime) -> None:
    """Return when FCM took it. Raises NotSent."""
    if not is_configured():
        raise TryLater("FCM_SERVICE_ACCOUNT_FILE is not set")
    with requests.Session() as session:
        answer = _posted(session, message, device, at=at)
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        credentials_from.cache_clear()
        raise TryLater("did not know our access token")
    refuse_failure(answer, gone=_error_code(answer) == "UNREGISTERED", at=at)


def _posted(session: requests.Session, message: Message, device: Device, *, at: datetime) -> requests.Response:
    credentials = credentials_from(settings.FCM_SERVICE_ACCOUNT_FILE)
    try:
        if not credentials.valid:
            credentials.refresh(Request(session))
        return session.post(
            f"{settings.FCM_URL}/v1/projects/{credentials.project_id}/messages:send",
            json={"message": as_json(message, device.address, at=at)},
            headers={"Authorization": f"Bearer {credentials.token}"},
            timeout=TIMEOUT_S,
            allow_redirects=False,
        )
    except (GoogleAuthError, requests.RequestException) as error:
        raise TryLater(type(error).__name__) from error


def as_json(message: Message, token: str, *, at: datetime) -> dict[str, Any]:
    """Return the message of the v1 API; phones replace what has the same tag or collapse id.

    No `collapse_key`: FCM keeps four of them for a phone that is away, and drops the rest.
    """
    expires_at_s = int(at.timestamp()) + message.lives_s
    return {
        "token": token,
        "notification": {"title": message.title, "body": message.body},
        "data": message.shown,
        "android": {"ttl": f"{message.lives_s}s", "notification": {"tag": message.tag}},
        "apns": {"headers": {"apns-collapse-id": message.tag, "apns-expiration": str(expires_at_s)}},
    }


@lru_cache(maxsize=2)
def credentials_from(path: str) -> Credentials:
    """Return the service account's, whose access token a process keeps until it expires."""
    info = json.loads(Path(path).read_text(encoding="utf-8"))
    credentials: Credentials = Credentials.from_service_account_info(info, scopes=SCOPES)
    return credentials


def _error_code(answer: requests.Response) -> str:
    """Return FCM's own code of an error, such as UNREGISTERED; empty when it gives none."""
    try:
        details = answer.json()["error"]["details"]
        return next(str(detail["errorCode"]) for detail in details if "errorCode" in detail)
    except (ValueError, LookupError, TypeError, StopIteration):
        return ""
