"""The catalogue's edge in front of the whole server."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.wsgi import get_wsgi_application

from handbook.catalogue.edge import Answer, CatalogueEdge


class Edge:
    """The WSGI stack with the edge in front, and what passed it."""

    def __init__(self) -> None:
        django = get_wsgi_application()
        self.entered = 0
        self.logged: list[tuple[str, int]] = []

        def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            self.entered += 1
            return django(environ, start_response)

        self._edge = CatalogueEdge(
            counted, log_request=lambda environ, status, _duration_s: self.logged.append((environ["PATH_INFO"], status))
        )

    @property
    def held(self) -> dict[tuple[str, ...], Answer]:
        return dict(self._edge._answers)

    @property
    def held_bytes(self) -> int:
        return self._edge._held_bytes

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        where, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        seen: list[Any] = []
        chunks = self._edge(environ, lambda status, sent, *_rest: seen.append((status, sent)))
        body = b"".join(chunks)
        if close := getattr(chunks, "close", None):
            close()
        status, sent = seen[-1]
        return int(status[:3]), dict(sent), body
