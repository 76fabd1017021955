"""What gunicorn refuses, and that one which works otherwise stops the start. On the wire: tests/test_end_to_end.py."""

import json
import logging
import socket
from types import SimpleNamespace

import pytest
from gunicorn import config, util  # type: ignore[import-untyped]  # gunicorn ships no types
from gunicorn.http import errors, parser  # type: ignore[import-untyped]
from gunicorn.workers import base  # type: ignore[import-untyped]

from handbook.common.request_id import set_request_id
from handbook.observability import gunicorn_worker
from handbook.observability.gunicorn_worker import ProblemWorker
from handbook.observability.unreadable import answer


@pytest.fixture(autouse=True)
def gunicorn_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo afterwards what the test installs."""
    monkeypatch.setattr(util, "write_error", util.write_error)
    monkeypatch.setattr(parser.RequestParser, "mesg_class", parser.RequestParser.mesg_class)


def otherwise() -> None:
    """What a newer gunicorn may have in the place of what we know."""


def refused_by_a_worker(error: Exception) -> bytes:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker = ProblemWorker.__new__(ProblemWorker)
        worker.log, worker.cfg = SimpleNamespace(warning=logging.info, exception=logging.info), config.Config()
        worker.handle_error(None, ours, ("192.0.2.1", 1), error)
        return theirs.recv(65536)


def test_a_worker_answers_what_it_refuses_with_a_problem_of_its_own_id() -> None:
    gunicorn_worker.install()
    set_request_id("of-the-request-before")
    head, _, body = refused_by_a_worker(errors.InvalidRequestMethod("G@T")).partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert (problem["type"], len(problem["request_id"])) == ("/problems/bad-request", 32)
    assert f"X-Request-ID: {problem['request_id']}".encode() in head


def test_a_fault_behind_a_request_tells_nothing() -> None:
    assert json.loads(answer(500, "").partition(b"\r\n\r\n")[2])["type"] == "/problems/server-error"


def test_only_the_beginning_of_what_was_sent_is_quoted() -> None:
    problem = json.loads(answer(400, "Invalid Request Line '" + "\xff" * 10_000).partition(b"\r\n\r\n")[2])
    assert len(problem["detail"]) < 300


def test_installed_twice_is_installed_once() -> None:
    gunicorn_worker.install()
    gunicorn_worker.install()


def test_an_error_writer_that_takes_something_else_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "write_error", otherwise)
    with pytest.raises(RuntimeError, match="write_error takes"):
        gunicorn_worker.install()


def test_a_worker_that_writes_errors_otherwise_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.Worker, "handle_error", otherwise)
    with pytest.raises(RuntimeError, match="writes its errors otherwise"):
        gunicorn_worker.install()


def test_a_parser_that_does_not_ask_us_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunicorn_worker.TypedTargetRequest, "parse_request_line", base_parse)
    with pytest.raises(errors.InvalidRequestLine):
        gunicorn_worker.install()


def base_parse(self: gunicorn_worker.TypedTargetRequest, line_bytes: bytes) -> None:
    super(gunicorn_worker.TypedTargetRequest, self).parse_request_line(line_bytes)
