"""`make bench-app`: what the app costs in a browser, beside an empty Flet app of the same build in the same run.

Both are served by the real server and driven in headless Chromium. Search and the first import run in the bundle's
own Python on a page without screens, as the worker of the app runs them.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.playing import DOT_APP, frames
from benchmarks.table import keep
from client.bundle import parts
from client.bundle.build import build
from tests.app.browser import START_MS, App, browser
from tests.app.pyodide import PyodidePage, our_code
from tests.live import ROOT, LiveServer, live_server
from tests.services import start_services

README = ROOT / "benchmarks" / "README.md"
STARTS = 9
IMPORTS = 5
START_LIMIT, KEY_LIMIT_MS, IMPORT_LIMIT_S = 1.5, 50, 3
EMPTY_APP = b"""
import asyncio, json
import flet as ft, flet_js, js

async def main(page):
    page.add(ft.Text("ready"))
    await asyncio.sleep(0.05)
    js.BroadcastChannel.new(flet_js.args.to_py()["channel"]).postMessage(json.dumps({"type": "drawn"}))

ft.run(main)
"""
NOTE_WHEN_DRAWN = """
  addEventListener('DOMContentLoaded', () => new MutationObserver((_changes, observer) => {
    if (!document.getElementById('splash')) { globalThis.drawnAtMs = performance.now(); observer.disconnect(); }
  }).observe(document.body, { childList: true }));
"""
TYPED = ("dollyo chagi", "kopniecie okrezne", "turnign kick", "돌려차기", "ㅇㅊㄱ", "przedramie", "walking stance")
IMPORT_AND_SEARCH = """
import json, time
from datetime import UTC, datetime
from tkd_client.api.over_fetch import FetchTransport
from tkd_client.offline.browser_disk import BrowserDisk
from tkd_client.offline.tabs import OnlyTab
from tkd_client.state.device import Device, NoPush, NoSignals
from tkd_client.state.handbook import Handbook

disk = globals().get("disk") or BrowserDisk()  # a tab has one
await disk.load()
for path in disk.folder.iterdir():
    path.unlink()
await disk.save()
book = Handbook(Device(disk=disk, tabs=OnlyTab(), transport=FetchTransport(), push=NoPush(), signals=NoSignals(),
                       language="en", time_zone="UTC", now=lambda: datetime.now(UTC), clock_s=time.monotonic))
started = time.perf_counter()
assert await book.sync.once(), book.sync.status
import_s = time.perf_counter() - started
book.search.warm()
keys_ms = []
for text in json.loads(TYPED):
    for end in range(1, len(text) + 1):
        started = time.perf_counter()
        for kind in ("technique", None):
            book.lexicons[kind].type(text[:end])
        keys_ms.append((time.perf_counter() - started) * 1000 / 2)
lexicon = book.lexicons["technique"]
lexicon.clear()
json.dumps({"import_s": import_s, "keys_ms": keys_ms, "rows": len(lexicon.rows), "total": lexicon.total})
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="Put the figures into benchmarks/README.md.")
    write = arguments.parse_args().write
    os.environ["DJANGO_SETTINGS_MODULE"] = "handbook.settings.test"
    start_services()
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder, ExitStack() as stack:
        ours = stack.enter_context(served(Path(folder) / "ours", parts.package_content()))
        empty = stack.enter_context(served(Path(folder) / "empty", parts.package_content() | {"main.py": EMPTY_APP}))
        dot = stack.enter_context(served(Path(folder) / "dot", parts.package_content() | {"main.py": DOT_APP}))
        lines = [*starts(ours, empty), *inside(ours), *map(said, frames(ours, dot))]
    if write:
        keep(README, "measured app", "\n".join(lines))


@contextmanager
def served(folder: Path, content: parts.Files) -> Iterator[LiveServer]:
    folder.mkdir()
    build(folder / "app", content)
    with live_server(folder, APP_BUNDLE_DIR=str(folder / "app")) as server:
        yield server


def starts(ours: LiveServer, empty: LiveServer) -> Iterator[str]:
    """Measure starts from the service worker, the two apps in turn; a start ends when the first screen is drawn."""
    with browser(language="en-GB") as context:
        context.add_init_script(NOTE_WHEN_DRAWN)
        pages = {"ours": visited(App(context.new_page(), ours.url, "en"))}
        pages |= {"empty": visited(App(context.new_page(), empty.url, "en"))}
        measured_ms: dict[str, list[float]] = {"ours": [], "empty": []}
        for _ in range(STARTS):
            for name, page in pages.items():
                measured_ms[name].append(time_of_start(page))
    ours_s, empty_s = (statistics.median(measured_ms[name]) / 1000 for name in ("ours", "empty"))
    ratios = [mine / other for mine, other in zip(measured_ms["ours"], measured_ms["empty"], strict=True)]
    yield said(
        f"warm start to the first usable screen: {ours_s:.2f} s, an empty Flet app {empty_s:.2f} s, "
        f"ratio {statistics.median(ratios):.2f} (limit {START_LIMIT}; {STARTS} starts in turn)."
    )


def visited(app: App) -> Page:
    """Return a page whose app, content and service worker are all there."""
    app.open()
    app.wait_for_the_worker()
    return app.page


def time_of_start(page: Page) -> float:
    page.bring_to_front()
    page.reload()
    page.wait_for_selector("#splash", state="detached", timeout=START_MS)
    return float(page.evaluate("drawnAtMs"))


def inside(server: LiveServer) -> Iterator[str]:
    """Measure the first import and the search in the bundle's own Python."""
    script = f"TYPED = {json.dumps(TYPED)!r}\n{IMPORT_AND_SEARCH}"
    with browser(language="en-GB") as context:
        laboratory = PyodidePage(context, server.url, our_code())
        runs = [json.loads(laboratory.run(script)) for _ in range(IMPORTS)]
    import_s = statistics.median(run["import_s"] for run in runs)
    keys_ms = sorted(took for run in runs for took in run["keys_ms"])
    yield said(
        f"first import (download, store, index, save): {import_s:.2f} s, {import_s / IMPORT_LIMIT_S:.0%} of the limit "
        f"of {IMPORT_LIMIT_S} s."
    )
    p50, p95 = statistics.median(keys_ms), keys_ms[int(len(keys_ms) * 0.95)]
    yield said(
        f"search per key over the whole catalogue: p50 {p50:.1f} ms, p95 {p95:.1f} ms, longest {keys_ms[-1]:.1f} ms, "
        f"p95 is {p95 / KEY_LIMIT_MS:.0%} of the limit of {KEY_LIMIT_MS} ms ({len(keys_ms)} keys)."
    )
    yield said(f"rows built when a list opens: {runs[0]['rows']} of {runs[0]['total']}; more as it is scrolled.")


def said(text: str) -> str:
    print(text, flush=True)
    return f"- {text}"


if __name__ == "__main__":
    main()
