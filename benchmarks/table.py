"""The table that `make bench` prints and keeps."""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.load import Figures


@dataclass(slots=True, kw_only=True)
class Row:
    """`counted` asks once inside this process, so that its SQL can be counted when the measuring is over."""

    size: int
    case: str
    figures: Figures
    counted: Callable[[Any], Any]
    warm: bool = False
    of_bare: float | None = None
    sql: str = ""


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.rows.append(row)

    def complete(self, queries_of: Callable[[Row], str]) -> None:
        """Count the SQL of the rows that wait for it, and print them."""
        for row in self.rows:
            if not row.sql:
                row.sql = queries_of(row)
                print(self._line(row), flush=True)

    def remark(self, text: str) -> None:
        self.remarks.append(text)
        print(text, flush=True)

    def speed(self, size: int, case: str) -> float:
        """Return how fast a case is: as a part of the bare rate where that was measured, else per second."""
        row = next(row for row in self.rows if (row.size, row.case) == (size, case))
        return row.of_bare or row.figures.per_second

    def markdown(self) -> str:
        head = [
            "| techniques | request | per second | p50 ms | p95 ms | p99 ms | SQL | of the bare rate |",
            "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        return "\n".join([*head, *map(self._line, self.rows), "", *(f"- {remark}" for remark in self.remarks)])

    @staticmethod
    def _line(row: Row) -> str:
        figures = row.figures
        of_bare = "" if row.of_bare is None else f"{row.of_bare:.0%}"
        return (
            f"| {row.size:,} | {row.case} | {figures.per_second:,.0f} | {figures.p50_ms:.2f} | {figures.p95_ms:.2f} "
            f"| {figures.p99_ms:.2f} | {row.sql} | {of_bare} |"
        )

    def write_to(self, readme: Path) -> None:
        keep(readme, "measured", self.markdown())


def keep(readme: Path, mark: str, markdown: str) -> None:
    """Put what was measured, and on what, between two marks."""
    put(readme, mark, f"{machine()}\n\n{markdown}")


def put(page: Path, mark: str, markdown: str) -> None:
    """Put text between the marks `<!-- mark -->` and `<!-- /mark -->` of a page."""
    begins, ends = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.read_text(encoding="utf-8").split(begins)
    _old, after = rest.split(ends)
    page.write_text(f"{before}{begins}\n{markdown}\n{ends}{after}", encoding="utf-8")


def machine() -> str:
    """Describe what was measured on."""
    known = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in known.splitlines() if line.startswith("model name")]
    processor = names[0] if names else platform.machine()
    return f"{platform.system()}, {os.cpu_count()} shared cores ({processor}), Python {platform.python_version()}."
