"""Web push: encrypted by pywebpush, signed by VAPID, posted to whatever public address the browser named."""

import json
from datetime import datetime
from http import HTTPStatus

import requests
from django.conf import settings
from pywebpush import WebPusher

from handbook.notifications.channels import vapid
from handbook.notifications.channels.addresses import (
    AddressRefused,
    AddressUnknown,
    origin_of,
    push_session,
    refuse_private,
)
from handbook.notifications.channels.message import TIMEOUT_S, Message, refuse_failure
from handbook.notifications.channels.outcomes import Refused, TryLater
from handbook.notifications.models import Device

SIGNATURE_LIVES_S = 12 * 3600
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
ENCODING = "aes128gcm"


def send(message: Message, device: Device, *, at: datetime) -> None:
    """Return when the push service took it. Raises NotSent."""
    if not settings.VAPID_PRIVATE_KEY:
        raise TryLater("VAPID_PRIVATE_KEY is not set")
    with push_session() as session:
        answer = _posted(session, message, device, at=at)
        refuse_failure(answer, gone=answer.status_code in GONE, at=at)


def _posted(session: requests.Session, message: Message, device: Device, *, at: datetime) -> requests.Response:
    """Post, follow no redirection, and read nothing of the body: it is a stranger's."""
    try:
        refuse_private(device.address)
        return session.post(
            device.address,
            data=encrypted(message, device),
            headers=_headers(message, device, at=at),
            timeout=TIMEOUT_S,
            allow_redirects=False,
            stream=True,
        )
    except AddressUnknown as error:
        raise TryLater(str(error)) from error
    except AddressRefused as error:
        raise Refused(str(error)) from error
    except requests.RequestException as error:
        raise TryLater(type(error).__name__) from error


def encrypted(message: Message, device: Device) -> bytes:
    subscription = {"endpoint": device.address, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    text = json.dumps(message.shown, ensure_ascii=False).encode()
    return bytes(WebPusher(subscription).encode(text, content_encoding=ENCODING)["body"])


def _headers(message: Message, device: Device, *, at: datetime) -> dict[str, str]:
    """`Topic` lets the push service replace what it still holds of the same message."""
    expires_at_s = int(at.timestamp()) + SIGNATURE_LIVES_S
    return {
        "Authorization": vapid.authorization(audience=origin_of(device.address), expires_at_s=expires_at_s),
        "Content-Encoding": ENCODING,
        "Content-Type": "application/octet-stream",
        "TTL": str(message.lives_s),
        "Topic": message.tag,
        "Urgency": "normal",
    }
