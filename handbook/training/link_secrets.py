"""Secrets that stand in addresses: who knows one may read, so only its digest is stored."""

import re
import secrets
from hashlib import sha256
from typing import Final

SECRET_BYTES = 32
SECRET_FORM: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
