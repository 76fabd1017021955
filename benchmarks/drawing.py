"""What walking and drawing tuls takes: all of the content, in one process, without HTTP or a database.

Limits: walking all tuls 50 ms, one picture that no cache holds 5 ms.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from tkd_rules.tul.diagram import step_diagram, whole_diagram
from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_content
from tkd_rules.tul.pose import Walk
from tkd_rules.tul.stances import Geometry, geometry_of
from tkd_rules.tul.svg import svg_of
from tkd_rules.tul.walking import walk

CONTENT = Path(__file__).resolve().parents[1] / "content"
ROUNDS = 15


def main() -> None:
    stances, tuls = measures(), written_tuls()
    walks = {tul.slug: walk(tul, stances) for tul in tuls}
    all_walks_ms = median_ms(lambda: [walk(tul, stances) for tul in tuls])
    wholes_ms = {tul.slug: median_ms(partial(whole_picture, tul, walks[tul.slug])) for tul in tuls}
    step_ms = median_ms(lambda: svg_of(step_diagram(tuls[0], walks[tuls[0].slug], 1), title="", description=""))
    slowest = max(wholes_ms, key=lambda slug: wholes_ms[slug])
    print(f"walking all {len(tuls)} tuls: {all_walks_ms:.1f} ms (limit 50 ms)")
    print(f"picture of a tul: median {statistics.median(wholes_ms.values()):.1f} ms (limit 5 ms)")
    print(f"picture of the slowest, {slowest}: {wholes_ms[slowest]:.1f} ms; of one movement: {step_ms:.2f} ms")


def whole_picture(tul: Tul, walked: Walk) -> str:
    return svg_of(whole_diagram(tul, walked), title=tul.slug, description="")


def measures() -> dict[str, Geometry]:
    stances = yaml.safe_load((CONTENT / "stances.yaml").read_text(encoding="utf-8"))["stances"]
    return {stance["slug"]: geometry_of(stance["slug"], stance) for stance in stances}


def written_tuls() -> list[Tul]:
    """Return every tul of the content whose movements are written."""
    files = sorted((CONTENT / "tuls").glob("*.yaml"))
    read = [(file.name, yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)) for file in files]
    return [tul_of_content(data, name) for name, data in read if data["steps"]]


def median_ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started_s = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started_s) * 1e3)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
