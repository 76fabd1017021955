"""Browsers, phones and people for tests."""

import base64
import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.notifications.kinds import Channel
from handbook.notifications.models import Device
from handbook.notifications.services import register_device

_numbers = itertools.count(1)


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(slots=True, kw_only=True)
class Browser:
    """A subscription and the keys that read what is sent to it."""

    endpoint: str
    private_key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def subscription(self) -> dict[str, Any]:
        """Return what `PushSubscription.toJSON()` gives of it."""
        point = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": base64url(point), "auth": base64url(self.secret)}}

    def read(self, body: bytes) -> dict[str, str]:
        """Decrypt what a push service handed over."""
        text = http_ece.decrypt(body, private_key=self.private_key, auth_secret=self.secret, version="aes128gcm")
        read: dict[str, str] = json.loads(text)
        return read


def browser(origin: str) -> Browser:
    return Browser(endpoint=f"{origin}/push/{next(_numbers)}")


def subscribed(user: User, browser: Browser) -> Device:
    """Register a browser as its owner, past the check of its address."""
    given = browser.subscription()
    device, _ = register_device(user=user, channel=Channel.WEB_PUSH, address=given["endpoint"], **given["keys"])
    return device


def phone(user: User, token: str = "") -> Device:
    address = token or f"token:{next(_numbers)}"
    return Device.objects.create(user=user, channel=Channel.MOBILE_PUSH, address=address)


def awake(**profile: Any) -> User:
    """Return somebody without quiet hours."""
    return accounts.user(**{"quiet_from": "00:00", "quiet_until": "00:00"} | profile)
