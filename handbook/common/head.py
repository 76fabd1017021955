"""HEAD at the outermost layer: whatever the application answers, nothing of its body is handed on."""

from collections.abc import Callable, Iterable
from typing import Any

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def without_body_for_head(application: WSGIApplication) -> WSGIApplication:
    """Wrap an application that answers HEAD like GET, as Django does; the headers stay those of the body."""

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        chunks = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return chunks
        if close := getattr(chunks, "close", None):
            close()
        return []

    return wrapped
