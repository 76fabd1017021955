"""A push service on this machine: it believes no signature, opens what was sealed, and shows what a browser would."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from handbook.notifications.tests.make import Browser, base64url

LONGEST_SIGNATURE_S = 24 * 3600
NEEDED = {"content-encoding": "aes128gcm", "content-type": "application/octet-stream"}


class Wrong(Exception):  # noqa: N818 - the sender's
    """What a strict push service would answer 400 to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One request that was accepted, and when by the simulated clock."""

    endpoint: str
    at: datetime
    shown: dict[str, str]
    lives_s: int


@dataclass(slots=True)
class PushService:
    """`answers` are given in turn instead of 201: a status with its headers. `now` is the simulated moment."""

    origin: str = ""
    public_key: str = ""
    subject: str = "mailto:operator@example.org"
    browsers: dict[str, Browser] = field(default_factory=dict)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    now: datetime | None = None

    def browser(self) -> Browser:
        """Return a new subscription here."""
        browser = Browser(endpoint=f"{self.origin}/push/{len(self.browsers)}")
        self.browsers[browser.endpoint] = browser
        return browser

    def shown_by(self, browser: Browser) -> dict[str, Receipt]:
        """Return what a browser shows: of messages with the same tag the last one, which replaced the others."""
        return {one.shown["tag"]: one for one in self.receipts if one.endpoint == browser.endpoint}

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.asked += 1
        if self.answers:
            return self.answers.pop(0)
        try:
            self.receipts.append(self._receipt(self.origin + path, headers, body))
        except Wrong as wrong:
            self.wrong.append(str(wrong))
            return 400, {}
        return 201, {"Location": f"{self.origin}/message/{self.asked}"}

    def _receipt(self, endpoint: str, headers: dict[str, str], body: bytes) -> Receipt:
        at = self.now or datetime.now(UTC)
        refuse_signature(headers.get("authorization", ""), self, at=at)
        if wrong := {name: headers.get(name) for name, value in NEEDED.items() if headers.get(name) != value}:
            raise Wrong(f"headers: {wrong}")
        shown = self.browsers[endpoint].read(body)
        if headers.get("topic") != shown["tag"] or len(shown["tag"]) > 32:
            raise Wrong(f"topic {headers.get('topic')}")
        return Receipt(endpoint=endpoint, at=at, shown=shown, lives_s=int(headers["ttl"]))


def refuse_signature(header: str, service: PushService, *, at: datetime) -> None:
    """Check a `vapid t=…, k=…` header as RFC 8292 wants it. Raises Wrong."""
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    if scheme != "vapid" or parts.keys() != {"t", "k"}:
        raise Wrong(f"authorization {header[:30]}")
    if parts["k"] != service.public_key:
        raise Wrong("signed by another key than that of the subscription")
    head, claims = _verified(parts["t"], parts["k"])
    if head.get("alg") != "ES256" or claims.get("aud") != service.origin or claims.get("sub") != service.subject:
        raise Wrong(f"{head} {claims}")
    if not 0 < claims["exp"] - at.timestamp() <= LONGEST_SIGNATURE_S:
        raise Wrong(f"expires {claims['exp']} at {at}")


def _verified(token: str, public_key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    head, claims, signature = token.split(".")
    raw = _bytes_of(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes_of(public_key))
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert base64url(raw) == signature
    return json.loads(_bytes_of(head)), json.loads(_bytes_of(claims))


def _bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@contextmanager
def push_service(public_key: str) -> Iterator[PushService]:
    """Serve until the block ends."""
    service = PushService(public_key=public_key)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more = service.take(self.path, headers, body)
            self.send_response(status)
            for name, value in {**more, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            pass

    with served(Handler) as origin:
        service.origin = origin
        yield service


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve in threads and yield the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
