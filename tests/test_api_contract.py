"""Schemathesis against the running server: every operation, every check, hostile input."""

import json
import random
import re
import subprocess
import urllib.request
from pathlib import Path

from tests.live import BIN, ROOT, LiveServer

AT_LEAST_CASES = 2_000
EXAMPLES_PER_OPERATION = 150
STUDENT = ("student@example.org", "a password for the student")
CREATE_STUDENT = f"from handbook.accounts.models import User; User.objects.create_user({STUDENT[0]!r}, {STUDENT[1]!r})"


def access_token(server: LiveServer) -> str:
    server.manage("shell", "-c", CREATE_STUDENT)
    request = urllib.request.Request(
        f"{server.url}/api/auth/token/",
        data=json.dumps({"email": STUDENT[0], "password": STUDENT[1]}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(json.load(answer)["access"])


def test_no_generated_request_breaks_the_contract(server: LiveServer, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    done = subprocess.run(
        [
            str(BIN / "schemathesis"),
            *("--config-file", str(ROOT / "tests" / "schemathesis.toml")),
            *("run", str(ROOT / "openapi.json")),
            *("--url", server.url),
            *("--header", f"Authorization: Bearer {access_token(server)}"),
            *("--max-examples", str(EXAMPLES_PER_OPERATION)),
            *("--seed", str(seed)),
            *("--workers", "1"),  # two threads have met a fault of Python 3.11 in `ast` now and then
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-20_000:]}\n{done.stderr[-2_000:]}"
    assert cases_in(done.stdout) >= AT_LEAST_CASES, done.stdout[-3_000:]


def cases_in(printed: str) -> int:
    """Return the number of test cases from the summary."""
    found = re.search(r"([\d,]+) generated", printed)
    return int(found[1].replace(",", "")) if found else 0


def test_the_committed_description_is_what_the_server_serves(server: LiveServer) -> None:
    served = server.manage("spectacular", "--format", "openapi-json")
    assert json.loads(served) == json.loads((ROOT / "openapi.json").read_text())
