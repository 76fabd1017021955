"""The whole catalogue as devices fetch it, and the files that are kept of it."""

from typing import Any

from django.core.files.storage import default_storage
from django.test import Client

GZIP = {"accept-encoding": "gzip"}


def stored_snapshots() -> set[str]:
    return set(default_storage.listdir("catalogue")[1])


def everything(client: Client, **headers: str) -> Any:
    """Return the snapshot as the delta's path answers it compressed."""
    return client.get("/api/v1/sync/catalogue?since=0", headers=GZIP | headers)
