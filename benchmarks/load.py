"""Load on 127.0.0.1: `wrk` where the rate is the question, single requests where the latency is."""

import http.client
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

REPORT = """
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def sustained(port: int, path: str, headers: Mapping[str, str], *, seconds: int, connections: int) -> Figures:
    """Ask one path as fast as the server answers. Raises RuntimeError when any answer was an error."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "report.lua"
        script.write_text(REPORT)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
        command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        printed = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
        ).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", printed)
    if not found or int(found[6]):
        raise RuntimeError(f"{path} answered with errors: {printed}")
    requests, duration_us, p50_us, p95_us, p99_us = (int(found[index]) for index in range(1, 6))
    return Figures(
        per_second=requests / (duration_us / 1e6), p50_ms=p50_us / 1e3, p95_ms=p95_us / 1e3, p99_ms=p99_us / 1e3
    )


class Client:
    """One connection; each request is timed."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers: dict[str, str] = {}
        self.latencies_ms: list[float] = []

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None) -> bytes:
        """Raises RuntimeError unless the answer is 200."""
        headers = self.headers | ({"Content-Type": "application/json"} if body else {})
        started_s = time.perf_counter()
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        answer = response.read()
        self.latencies_ms.append((time.perf_counter() - started_s) * 1e3)
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {response.status} {answer[:300]!r}")
        return answer

    def figures(self) -> Figures:
        return figures_of(self.latencies_ms)


def one_by_one(port: int, paths: Iterable[str]) -> Figures:
    client = Client(port)
    for path in paths:
        client.ask(path)
    return client.figures()


def figures_of(latencies_ms: list[float]) -> Figures:
    percentiles = statistics.quantiles(latencies_ms, n=100, method="inclusive")
    return Figures(
        per_second=1000 / statistics.fmean(latencies_ms),
        p50_ms=percentiles[49],
        p95_ms=percentiles[94],
        p99_ms=percentiles[98],
    )
