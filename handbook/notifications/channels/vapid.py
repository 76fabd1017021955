"""The key pair by which push services know this server (RFC 8292)."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid
from py_vapid.utils import b64urldecode, b64urlencode

PRIVATE_KEY_BYTES = 32


def new_private_key() -> str:
    """Return a new key as VAPID_PRIVATE_KEY takes it: 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return str(b64urlencode(number.to_bytes(PRIVATE_KEY_BYTES, "big")))


@lru_cache(maxsize=4)
def signer_of(private_key: str) -> Vapid:
    return Vapid.from_string(private_key)


def is_private_key(text: str) -> bool:
    """Return whether this is a key as `new_private_key` makes it."""
    try:
        return len(b64urldecode(text.encode())) == PRIVATE_KEY_BYTES and bool(public_key_of(text))
    except ValueError:
        return False


def public_key_of(private_key: str) -> str:
    """Return what browsers take as `applicationServerKey`: the point in base64url."""
    point = signer_of(private_key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))


def public_key() -> str | None:
    """Return this server's public key, None when it has no pair."""
    return public_key_of(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else None


def authorization(*, audience: str, expires_at_s: int) -> str:
    """Return the header that signs a request to the push service `audience`."""
    claims = {"aud": audience, "exp": expires_at_s, "sub": settings.VAPID_SUBJECT}
    return str(signer_of(settings.VAPID_PRIVATE_KEY).sign(claims)["Authorization"])
