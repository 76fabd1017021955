"""A task carries the request id of the request that queued it, and a worker logs in the shape of the server."""

import logging.config
from typing import Any

from celery.signals import before_task_publish, setup_logging, task_prerun
from django.conf import settings

from handbook.common.request_id import current_request_id, set_request_id

HEADER = "handbook_request_id"


@before_task_publish.connect
def send_request_id(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
    if headers is not None:
        headers[HEADER] = current_request_id()


@task_prerun.connect
def take_request_id(task: Any = None, **_signal: Any) -> None:
    request_id = getattr(task.request, HEADER, None) or (task.request.headers or {}).get(HEADER)
    if request_id:
        set_request_id(request_id)


@setup_logging.connect
def log_as_the_server_does(loglevel: int | str | None = None, **_signal: Any) -> None:
    """Celery sets logging up itself unless somebody is connected here; `--loglevel` still counts for its own lines."""
    logging.config.dictConfig(settings.LOGGING)
    if loglevel is not None:
        logging.getLogger("celery").setLevel(loglevel)
    logging.captureWarnings(capture=True)
