"""The plugin that counts is itself run by a pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT

RUN = """
import sys
from pathlib import Path
import pytest
from tests import counts
counts.COUNTS = Path(sys.argv[1]) / "counts"
sys.exit(pytest.main(["-q", "-p", "tests.counts", "-p", "no:cacheprovider", "-c", "/dev/null", sys.argv[1]]))
"""


def run(folder: Path, test: str, *, ci: str) -> tuple[int, str]:
    """Return the exit code and the line of counts of a run over one test."""
    (folder / "test_one.py").write_text(f"import pytest\n\n{test}\n")
    environment = {"PATH": "/usr/bin", "CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RUN, str(folder)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, (folder / "counts").read_text()


PASSES = "def test_a(): pass"
SKIPS = "@pytest.mark.skip\ndef test_a(): pass"
FAILS = "def test_a(): assert 0"


@pytest.mark.parametrize(
    ("test", "ci", "code", "counts"),
    [
        (PASSES, "true", 0, "1 0 0\n"),
        (FAILS, "true", 1, "0 1 0\n"),
        (SKIPS, "true", 1, "0 0 1\n"),
        (SKIPS, "", 0, "0 0 1\n"),
    ],
)
def test_a_skipped_test_fails_the_run_in_ci_only(tmp_path: Path, test: str, ci: str, code: int, counts: str) -> None:
    assert run(tmp_path, test, ci=ci) == (code, counts)
