"""Answers that depend on the revision and the query alone: ETag, 304 without SQL, bytes from the shared cache."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import structlog
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from redis import RedisError
from rest_framework.request import Request

from handbook.catalogue.revision import Published, published_state
from handbook.common.rendering import json_bytes
from handbook.common.shared_cache import shared_cache

SHARED_CACHE = "public, max-age=30, stale-while-revalidate=300"
REVISION_HEADER = "X-Catalogue-Revision"
CATALOGUE_HEADER = "X-Catalogue-Id"
BYTES_LIFETIME_S = 3600
LARGEST_CACHED_BYTES = 4_000_000
GZIP_SUFFIX = '-gz"'
CODING = re.compile(r"\s*([-\w*]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.ASCII)

log = structlog.get_logger(__name__)
OnMiss = Callable[[], None]  # called before an answer is made that no cache held; it may refuse by raising


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What an answer is, and how bytes are made of it."""

    content_type: str
    encode: Callable[[Any], bytes]


JSON = Kind(content_type="application/json", encode=json_bytes)
SVG = Kind(content_type="image/svg+xml", encode=str.encode)


class NotModified(HttpResponseNotModified):
    """A 304 without the length of a body: the middleware would write 0, which is not that of what the caller holds."""

    def has_header(self, header: str) -> bool:
        return header.lower() == "content-length" or super().has_header(header)


def revision_response(
    request: Request, query: Mapping[str, Any], build: Callable[[], Any], *, on_miss: OnMiss, made_as: Kind = JSON
) -> HttpResponse:
    """Answer with what `build` makes of the current revision, made once per revision, path and query."""
    state = published_state()
    etag = etag_of(request.path_info, query, state)
    return conditional_response(
        request,
        state,
        etag,
        lambda: _body(etag, lambda: made_as.encode(build()), on_miss),
        content_type=made_as.content_type,
    )


def conditional_response(
    request: Request, state: Published, etag: str, body: Callable[[], bytes], *, content_type: str = JSON.content_type
) -> HttpResponse:
    """Answer 304 when the caller holds this answer, in whichever encoding, else 200 with the body.

    `*` stands for whatever there is: the body is made to learn whether there is any.
    """
    named = parse_etags(request.headers.get("If-None-Match", ""))
    held = {name.removeprefix("W/") for name in named}
    known = next((name for name in (etag, twin_of(etag)) if name in held), None)
    response: HttpResponse
    if known:
        response = NotModified()
    else:
        content = body()
        response = NotModified() if "*" in named else HttpResponse(content, content_type=content_type)
    response["ETag"] = known or etag
    response["Cache-Control"] = SHARED_CACHE
    response[REVISION_HEADER] = str(state.revision)
    response[CATALOGUE_HEADER] = state.catalogue_id
    return response


def etag_of(path: str, query: Mapping[str, Any], state: Published) -> str:
    """Return the strong ETag of a plain answer; another life of the database, or another layout, gives another."""
    asked = urlencode(sorted((name, str(value)) for name, value in query.items()))
    digest = hashlib.blake2s(f"{state.catalogue_id} {path}?{asked}".encode(), digest_size=9).hexdigest()
    return f'"r{state.revision}-{digest}"'


def gzip_etag(etag: str) -> str:
    return etag.removesuffix('"') + GZIP_SUFFIX


def twin_of(etag: str) -> str:
    """Return the ETag of the same answer in the other encoding."""
    return etag.removesuffix(GZIP_SUFFIX) + '"' if etag.endswith(GZIP_SUFFIX) else gzip_etag(etag)


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding takes gzip at least as willingly as plain bytes."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        if coding := CODING.fullmatch(part):
            weights[coding[1]] = float(coding[2] or 1)
    gzip = weights.get("gzip", 0.0)
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _body(etag: str, build: Callable[[], bytes], on_miss: OnMiss) -> bytes:
    key = f"handbook:catalogue:body:{etag}"
    try:
        held = shared_cache().get(key)
        if isinstance(held, bytes):
            return held
        on_miss()
        body = build()
        if len(body) <= LARGEST_CACHED_BYTES:
            shared_cache().set(key, body, ex=BYTES_LIFETIME_S)
    except RedisError as error:
        log.warning("catalogue_body_cache_unreachable", error=type(error).__name__)
        return build()
    return body
