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
from handbook.catalogue.http import OnMiss, conditional_response, etag_of, gzip_etag, revision_response, takes_gzip
from handbook.catalogue.revision import Published, published_state
from handbook.common.problems import RuleBroken
from handbook.common.rendering import json_bytes

FOLDER = "catalogue"
SUFFIX = ".json.gz"
KEPT_SNAPSHOTS = 3
IMMUTABLE = "public, max-age=31536000, immutable"
WHOLE = {"since": 0}


class SnapshotGone(RuleBroken):
    slug = "snapshot-gone"
    status = HTTPStatus.NOT_FOUND
    title = "This snapshot is not kept"


def delta(since: int) -> dict[str, Any]:
    """Return the answer of `sync/catalogue`: `cursor` and `catalogue_id`, `upserts` per kind, `deletes`."""
    changes = selectors.changes_after(since)
    return {
        "cursor": changes.revision,
        "catalogue_id": changes.catalogue_id,
        "is_snapshot": since == 0 or since > changes.revision,
        "snapshot_path": _path_of(_name(changes.catalogue_id, changes.revision)),
        "upserts": changes.upserts,
        "deletes": changes.deletes,
    }


def delta_response(request: Request, *, since: int, catalogue_id: str | None = None, on_miss: OnMiss) -> HttpResponse:
    """Answer what happened after a cursor; one that is not of this catalogue gets the snapshot.

    `catalogue_id` came with the cursor. A device that does not say it is believed while its cursor can be ours.
    """
    state = published_state()
    if since == 0 or since > state.revision or catalogue_id not in {None, state.catalogue_id}:
        return _snapshot_response(request, on_miss)
    return revision_response(request, {"since": since}, lambda: delta(since), on_miss=on_miss)


def compressed_snapshot(name: str, *, on_miss: OnMiss = lambda: None) -> bytes:
    """Return the file of the current revision, building and storing it when it is not there.

    Raises SnapshotGone for one that is neither stored nor current.
    """
    with contextlib.suppress(FileNotFoundError), default_storage.open(_file_of(name)) as held:
        return bytes(held.read())
    state = published_state()
    if name != current_name(state):
        raise SnapshotGone(f"The snapshot {name} is not kept.", current=_path_of(current_name(state)))
    on_miss()
    body = gzip.compress(json_bytes(delta(0)), compresslevel=6, mtime=0)
    if not default_storage.exists(_file_of(name)):
        default_storage.save(_file_of(name), ContentFile(body))
    _drop_old_snapshots(state)
    return body


def current_name(state: Published) -> str:
    return _name(state.catalogue_id, state.revision)


def snapshot_file_response(name: str, *, on_miss: OnMiss) -> HttpResponse:
    """The file itself. It never changes, so that every cache may keep it."""
    response = HttpResponse(compressed_snapshot(name, on_miss=on_miss), content_type="application/gzip")
    response["Cache-Control"] = IMMUTABLE
    return response


def _snapshot_response(request: Request, on_miss: OnMiss) -> HttpResponse:
    """The snapshot as an answer of the delta, compressed where the client takes it."""
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        response = _compressed_response(request, on_miss)
    else:
        response = revision_response(request, WHOLE, lambda: delta(0), on_miss=on_miss)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _compressed_response(request: Request, on_miss: OnMiss) -> HttpResponse:
    state = published_state()
    etag = gzip_etag(etag_of(request.path_info, WHOLE, state))
    name = current_name(state)
    response = conditional_response(request, state, etag, lambda: compressed_snapshot(name, on_miss=on_miss))
    if response.status_code == HTTPStatus.OK:
        response["Content-Encoding"] = "gzip"
    return response


def _name(catalogue_id: str, revision: int) -> str:
    return f"{catalogue_id}-{revision}"


def _path_of(name: str) -> str:
    return f"/api/v1/sync/catalogue/snapshots/{name}{SUFFIX}"


def _file_of(name: str) -> str:
    return f"{FOLDER}/{name}{SUFFIX}"


def _drop_old_snapshots(state: Published) -> None:
    """Keep the newest of this catalogue; what another life of the database left is no use to anybody."""
    held = {name.removesuffix(SUFFIX) for name in default_storage.listdir(FOLDER)[1] if name.endswith(SUFFIX)}
    ours = (name.removeprefix(f"{state.catalogue_id}-") for name in held)
    newest = sorted((int(revision) for revision in ours if revision.isdecimal()), reverse=True)[:KEPT_SNAPSHOTS]
    for name in held - {_name(state.catalogue_id, revision) for revision in newest}:
        default_storage.delete(_file_of(name))
