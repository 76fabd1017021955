"""Log lines as a process writes them: each run is a process of its own, because logging is set up once."""

import json
import subprocess
import sys
from typing import Any

import pytest

SET_UP = """
import logging, logging.config, structlog
from handbook.common.request_id import set_request_id
from handbook.observability.logging import logging_config
logging.config.dictConfig(logging_config({format!r}, "INFO"))
set_request_id("basement-0001")
log = structlog.get_logger("handbook.test")
"""


def written_by(code: str, *, log_format: str = "json") -> list[str]:
    """Return the lines that `code` leaves on the standard error of a fresh process."""
    script = SET_UP.format(format=log_format) + code
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()


def line_of(code: str) -> dict[str, Any]:
    [line] = written_by(code)
    written: dict[str, Any] = json.loads(line)
    return written


@pytest.mark.parametrize(
    "code",
    ["log.info('kick', height_cm=180)", "logging.getLogger('handbook.test').info('kick', extra={'height_cm': 180})"],
)
def test_our_lines_and_the_libraries_lines_have_one_shape(code: str) -> None:
    line = line_of(code)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "kick",
        "height_cm": 180,
        "level": "info",
        "logger": "handbook.test",
        "request_id": "basement-0001",
    }


def test_korean_stays_readable() -> None:
    [line] = written_by("log.info('돌려차기')")
    assert "돌려차기" in line


@pytest.mark.parametrize("name", ["password", "token", "refresh", "Authorization", "cookie", "api_key"])
def test_secrets_are_hidden(name: str) -> None:
    assert line_of(f"log.info('sign_in', **{{{name!r}: 'chon-ji'}})")[name] == "(hidden)"


def test_a_fault_is_one_line_with_its_trace() -> None:
    line = line_of("try:\n    1 / 0\nexcept ZeroDivisionError:\n    log.exception('fault')")
    assert "ZeroDivisionError" in line["exception"]


def test_a_value_that_is_not_json_does_not_lose_the_line() -> None:
    assert line_of("log.info('kick', foot=object)")["foot"] == "<class 'object'>"


def test_a_refused_host_leaves_no_trace() -> None:
    code = (
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n"
        "    logging.getLogger('django.security.DisallowedHost').error('Invalid host', exc_info=error)"
    )
    assert "exception" not in line_of(code)


def test_development_reads_plain_words() -> None:
    [line] = written_by("log.info('kick', height_cm=180)", log_format="console")
    assert "kick" in line
    assert not line.startswith("{")
