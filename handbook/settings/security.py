"""The Content-Security-Policy of docs/adr/0003, as the dictionary that django-csp 4 takes."""

from collections.abc import Sequence
from typing import Any

SELF = "'self'"
INLINE_STYLES = [SELF, "'unsafe-inline'"]

# Pages for people, by path: Swagger writes style attributes, the admin's Alpine evaluates its attributes.
PAGE_POLICIES: dict[str, dict[str, list[str]]] = {
    "/admin/": {"style-src": INLINE_STYLES, "script-src": [SELF, "'unsafe-eval'"]},
    "/api/docs": {"style-src": INLINE_STYLES},
    # Flutter and Python are WebAssembly; Flutter draws through style attributes and keeps images as blobs.
    "/app/": {
        "style-src": INLINE_STYLES,
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "font-src": [SELF],
    },
}


def content_security_policy(
    *, cdn_origin: str, connect_origins: Sequence[str], allow_inline_scripts: bool
) -> dict[str, Any]:
    """Return `{"DIRECTIVES": {directive: [source, ...]}}`; an empty CDN origin adds no source."""
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "img-src": [SELF, "data:", "blob:"],
            "media-src": [SELF, "data:", "blob:", *filter(None, [cdn_origin])],
            "script-src": [SELF, *(["'unsafe-inline'"] if allow_inline_scripts else [])],
            "style-src": [SELF],
            "connect-src": [SELF, *connect_origins],
            "object-src": ["'none'"],
            "base-uri": [SELF],
            "form-action": [SELF],
            "frame-ancestors": ["'none'"],
        }
    }
