"""A small server that keeps to what Meilisearch documents: keys, task queue, index settings, error bodies.

It finds by whole words of any searchable attribute; how well Meilisearch itself ranks is not what we test.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

API_KEY = "a-master-key"
KNOWN_SETTINGS = {
    "searchableAttributes",
    "filterableAttributes",
    "sortableAttributes",
    "rankingRules",
    "typoTolerance",
    "synonyms",
    "displayedAttributes",
    "stopWords",
}
KNOWN_RANKING_RULES = {"words", "typo", "proximity", "attribute", "sort", "exactness"}
DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,511}")
KINDS = {401: "auth", 403: "auth", 404: "invalid_request", 400: "invalid_request"}


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "message": message,
            "code": code,
            "type": KINDS[status],
            "link": f"https://docs.meilisearch.com/errors#{code}",
        }


class Meilisearch:
    """State shared by all requests; `delay_s` and `is_broken` are switched by the tests."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, dict[str, Any]] = {}
        self.tasks: list[dict[str, Any]] = []
        self.searches = 0
        self.delay_s = 0.0
        self.is_broken = False
        self.answers_garbage = False

    def enqueued(self, index: str, kind: str, work: Any) -> dict[str, Any]:
        """Accept work as Meilisearch does: it is done later, and errors are found in the task."""
        uid = len(self.tasks)
        task: dict[str, Any] = {
            "uid": uid,
            "indexUid": index,
            "status": "enqueued",
            "type": kind,
            "error": None,
            "canceledBy": None,
            "details": None,
            "duration": None,
            "enqueuedAt": "2026-01-01T00:00:00.000000Z",
            "startedAt": None,
            "finishedAt": None,
            "_work": work,
            "_seen": 0,
        }
        self.tasks.append(task)
        summary = {name: task[name] for name in ("indexUid", "status", "type", "enqueuedAt")}
        return {"taskUid": uid, **summary}

    def looked_at(self, uid: int) -> dict[str, Any]:
        """A task is enqueued, then processing, then done: it moves each time somebody looks."""
        if uid >= len(self.tasks):
            raise Refusal(404, "task_not_found", f"Task `{uid}` not found.")
        task = self.tasks[uid]
        task["_seen"] += 1
        if task["status"] == "processing":
            try:
                task["_work"]()
                task["status"] = "succeeded"
            except Refusal as refusal:
                task["status"], task["error"] = "failed", refusal.body
        elif task["status"] == "enqueued":
            task["status"] = "processing"
        return {name: value for name, value in task.items() if not name.startswith("_")}

    def index(self, uid: str) -> dict[str, Any]:
        if uid not in self.indexes:
            raise Refusal(404, "index_not_found", f"Index `{uid}` not found.")
        return self.indexes[uid]

    def create(self, uid: str) -> None:
        if uid in self.indexes:
            raise Refusal(400, "index_already_exists", f"Index `{uid}` already exists.")
        self.indexes[uid] = {}

    def drop(self, uid: str) -> None:
        self.index(uid)
        del self.indexes[uid]

    def put(self, uid: str, documents: list[dict[str, Any]]) -> None:
        held = self.indexes.setdefault(uid, {})
        for document in documents:
            if not DOCUMENT_ID.fullmatch(str(document.get("id", ""))):
                raise Refusal(400, "invalid_document_id", "Document identifier is invalid.")
            held[document["id"]] = document

    def remove(self, uid: str, ids: list[str]) -> None:
        held = self.index(uid)
        for document_id in ids:
            del held[document_id]

    def set_settings(self, uid: str, settings: dict[str, Any]) -> None:
        self.indexes.setdefault(uid, {})
        self.settings.setdefault(uid, {}).update(settings)

    def search(self, uid: str, asked: dict[str, Any]) -> dict[str, Any]:
        documents = self.index(uid).values()
        self.searches += 1
        known = {"q", "limit", "filter", "attributesToSearchOn", "offset"}
        if unknown := set(asked) - known:
            raise Refusal(400, "bad_request", f"Unknown field `{min(unknown)}`.")
        kind = self._filtered_type(uid, asked.get("filter"))
        fields = asked.get("attributesToSearchOn") or self.settings[uid]["searchableAttributes"]
        words = asked["q"].lower().split()
        hits = [
            document
            for document in documents
            if (kind is None or document["type"] == kind)
            and all(any(word in _words(document.get(name)) for name in fields) for word in words)
        ]
        hits.sort(key=lambda document: document["belt_rank"])
        return {
            "hits": hits[: asked.get("limit", 20)],
            "query": asked["q"],
            "processingTimeMs": 1,
            "limit": asked.get("limit", 20),
            "offset": 0,
            "estimatedTotalHits": len(hits),
        }

    def filtered_ids(self, uid: str, wanted: str | None) -> list[str]:
        """Return what a filter of the form `a IN [..] AND b NOT IN [..]` names, of the documents held now."""
        ids = [str(document_id) for document_id in self.indexes.get(uid, {})]
        for part in (wanted or "").split(" AND "):
            found = re.fullmatch(r"(\w+) (NOT )?IN \[(.+)\]", part)
            if not found:
                raise Refusal(400, "invalid_document_filter", f"Could not parse `{wanted}`.")
            field, is_not, values = found[1], bool(found[2]), re.findall(r'"([^"]+)"', found[3])
            if field not in self.settings.get(uid, {"filterableAttributes": ["id"]})["filterableAttributes"]:
                raise Refusal(400, "invalid_document_filter", f"Attribute `{field}` is not filterable.")
            ids = [name for name in ids if (self.indexes[uid][name][field] in values) is not is_not]
        return ids

    def _filtered_type(self, uid: str, wanted: str | None) -> str | None:
        if wanted is None:
            return None
        found = re.fullmatch(r'(\w+) = "(\w+)"', wanted)
        if not found:
            raise Refusal(400, "invalid_search_filter", f"Could not parse `{wanted}`.")
        if found[1] not in self.settings[uid].get("filterableAttributes", []):
            raise Refusal(400, "invalid_search_filter", f"Attribute `{found[1]}` is not filterable.")
        return found[2]


def _words(value: Any) -> list[str]:
    texts = value if isinstance(value, list) else [value or ""]
    return [word for text in texts for word in str(text).lower().split()]


def checked_settings(settings: Any) -> dict[str, Any]:
    if not isinstance(settings, dict):
        raise Refusal(400, "bad_request", "Invalid value type.")
    if unknown := set(settings) - KNOWN_SETTINGS:
        raise Refusal(400, "bad_request", f"Unknown field `{min(unknown)}`.")
    for rule in settings.get("rankingRules", []):
        if rule not in KNOWN_RANKING_RULES and not re.fullmatch(r"\w+:(asc|desc)", rule):
            raise Refusal(400, "invalid_settings_ranking_rules", f"`{rule}` ranking rule is invalid.")
    return settings


class Handler(BaseHTTPRequestHandler):
    meilisearch: Meilisearch
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        return

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PATCH = do_DELETE = do_PUT = do_GET  # noqa: N815 - the base class names them so

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        time.sleep(self.meilisearch.delay_s)
        if self.meilisearch.is_broken:
            return self._send(500, {"message": "internal", "code": "internal", "type": "internal", "link": ""})
        if self.meilisearch.answers_garbage:
            return self._send(200, {"hits": [{"what": "is this"}]})
        try:
            status, answer = self._routed(body)
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
        return self._send(status, answer)

    def _routed(self, body: bytes) -> tuple[int, Any]:  # noqa: C901, PLR0911 - one line a documented path
        state = self.meilisearch
        method, path = self.command, self.path.split("?")[0]
        if (method, path) == ("GET", "/health"):
            return 200, {"status": "available"}
        self._authorized()
        sent = json.loads(body) if body and body != b"null" else None
        if (method, path) == ("POST", "/indexes"):
            if not isinstance(sent, dict) or "uid" not in sent:
                raise Refusal(400, "missing_index_uid", "Missing field `uid`.")
            return 202, state.enqueued(sent["uid"], "indexCreation", lambda: state.create(sent["uid"]))
        if found := re.fullmatch(r"/tasks/(\d+)", path):
            return 200, state.looked_at(int(found[1]))
        found = re.fullmatch(r"/indexes/([\w-]+)(/settings|/documents|/documents/delete|/search)?", path)
        if not found:
            raise Refusal(404, "not_found", f"{method} {path}")
        uid, what = found[1], found[2] or ""
        match method, what:
            case "GET", "":
                state.index(uid)
                moment = "2026-01-01T00:00:00.000000Z"
                return 200, {"uid": uid, "primaryKey": "id", "createdAt": moment, "updatedAt": moment}
            case "DELETE", "":
                return 202, state.enqueued(uid, "indexDeletion", lambda: state.drop(uid))
            case "PATCH", "/settings":
                settings = checked_settings(sent)
                return 202, state.enqueued(uid, "settingsUpdate", lambda: state.set_settings(uid, settings))
            case "POST", "/documents":
                documents: list[dict[str, Any]] = sent or []
                return 202, state.enqueued(uid, "documentAdditionOrUpdate", lambda: state.put(uid, documents))
            case "POST", "/documents/delete":
                wanted = (sent or {}).get("filter")
                work = lambda: state.remove(uid, state.filtered_ids(uid, wanted))  # noqa: E731 - told when it is done
                return 202, state.enqueued(uid, "documentDeletion", work)
            case "POST", "/search":
                return 200, state.search(uid, sent or {})
        raise Refusal(404, "not_found", f"{method} {path}")

    def _authorized(self) -> None:
        sent = self.headers.get("Authorization")
        if sent is None:
            raise Refusal(401, "missing_authorization_header", "The Authorization header is missing.")
        if sent != f"Bearer {API_KEY}":
            raise Refusal(403, "invalid_api_key", "The provided API key is invalid.")

    def _send(self, status: int, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[tuple[Meilisearch, str]]:
    """Serve on a free port of this machine; return the state and the address."""
    state = Meilisearch()
    handler = type("BoundHandler", (Handler,), {"meilisearch": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
