"""What the learner did, told to the server, and what other devices did, asked from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import NotOurServer, Transport, call

PUSH, PULL = "/api/v1/sync/push", "/api/v1/sync/learner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """A result for each operation in their order, and the server's clock where it told it."""

    results: list[dict[str, Any]]
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    cursor: int
    has_more: bool
    is_behind: bool
    changes: list[tuple[str, dict[str, Any]]]


async def push(
    transport: Transport, tokens: Tokens, operations: Sequence[dict[str, Any]], *, device: str, catalogue_revision: int
) -> Pushed:
    """Raises ApiError; NotOurServer unless every operation is answered for."""
    body = {"device": device, "catalogue_revision": catalogue_revision, "operations": list(operations)}
    headers = {"Authorization": f"Bearer {tokens.access}"}
    answer, data = await call(transport, "POST", PUSH, payload=body, headers=headers, timeout_s=60)
    try:
        results = [dict(result) for result in data["results"]]
        whole = [result["id"] for result in results] == [operation["id"] for operation in operations]
    except (KeyError, TypeError, ValueError) as error:
        raise NotOurServer("results of another shape") from error
    if not whole:
        raise NotOurServer("results of other operations")
    return Pushed(results=results, sent_at=answer.sent_at)


async def pull(transport: Transport, tokens: Tokens, *, since: int) -> News:
    """Raises ApiError."""
    headers = {"Authorization": f"Bearer {tokens.access}"}
    _answer, data = await call(transport, "GET", f"{PULL}?since={since}", headers=headers, timeout_s=60)
    try:
        return News(
            cursor=int(data["cursor"]),
            has_more=bool(data["has_more"]),
            is_behind=bool(data["is_behind"]),
            changes=[(str(change["kind"]), dict(change["payload"])) for change in data["changes"]],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotOurServer("news of another shape") from error
