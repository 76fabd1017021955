"""The catalogue as the server gives it: a snapshot first, then what changed."""

from tkd_client.api.transport import NotOurServer, Transport, call
from tkd_rules.delta import Changes, changes_of

PATH = "/api/v1/sync/catalogue"


async def fetch_changes(transport: Transport, *, since: int, etag: str | None) -> tuple[Changes, str | None] | None:
    """Return what happened after revision `since` with the ETag of the answer, None when nothing did.

    Raises ApiError; NotOurServer also for documents without what every screen needs.
    """
    headers = {"If-None-Match": etag} if etag else {}
    answer, data = await call(transport, "GET", f"{PATH}?since={since}", headers=headers, timeout_s=60)
    if data is None:
        return None
    try:
        return changes_of(data), answer.headers.get("etag")
    except ValueError as error:
        raise NotOurServer(str(error)) from error
