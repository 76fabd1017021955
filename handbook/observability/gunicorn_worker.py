"""gunicorn's threaded worker as this server needs it: what it refuses is a problem, and addresses may be typed.

gunicorn has no setting for either. Where a newer one works differently `install` raises, and the server does not start.
"""

import inspect
import re
import socket
from typing import Any

from gunicorn import __version__, config, util  # type: ignore[import-untyped]  # gunicorn ships no types
from gunicorn.http import message, parser  # type: ignore[import-untyped]
from gunicorn.workers import base, gthread  # type: ignore[import-untyped]

from handbook.common.request_id import accepted_request_id, set_request_id

NOT_ASCII = re.compile(rb"[\x80-\xff]")
PROBE = b"GET /\xeb\x8f?q=\xff HTTP/1.1\r\n\r\n"
PROBE_TARGET = "/%EB%8F?q=%FF"


class TypedTargetRequest(message.Request):  # type: ignore[misc]  # a class without types
    """Reads raw bytes beyond ASCII in an address as if they had been percent-encoded, as browsers send them.

    RFC 3986 wants them encoded, and gunicorn refuses what is not; people type `curl '…?q=돌려차기'`. Control
    characters and spaces are still refused.
    """

    def parse_request_line(self, line_bytes: bytes) -> None:
        method, *rest = line_bytes.split(b" ", 2)
        if rest:
            rest[0] = NOT_ASCII.sub(lambda byte: b"%%%02X" % ord(byte[0]), rest[0])
        super().parse_request_line(b" ".join([method, *rest]))


class ProblemWorker(gthread.ThreadWorker):  # type: ignore[misc]  # a class without types
    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Give what was never a request an id of its own: this thread still holds the one of the request before."""
        if req is None:
            set_request_id(accepted_request_id(None))
        super().handle_error(req, client, addr, exc)


def write_problem(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:  # noqa: ARG001
    """Answer in place of gunicorn.util.write_error, which writes HTML."""
    # gunicorn reads its configuration, and so this module, before Django is set up.
    from handbook.observability.unreadable import answer  # noqa: PLC0415

    util.write_nonblock(sock, answer(status_int, mesg))


def install() -> None:
    """Put the two in place, in this process and in those forked from it; twice is once.

    Raises RuntimeError where gunicorn does not call them any more.
    """
    refuse_an_unknown_gunicorn()
    util.write_error = write_problem
    parser.RequestParser.mesg_class = TypedTargetRequest
    target = next(parser.RequestParser(config.Config(), [PROBE], ("127.0.0.1", 0))).uri
    if target != PROBE_TARGET:
        raise RuntimeError(f"gunicorn {__version__} reads {PROBE!r} as {target!r}; see {__file__}")


def refuse_an_unknown_gunicorn() -> None:
    parameters = list(inspect.signature(util.write_error).parameters)
    if parameters != list(inspect.signature(write_problem).parameters):
        raise RuntimeError(f"gunicorn {__version__}: write_error takes {parameters}; see {__file__}")
    if "util.write_error(client, status_int, reason, mesg)" not in inspect.getsource(base.Worker.handle_error):
        raise RuntimeError(f"gunicorn {__version__} writes its errors otherwise; see {__file__}")
