"""Where reminders are sent, and which of them somebody wants."""

from typing import Any

from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import NotOurServer, Transport, call

AREA = "/api/v1/notifications"


async def vapid_key(transport: Transport, tokens: Tokens) -> str:
    """Return the key that a browser subscribes with. Raises ApiError; Refused where the server sends no push."""
    return str(await _asked(transport, "GET", "vapid-key", tokens, field="public_key"))


async def register(transport: Transport, tokens: Tokens, subscription: dict[str, Any]) -> str:
    """Have this device told, too; return its id at the server. Raises ApiError."""
    payload = {"endpoint": subscription["endpoint"], "keys": subscription["keys"]}
    return str(await _asked(transport, "POST", "devices", tokens, field="id", payload=payload))


async def unregister(transport: Transport, tokens: Tokens, device: str) -> None:
    await call(transport, "DELETE", f"{AREA}/devices/{device}", headers=_bearer(tokens))


async def switches(transport: Transport, tokens: Tokens) -> dict[str, dict[str, bool]]:
    """Return for each kind of reminder by which ways it comes."""
    found: dict[str, dict[str, bool]] = await _asked(transport, "GET", "preferences", tokens, field="switches")
    return found


async def switch(
    transport: Transport, tokens: Tokens, kind: str, channel: str, *, is_on: bool
) -> dict[str, dict[str, bool]]:
    payload = {"switches": {kind: {channel: is_on}}}
    found: dict[str, dict[str, bool]] = await _asked(
        transport, "PATCH", "preferences", tokens, field="switches", payload=payload
    )
    return found


async def _asked(
    transport: Transport, method: str, path: str, tokens: Tokens, *, field: str, payload: Any = None
) -> Any:
    _answer, data = await call(transport, method, f"{AREA}/{path}", payload=payload, headers=_bearer(tokens))
    try:
        return data[field]
    except (KeyError, TypeError) as error:
        raise NotOurServer(f"no {field}") from error


def _bearer(tokens: Tokens) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.access}"}
