"""Answers that a device keeps: it asks whether they still hold, and is told so without their body."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import StrictJSONParser
from handbook.catalogue.http import NotModified, twin_of
from handbook.common.rendering import json_bytes

LARGEST_BODY_BYTES = 256 * 1024
JSON = "application/json"

# Comments, not docstrings: those would become the description of every operation.


class PlanParser(StrictJSONParser):
    largest_bytes = LARGEST_BODY_BYTES


class TrainingView(PrivateView):
    # What it answers to GET is kept by the learner's device alone, and asked for again each time.
    parser_classes = (PlanParser,)
    throttle_scope = "training"

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        if final.has_header("ETag"):
            final["Cache-Control"] = "private, no-cache"
            patch_vary_headers(final, ["Authorization"])
        return final


def json_response(data: Any, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(json_bytes(data), content_type=JSON, status=status)


def conditional_response(request: Request, content: bytes, *, content_type: str = JSON) -> HttpResponse:
    """Answer 304 when the caller holds these bytes, in whichever encoding, else 200 with them."""
    etag = f'"t-{hashlib.blake2s(content, digest_size=12).hexdigest()}"'
    named = parse_etags(request.headers.get("If-None-Match", ""))
    held = {name.removeprefix("W/") for name in named}
    known = next((name for name in (etag, twin_of(etag)) if name in held), None)
    is_held = known is not None or "*" in named
    response: HttpResponse = NotModified() if is_held else HttpResponse(content, content_type=content_type)
    response["ETag"] = known or etag
    return response
