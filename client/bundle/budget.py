"""What a first visit transfers, part by part, and the limits that no build may pass."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Bytes of a file, as it is and as brotli."""

    raw: int
    transferred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    inside: tuple[str, ...]  # what a path holds
    limit_kb: int

    def holds(self, path: str) -> bool:
        return any(text in path for text in self.inside)


# A path belongs to the first part that holds it. Chromium's CanvasKit is counted, the other one is not asked for.
NOT_AT_START = Part(name="not at the start", inside=("/NOTICES", "/canvaskit/canvaskit."), limit_kb=0)
PARTS = (
    Part(name="CanvasKit", inside=("/canvaskit/",), limit_kb=2_300),
    Part(name="fonts and icons", inside=("/fonts/", "icons/"), limit_kb=450),
    Part(name="Flutter and Flet", inside=("engine-",), limit_kb=2_600),
    Part(name="Python", inside=("python-",), limit_kb=5_700),
    Part(name="app, rules, Flet's Python", inside=("package-",), limit_kb=800),
    Part(name="page, service worker", inside=("",), limit_kb=30),
)
TOTAL_LIMIT_KB = 11_400


def report(sizes: Mapping[str, Size]) -> None:
    """Print what each part transfers. Raises SystemExit when one is over its limit."""
    lines = list(_lines(sizes))
    for part, kb in lines:
        print(f"{part.name:28} {kb:8,.0f} kB  of {part.limit_kb:6,} kB")
    total = sum(kb for _part, kb in lines)
    print(f"{'a first visit':28} {total:8,.0f} kB  of {TOTAL_LIMIT_KB:6,} kB")
    over = [part.name for part, kb in lines if kb > part.limit_kb]
    if over or total > TOTAL_LIMIT_KB:
        raise SystemExit(f"The bundle is over its budget: {', '.join(over) or 'the whole'} (client/bundle/budget.py).")


def _lines(sizes: Mapping[str, Size]) -> Iterator[tuple[Part, float]]:
    asked_for = {path: size for path, size in sizes.items() if not NOT_AT_START.holds(path)}
    for part in PARTS:
        mine = [path for path in asked_for if part.holds(path)]
        yield part, sum(asked_for.pop(path).transferred for path in mine) / 1000
