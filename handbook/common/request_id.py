"""The id of the request in progress, for logs and problems alike."""

import re
import uuid
from contextvars import ContextVar

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,128}", re.ASCII)

_current: ContextVar[str] = ContextVar("request_id", default="")


def accepted_request_id(offered: str | None) -> str:
    """Return the caller's id when it is 8 to 128 letters, digits, dots, dashes; a new one otherwise."""
    if offered and SANE_REQUEST_ID.fullmatch(offered):
        return offered
    return uuid.uuid4().hex


def set_request_id(request_id: str) -> None:
    _current.set(request_id)


def current_request_id() -> str:
    return _current.get()
