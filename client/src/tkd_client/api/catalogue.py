"""The catalogue as the server gives it: a snapshot first, then what changed."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from tkd_client.api.transport import NotOurServer, Transport, call
from tkd_rules.delta import Changes, changes_of

PATH = "/api/v1/sync/catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What happened, None for nothing; the ETag of the answer, and the server's clock where it told it."""

    changes: Changes | None
    etag: str | None
    sent_at: datetime | None


async def fetch_changes(transport: Transport, *, since: int, catalogue_id: str, etag: str | None) -> Pulled:
    """Ask what happened after revision `since` of a catalogue; of another one than the server's it sends a snapshot.

    Raises ApiError; NotOurServer also for documents without what every screen needs.
    """
    headers = {"If-None-Match": etag} if etag else {}
    query = urlencode({"since": since} | ({"catalogue_id": catalogue_id} if catalogue_id else {}))
    answer, data = await call(transport, "GET", f"{PATH}?{query}", headers=headers, timeout_s=60)
    try:
        changes = None if data is None else changes_of(data)
    except ValueError as error:
        raise NotOurServer(str(error)) from error
    return Pulled(changes=changes, etag=answer.headers.get("etag"), sent_at=answer.sent_at)
