"""One shape for every log line, ours and the libraries': JSON in production, readable in development."""

from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from handbook.common.request_id import current_request_id

Event = MutableMapping[str, Any]
SECRET_KEYS = {"password", "token", "access", "refresh", "authorization", "cookie", "secret", "api_key", "key"}
HIDDEN = "(hidden)"


def add_request_id(_logger: Any, _method: str, event: Event) -> Event:
    if request_id := current_request_id():
        event.setdefault("request_id", request_id)
    return event


def hide_secrets(_logger: Any, _method: str, event: Event) -> Event:
    for name in event:
        if name.lower() in SECRET_KEYS:
            event[name] = HIDDEN
    return event


def without_trace_of_refusals(_logger: Any, _method: str, event: Event) -> Event:
    """A refused host or cookie is the sender's doing; where Django noticed it helps nobody."""
    if str(event.get("logger", "")).startswith("django.security"):
        event.pop("exc_info", None)
    return event


def _json(event: Any, **_options: Any) -> str:
    return orjson.dumps(event, default=repr).decode()


def _readable() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    add_request_id,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    without_trace_of_refusals,
    structlog.stdlib.ExtraAdder(),
    hide_secrets,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(log_format: str, level: str = "INFO") -> dict[str, Any]:
    """Return Django's LOGGING for `json` or `console`, and set up structlog to pass through it."""
    as_json = log_format == "json"
    renderer: Any = structlog.processors.JSONRenderer(_json) if as_json else _readable()
    last = [structlog.processors.format_exc_info, renderer] if as_json else [renderer]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *(step for step in SHARED if not isinstance(step, structlog.stdlib.ExtraAdder)),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "one_shape": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_shape"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},  # RequestContextMiddleware logs
            "axes": {"level": "WARNING"},
        },
    }
