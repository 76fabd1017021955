"""The WSGI entry point: the catalogue's byte cache in front of Django."""

import os
import threading
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handbook.settings.local")

django_application = get_wsgi_application()

# These need the app registry, which the line above has filled.
from handbook.catalogue.edge import CatalogueEdge  # noqa: E402
from handbook.common.head import without_body_for_head  # noqa: E402
from handbook.observability.requests import log_request  # noqa: E402
from handbook.search.engines.embedded import warm  # noqa: E402


def _log(environ: dict[str, Any], status: int, duration_s: float) -> None:
    log_request(
        method=environ["REQUEST_METHOD"], path=environ.get("PATH_INFO", ""), status=status, duration_s=duration_s
    )


application = without_body_for_head(CatalogueEdge(django_application, log_request=_log))
threading.Thread(target=warm, name="search-index", daemon=True).start()
