"""Signing in and out, and one's own profile."""

from dataclasses import dataclass
from typing import Any

from tkd_client.api.transport import NotOurServer, Transport, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What proves who we are: `access` for minutes, `refresh` once, for days."""

    access: str
    refresh: str


async def sign_in(transport: Transport, email: str, password: str) -> Tokens:
    """Raises SignedOut for a wrong pair, TooManyRequests when locked out."""
    return await _tokens(transport, "/api/auth/token/", {"email": email, "password": password})


async def refresh(transport: Transport, tokens: Tokens) -> Tokens:
    """Raises SignedOut when the family of these tokens has ended."""
    return await _tokens(transport, "/api/auth/token/refresh/", {"refresh": tokens.refresh})


async def sign_out(transport: Transport, tokens: Tokens) -> None:
    await call(transport, "POST", "/api/auth/logout/", payload={"refresh": tokens.refresh})


async def sign_up(transport: Transport, email: str, password: str, *, language: str) -> None:
    """Ask for an account; the answer is the same whether the address is known. Raises Refused for a weak password."""
    payload = {"email": email, "password": password, "language": language}
    await call(transport, "POST", "/api/auth/signup/", payload=payload)


async def verify_email(transport: Transport, key: str, password: str) -> None:
    """Confirm an address with the key of its mail and the password chosen when signing up. Raises Refused."""
    await call(transport, "POST", "/api/auth/verify-email/", payload={"key": key, "password": password})


async def ask_for_new_password(transport: Transport, email: str) -> None:
    """Have a mail sent; the answer is the same whether the address is known."""
    await call(transport, "POST", "/api/auth/password/reset/", payload={"email": email})


async def set_new_password(transport: Transport, key: str, password: str) -> None:
    """Raises Refused for a link that has run out, and for a weak password."""
    await call(transport, "POST", "/api/auth/password/reset/confirm/", payload={"key": key, "password": password})


async def me(transport: Transport, tokens: Tokens) -> dict[str, Any]:
    _answer, data = await call(transport, "GET", "/api/v1/me", headers=_bearer(tokens))
    return _object(data)


async def change_me(transport: Transport, tokens: Tokens, changes: dict[str, Any]) -> dict[str, Any]:
    _answer, data = await call(transport, "PATCH", "/api/v1/me", payload=changes, headers=_bearer(tokens))
    return _object(data)


def _bearer(tokens: Tokens) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.access}"}


async def _tokens(transport: Transport, path: str, payload: dict[str, str]) -> Tokens:
    _answer, data = await call(transport, "POST", path, payload=payload)
    try:
        return Tokens(access=data["access"], refresh=data["refresh"])
    except (KeyError, TypeError) as error:
        raise NotOurServer("tokens of another shape") from error


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise NotOurServer("a profile of another shape")
    return data
