"""Schemathesis against the running server: every operation, every check, hostile input."""

import json
import random
import re
import subprocess
from pathlib import Path

from tests.live import BIN, ROOT, LiveServer

AT_LEAST_CASES = 2_000
EXAMPLES_PER_OPERATION = 150


def test_no_generated_request_breaks_the_contract(server: LiveServer, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    report = tmp_path / "report.json"
    done = subprocess.run(
        [
            str(BIN / "schemathesis"),
            *("--config-file", "tests/schemathesis.toml"),
            *("run", "openapi.json"),
            *("--url", server.url),
            *("--max-examples", str(EXAMPLES_PER_OPERATION)),
            *("--seed", str(seed)),
            *("--workers", "2"),
            *("--report", "ndjson", "--report-ndjson-path", str(report)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-20_000:]}\n{done.stderr[-2_000:]}"
    assert cases_in(done.stdout) >= AT_LEAST_CASES, done.stdout[-3_000:]


def cases_in(printed: str) -> int:
    found = re.search(r"([\d,]+) generated", printed)
    return int(found[1].replace(",", "")) if found else 0


def test_the_committed_description_is_what_the_server_serves(server: LiveServer) -> None:
    served = server.manage("spectacular", "--format", "openapi-json")
    assert json.loads(served) == json.loads((ROOT / "openapi.json").read_text())
