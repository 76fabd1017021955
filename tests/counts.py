"""What every test run leaves behind: a line of counts for `make test` to add up. In CI a skipped test is a failure.

Loaded as a pytest plugin (`-p tests.counts`).
"""

import os
from pathlib import Path

import pytest

COUNTS = Path(__file__).resolve().parents[1] / ".test-counts"


def counted(reporter: pytest.TerminalReporter, outcome: str) -> int:
    return len(reporter.stats.get(outcome, []))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, pytest.TerminalReporter):
        return
    skipped = counted(reporter, "skipped") + counted(reporter, "xfailed")
    failed = counted(reporter, "failed") + counted(reporter, "error")
    if skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"{skipped} skipped; here a skipped test is a failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    with COUNTS.open("a") as lines:
        lines.write(f"{counted(reporter, 'passed')} {failed} {skipped}\n")
