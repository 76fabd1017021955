"""The one log line that each request leaves."""

from typing import Any

import structlog

log = structlog.get_logger("handbook.request")


def log_request(*, method: str, path: str, status: int, duration_s: float, user_id: str | None = None) -> None:
    """Write method, path without its query, status and duration; the request id joins from the context."""
    line: dict[str, Any] = {
        "method": method,
        "path": path,
        "status": status,
        "duration_ms": round(duration_s * 1000, 2),
    }
    if user_id:
        line["user_id"] = user_id
    log.info("request", **line)
