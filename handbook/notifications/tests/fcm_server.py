"""FCM and Google's token endpoint on this machine, as strict as their documentation."""

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from handbook.notifications.tests.push_service import served

PROJECT = "handbook-tests"
EMAIL = "push@handbook-tests.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"  # google-auth signs for it wherever `token_uri` leads
LIVES_S = 3600
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

Answer = tuple[int, dict[str, Any], dict[str, str]]
SHAPE: dict[str, Any] = {
    "token": str,
    "notification": {"title": str, "body": str},
    "data": {"tag": str, "title": str, "body": str, "url": str, "lang": str},
    "android": {"ttl": str, "notification": {"tag": str}},
    "apns": {"headers": {"apns-collapse-id": str, "apns-expiration": str}},
}


@dataclass(slots=True)
class Fcm:
    """`answers` are given in turn instead of success. `now` is the simulated moment."""

    origin: str = ""
    answers: list[Answer] = field(default_factory=list)
    messages: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    access_tokens: dict[str, datetime] = field(default_factory=dict)
    asked: int = 0
    now: datetime | None = None

    def shown_by(self, token: str) -> dict[str, tuple[datetime, dict[str, Any]]]:
        """Return what a phone shows: of messages with the same tag the last one."""
        return {one[1]["data"]["tag"]: one for one in self.messages if one[1]["token"] == token}

    def exchange(self, form: dict[str, list[str]]) -> Answer:
        """Give an access token for an assertion that the service account signed."""
        at = self.now or datetime.now(UTC)
        try:
            claims = _verified(form["assertion"][0])
        except (InvalidSignature, ValueError, LookupError) as error:
            return self._refuse(f"assertion: {error!r}", status=401)
        wanted = {"iss": EMAIL, "scope": SCOPE, "aud": AUDIENCE}
        if form.get("grant_type") != [GRANT] or {name: claims.get(name) for name in wanted} != wanted:
            return self._refuse(f"claims: {claims}", status=401)
        if not (claims["iat"] - 60 <= at.timestamp() < claims["exp"] <= claims["iat"] + LIVES_S):
            return self._refuse(f"times: {claims} at {at}", status=401)
        token = secrets.token_hex(8)
        self.access_tokens[token] = at
        return 200, {"access_token": token, "expires_in": LIVES_S, "token_type": "Bearer"}, {}

    def send(self, path: str, authorization: str, body: Any) -> Answer:
        self.asked += 1
        at = self.now or datetime.now(UTC)
        given_at = self.access_tokens.get(authorization.removeprefix("Bearer "))
        if given_at is None or (at - given_at).total_seconds() >= LIVES_S:
            return self._refuse("access token", status=401)
        if self.answers:
            return self.answers.pop(0)
        if path != f"/v1/projects/{PROJECT}/messages:send" or not _fits({"message": SHAPE}, body):
            return self._refuse(f"{path} {body}", status=400)
        message = body["message"]
        tags = [message["apns"]["headers"]["apns-collapse-id"], message["android"]["notification"]["tag"]]
        if set(tags) != {message["data"]["tag"]}:
            return self._refuse(f"tags of {message}", status=400)
        self.messages.append((at, message))
        return 200, {"name": f"projects/{PROJECT}/messages/{len(self.messages)}"}, {}

    def _refuse(self, what: str, *, status: int) -> Answer:
        self.wrong.append(what)
        return error(status, "INVALID_ARGUMENT")


def error(status: int, code: str, **headers: str) -> Answer:
    """Return an error as FCM words it."""
    detail = {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}
    return status, {"error": {"code": status, "message": code, "status": code, "details": [detail]}}, headers


def _fits(shape: Any, given: Any) -> bool:
    if isinstance(shape, dict):
        return (
            isinstance(given, dict)
            and shape.keys() == given.keys()
            and all(_fits(shape[name], given[name]) for name in shape)
        )
    return isinstance(given, shape) and bool(given)


def _verified(assertion: str) -> dict[str, Any]:
    head, claims, signature = assertion.split(".")
    if json.loads(_bytes_of(head))["alg"] != "RS256":
        raise ValueError(head)
    KEY.public_key().verify(_bytes_of(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
    read: dict[str, Any] = json.loads(_bytes_of(claims))
    return read


def _bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def service_account(folder: Path, origin: str) -> Path:
    """Write the file that Google gives to whoever may send."""
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    path = folder / "service-account.json"
    path.write_text(
        json.dumps(
            {
                "type": "service_account",
                "project_id": PROJECT,
                "private_key_id": "1",
                "private_key": pem,
                "client_email": EMAIL,
                "client_id": "1",
                "token_uri": f"{origin}/token",
            }
        )
    )
    return path


@contextmanager
def fcm_server() -> Iterator[Fcm]:
    """Serve until the block ends."""
    fcm = Fcm()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/token":
                status, answer, headers = fcm.exchange(parse_qs(body.decode()))
            else:
                status, answer, headers = fcm.send(self.path, self.headers["Authorization"] or "", json.loads(body))
            text = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(text)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_words: Any) -> None:
            pass

    with served(Handler) as origin:
        fcm.origin = origin
        yield fcm
