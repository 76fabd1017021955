"""The byte cache in front of Django: a repeated catalogue request is answered without entering it.

A process keeps finished answers of the published revision, headers and all. It asks the shared cache for the
revision again after 5 ms, so that no worker answers longer than that with an older catalogue than another.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from prometheus_client import Counter

from handbook.catalogue.http import CATALOGUE_HEADER, REVISION_HEADER, takes_gzip, twin_of
from handbook.catalogue.revision import Published, cached_state, on_published
from handbook.common.request_id import accepted_request_id, set_request_id

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]
RequestLog = Callable[[Environ, int, float], None]

PREFIXES = ("/api/v1/techniques", "/api/v1/tuls", "/api/v1/glossary", "/api/v1/exams", "/api/v1/sync/catalogue")
STATE_LIFETIME_S = 0.005
LARGEST_ANSWER_BYTES = 2_000_000
CAPACITY_BYTES = 48_000_000
MOST_ANSWERS = 10_000
LONGEST_KEY = 1_000  # no client of ours asks for longer; others could fill the memory with what they ask
OVERHEAD_BYTES = 1_500  # of Python for an answer, its key, and two lists of headers
NOT_IN_304 = {"content-type", "content-length", "content-encoding", "etag"}
REQUEST_ID_HEADER = "X-Request-ID"

HITS = Counter("handbook_catalogue_edge_hits", "Catalogue answers given from the process's byte cache", ["status"])
HITS_200, HITS_304 = HITS.labels("200"), HITS.labels("304")


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer; `headers` lacks the request id, which differs each time.

    `etags` are that of the answer and that of its other encoding: who holds either holds the answer.
    """

    revision: int
    catalogue_id: str
    etags: tuple[str, str]
    headers: Headers
    not_modified_headers: Headers
    body: bytes

    @property
    def size_bytes(self) -> int:
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return OVERHEAD_BYTES + headers + len(self.body)

    def is_of(self, state: Published) -> bool:
        return self.revision == state.revision and self.catalogue_id == state.catalogue_id


class CatalogueEdge:
    """WSGI middleware. It passes on whatever it does not hold, and keeps what Django answers to that."""

    def __init__(self, application: WSGIApplication, *, log_request: RequestLog) -> None:
        self._application = application
        self._log_request = log_request
        self._answers: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._held_bytes = 0
        self._lock = threading.Lock()
        self._state: Published | None = None
        self._ask_again_at_s = 0.0
        on_published(self._forget_state)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started_s = time.perf_counter()
        if not _may_be_held(environ):
            return self._application(environ, start_response)
        state = self._current_state()
        if state is None or 0 < state.next_change_at_s <= time.time():
            return self._application(environ, start_response)
        key = _key(environ)
        answer = self._answers.get(key)
        if answer is None or not answer.is_of(state):
            return self._kept_from_django(environ, start_response, key)
        status, body = self._send(answer, environ, start_response)
        self._log_request(environ, status, time.perf_counter() - started_s)
        return [body] if body else []

    def _current_state(self) -> Published | None:
        now_s = time.monotonic()
        if now_s >= self._ask_again_at_s:
            self._state, self._ask_again_at_s = cached_state(), now_s + STATE_LIFETIME_S
        return self._state

    def _forget_state(self, _revision: int) -> None:
        """What this process published itself it serves at once."""
        self._ask_again_at_s = 0.0

    def _send(self, answer: Answer, environ: Environ, start_response: StartResponse) -> tuple[int, bytes]:
        request_id = accepted_request_id(environ.get("HTTP_X_REQUEST_ID"))
        set_request_id(request_id)
        if held := _held(environ.get("HTTP_IF_NONE_MATCH", ""), answer.etags):
            HITS_304.inc()
            sent = [("ETag", held), *answer.not_modified_headers, (REQUEST_ID_HEADER, request_id)]
            start_response("304 Not Modified", sent)
            return 304, b""
        HITS_200.inc()
        start_response("200 OK", [*answer.headers, (REQUEST_ID_HEADER, request_id)])
        return 200, answer.body

    def _kept_from_django(
        self, environ: Environ, start_response: StartResponse, key: tuple[str, ...]
    ) -> Iterable[bytes]:
        seen: list[tuple[str, Headers]] = []

        def observe(status: str, headers: Headers, *rest: Any) -> Any:
            seen.append((status, headers))
            return start_response(status, headers, *rest)

        chunks = self._application(environ, observe)
        status, headers = seen[-1] if seen else ("", [])
        by_name = {name.lower(): value for name, value in headers}
        length = int(by_name.get("content-length") or LARGEST_ANSWER_BYTES + 1)
        if not status.startswith("200") or REVISION_HEADER.lower() not in by_name or length > LARGEST_ANSWER_BYTES:
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
        self._keep(key, _answer(by_name, headers, body))
        return [body]

    def _keep(self, key: tuple[str, ...], answer: Answer) -> None:
        if _size_of(key) > LONGEST_KEY:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._held_bytes += _size_of(key) + answer.size_bytes
            while self._held_bytes > CAPACITY_BYTES or len(self._answers) > MOST_ANSWERS:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple[str, ...]) -> None:
        if dropped := self._answers.pop(key, None):
            self._held_bytes -= _size_of(key) + dropped.size_bytes


def _size_of(key: tuple[str, ...]) -> int:
    return sum(map(len, key))


def _may_be_held(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("PATH_INFO", "").startswith(PREFIXES)
        and "HTTP_ORIGIN" not in environ
    )


def _key(environ: Environ) -> tuple[str, ...]:
    """Everything of a request that may change the answer, the host included: Django judges which hosts are ours."""
    return (
        environ.get("HTTP_HOST", ""),
        str(environ.get("HTTP_X_FORWARDED_PROTO") or environ.get("wsgi.url_scheme")),
        environ.get("HTTP_ACCEPT", ""),
        "gzip" if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _held(if_none_match: str, etags: tuple[str, str]) -> str | None:
    """Return which of the ETags the caller names, if any; `*` names whatever there is."""
    for etag in etags:
        if etag in if_none_match:
            return etag
    return etags[0] if if_none_match.strip() == "*" else None


def _answer(by_name: dict[str, str], headers: Headers, body: bytes) -> Answer:
    lasting = [(name, value) for name, value in headers if name.lower() != REQUEST_ID_HEADER.lower()]
    return Answer(
        revision=int(by_name[REVISION_HEADER.lower()]),
        catalogue_id=by_name[CATALOGUE_HEADER.lower()],
        etags=(by_name["etag"], twin_of(by_name["etag"])),
        headers=lasting,
        not_modified_headers=[(name, value) for name, value in lasting if name.lower() not in NOT_IN_304],
        body=body,
    )
