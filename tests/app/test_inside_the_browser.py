"""The plain tests of the client's state, store and API once more, on the Python that the browser runs."""

import json
import subprocess
import sys

from tests.app.browser import browser
from tests.app.pyodide import PyodidePage, installed, our_code, sources
from tests.live import ROOT, LiveServer

RUN = """
import json, sys, pytest

pytestmark = pytest.mark.one_database

class Outcomes:
    def __init__(self):
        self.found = {"passed": 0, "failed": 0, "skipped": 0}
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.found[report.outcome] += 1

outcomes = Outcomes()
status = int(pytest.main(
    ["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:threadexception", "client/tests"],
    plugins=[outcomes]))
json.dumps({"status": status, "python": list(sys.version_info[:2]), **outcomes.found})
"""
PYTEST = ("pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments")


def test_the_clients_tests_pass_on_the_browsers_python(server: LiveServer) -> None:
    files = our_code() | sources("client/tests") | installed(*PYTEST)
    files["client/__init__.py"] = b""
    with browser(language="en-GB") as context:
        laboratory = PyodidePage(context, server.url, files)
        outcome = json.loads(laboratory.run(RUN))
        said = laboratory.said()
    assert outcome["status"] == 0, said[-4000:]
    assert outcome["python"] >= [3, 14]
    assert (outcome["failed"], outcome["skipped"]) == (0, 0)
    assert outcome["passed"] == number_of_tests_here()


def number_of_tests_here() -> int:
    """Return how many tests CPython collects from the same folder."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "client/tests"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sum("::" in line for line in listed.splitlines())
