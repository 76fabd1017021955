"""gunicorn, everywhere it runs. Our middleware writes the request log, so gunicorn's own stays off."""

import os

from handbook.observability import gunicorn_worker
from handbook.observability.logging import logging_config

gunicorn_worker.install()

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
worker_class = gunicorn_worker.ProblemWorker
http_parser = "python"  # the one that gunicorn_worker knows, also where the faster one happens to be installed
workers = int(os.environ.get("GUNICORN_WORKERS", "2"))
threads = int(os.environ.get("GUNICORN_THREADS", "4"))
timeout = 30
graceful_timeout = 20
keepalive = 65  # longer than nginx keeps its side open
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
limit_request_line = 0  # nginx limits it; what passes gets a problem from us instead of gunicorn's HTML
accesslog = None
logconfig_dict = logging_config(os.environ.get("LOG_FORMAT", "json")) | {
    "loggers": {"gunicorn.error": {"level": os.environ.get("GUNICORN_LOG_LEVEL", "WARNING"), "propagate": True}}
}
