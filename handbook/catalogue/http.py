"""Answers that depend on the revision and the query alone: ETag, 304 without SQL, bytes from the shared cache."""

import hashlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from django.http import HttpResponse
from django.utils.http import parse_etags
from redis import RedisError
from rest_framework.request import Request

from handbook.catalogue.revision import current_revision
from handbook.common.rendering import json_bytes
from handbook.common.shared_cache import shared_cache

SHARED_CACHE = "public, max-age=30, stale-while-revalidate=300"
REVISION_HEADER = "X-Catalogue-Revision"
BYTES_LIFETIME_S = 3600
LARGEST_CACHED_BYTES = 4_000_000

log = structlog.get_logger(__name__)


def revision_response(request: Request, query: Mapping[str, Any], build: Callable[[], Any]) -> HttpResponse:
    """Answer with what `build` makes of the current revision, made once per revision, path and query."""
    response = revision_headers(request, query, current_revision())
    if response.status_code == HTTPStatus.OK:
        response.content = _body(response["ETag"], build)
    return response


def revision_headers(request: Request, query: Mapping[str, Any], revision: int) -> HttpResponse:
    """Return an empty answer with the headers of a revision: 304 when the caller holds it, else 200 to be filled."""
    etag = etag_of(request.path_info, query, revision)
    known = {held.removeprefix("W/") for held in parse_etags(request.headers.get("If-None-Match", ""))}
    status = HTTPStatus.NOT_MODIFIED if known & {etag, "*"} else HTTPStatus.OK
    response = HttpResponse(status=status, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = SHARED_CACHE
    response[REVISION_HEADER] = str(revision)
    return response


def etag_of(path: str, query: Mapping[str, Any], revision: int) -> str:
    asked = urlencode(sorted((name, str(value)) for name, value in query.items()))
    digest = hashlib.blake2s(f"{path}?{asked}".encode(), digest_size=9).hexdigest()
    return f'"r{revision}-{digest}"'


def _body(etag: str, build: Callable[[], Any]) -> bytes:
    key = f"handbook:catalogue:body:{etag}"
    try:
        held = shared_cache().get(key)
        if isinstance(held, bytes):
            return held
        body = json_bytes(build())
        if len(body) <= LARGEST_CACHED_BYTES:
            shared_cache().set(key, body, ex=BYTES_LIFETIME_S)
    except RedisError as error:
        log.warning("catalogue_body_cache_unreachable", error=type(error).__name__)
        return json_bytes(build())
    return body
