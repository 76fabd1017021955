"""The limit: a WSGI application that does nothing but answer bytes it was given.

BARE_ANSWERS names a JSON file: {path with query: {"status", "headers": [[name, value]], "body": base64}}.
"""

import base64
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ANSWERS = {
    path: (answer["status"], [tuple(header) for header in answer["headers"]], base64.b64decode(answer["body"]))
    for path, answer in json.loads(Path(os.environ["BARE_ANSWERS"]).read_text()).items()
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    status, headers, body = ANSWERS[f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"]
    start_response(status, headers)
    return [body]
