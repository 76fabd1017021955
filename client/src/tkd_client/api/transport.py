"""How a request travels: one protocol, and what can go wrong on the way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

JSON_TYPES = ("application/json", "application/problem+json")


class ApiError(Exception):
    """A request that brought nothing; `reason` is a key of the messages."""

    reason = "error.unknown"
    retry_after_s: float | None = None


class Unreachable(ApiError):  # noqa: N818 - it names a state
    """No answer: no network, no server, or too late."""

    reason = "error.unreachable"


class NotOurServer(ApiError):  # noqa: N818 - it names a state
    """An answer that no server of ours gives: a captive portal's page, half a document, another shape."""

    reason = "error.garbage"


class ServerFailed(ApiError):  # noqa: N818 - it names a state
    reason = "error.server"


class TooManyRequests(ApiError):  # noqa: N818 - it names a state
    reason = "error.throttled"

    def __init__(self, retry_after_s: float | None) -> None:
        super().__init__(f"retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


class Refused(ApiError):  # noqa: N818 - it names a state
    """The server understood and said no; `slug` names why, `detail` says it in its own words, `errors` by field."""

    reason = "error.refused"

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', '')}")
        self.status = status
        self.slug = str(problem.get("type", "")).rpartition("/")[2]
        self.detail = str(problem.get("detail", ""))
        self.errors: Mapping[str, Any] = problem.get("errors") or {}


class SignedOut(Refused):
    """The server does not know us any more."""

    reason = "error.signed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""

    @property
    def sent_at(self) -> datetime | None:
        """Return the server's clock when it answered, in UTC; None when it did not say."""
        try:
            return parsedate_to_datetime(self.headers.get("date", ""))
        except ValueError:
            return None


class Transport(Protocol):
    async def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> Answer:
        """Return what came back, whatever its status. Raises Unreachable."""


async def call(
    transport: Transport,
    method: str,
    path: str,
    *,
    payload: Any = None,
    headers: Mapping[str, str] | None = None,
    timeout_s: float = 15,
) -> tuple[Answer, Any]:
    """Return the answer and its JSON, None for 204 and 304. Raises ApiError for everything else than success."""
    body = None if payload is None else json.dumps(payload).encode()
    sent = {"Accept": "application/json", **(headers or {})}
    if body is not None:
        sent["Content-Type"] = "application/json"
    answer = await transport.send(method, path, headers=sent, body=body, timeout_s=timeout_s)
    if answer.status in {204, 304}:
        return answer, None
    data = _json(answer)
    if answer.status in {200, 201, 202}:
        return answer, data
    raise _error(answer, data)


def _json(answer: Answer) -> Any:
    """Raises NotOurServer for what is no whole JSON document."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in JSON_TYPES:
        raise _error(answer, {}) if answer.status >= 500 else NotOurServer(f"{answer.status} {kind}")  # noqa: PLR2004
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise NotOurServer(str(error)) from error


def _error(answer: Answer, problem: Any) -> ApiError:
    if not isinstance(problem, dict):
        return NotOurServer(f"{answer.status} with {type(problem).__name__}")
    if answer.status == 429:  # noqa: PLR2004 - too many requests
        return TooManyRequests(_seconds(answer.headers.get("retry-after", "")))
    if answer.status >= 500:  # noqa: PLR2004 - the server's fault
        return ServerFailed(str(answer.status))
    return SignedOut(401, problem) if answer.status == 401 else Refused(answer.status, problem)  # noqa: PLR2004


def _seconds(text: str) -> float | None:
    return float(text) if text.isdigit() else None
