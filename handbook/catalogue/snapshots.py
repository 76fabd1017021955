"""The delta, and the whole catalogue as one compressed file per revision that a CDN can hold for ever."""

import contextlib
import gzip
from http import HTTPStatus
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from handbook.catalogue import selectors
from handbook.catalogue.http import conditional_response, etag_of, gzip_etag, revision_response, takes_gzip
from handbook.catalogue.revision import current_revision, published_state
from handbook.common.problems import RuleBroken
from handbook.common.rendering import json_bytes

FOLDER = "catalogue"
KEPT_SNAPSHOTS = 3
IMMUTABLE = "public, max-age=31536000, immutable"


class SnapshotGone(RuleBroken):
    slug = "snapshot-gone"
    status = HTTPStatus.NOT_FOUND
    title = "This snapshot is not kept"


def delta(since: int) -> dict[str, Any]:
    """Return the answer of `sync/catalogue`: `cursor`, `upserts` per kind, `deletes`, and where the snapshot is."""
    changes = selectors.changes_after(since)
    return {
        "cursor": changes.revision,
        "is_snapshot": since == 0 or since > changes.revision,
        "snapshot_path": snapshot_path(changes.revision),
        "upserts": changes.upserts,
        "deletes": changes.deletes,
    }


def snapshot_path(revision: int) -> str:
    return f"/api/v1/sync/catalogue/snapshots/{revision}.json.gz"


def compressed_snapshot(revision: int) -> bytes:
    """Return the file of the current revision, building and storing it when it is not there.

    Raises SnapshotGone for a revision that is neither stored nor current.
    """
    name = f"{FOLDER}/{revision}.json.gz"
    with contextlib.suppress(FileNotFoundError), default_storage.open(name) as held:
        return bytes(held.read())
    if revision != current_revision():
        raise SnapshotGone(f"Revision {revision} is not kept.", current=snapshot_path(current_revision()))
    body = gzip.compress(json_bytes(delta(0)), compresslevel=6, mtime=0)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(body))
    _drop_old_snapshots()
    return body


def snapshot_file_response(revision: int) -> HttpResponse:
    """The file itself. It never changes, so that every cache may keep it."""
    response = HttpResponse(compressed_snapshot(revision), content_type="application/gzip")
    response["Cache-Control"] = IMMUTABLE
    return response


def snapshot_response(request: Request, query: dict[str, Any]) -> HttpResponse:
    """The snapshot as an answer of the delta, compressed where the client takes it."""
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        response = _compressed_response(request, query)
    else:
        response = revision_response(request, query, lambda: delta(0))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _compressed_response(request: Request, query: dict[str, Any]) -> HttpResponse:
    state = published_state()
    etag = gzip_etag(etag_of(request.path_info, query, state))
    response = conditional_response(request, state, etag, lambda: compressed_snapshot(state.revision))
    if response.status_code == HTTPStatus.OK:
        response["Content-Encoding"] = "gzip"
    return response


def _drop_old_snapshots() -> None:
    names = [name for name in default_storage.listdir(FOLDER)[1] if name.endswith(".json.gz")]
    by_age = sorted(names, key=lambda name: int("".join(filter(str.isdigit, name.split(".")[0].split("_")[0])) or 0))
    for name in by_age[:-KEPT_SNAPSHOTS]:
        default_storage.delete(f"{FOLDER}/{name}")
