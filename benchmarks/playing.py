"""How often the tul player draws, beside a canvas with one moving dot in an empty Flet app of the same build."""

import statistics
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.app.browser import COUNT_UPDATES, App, browser
from tests.live import LiveServer

RUNS = 3
RUN_MS = 5_000
SETTLE_MS = 3_000
ENOUGH_PER_S = 50
DOT_APP = b"""
import asyncio, json
import flet as ft, flet.canvas as cv, flet_js, js

async def main(page):
    dot = cv.Circle(0, 80, 8, paint=ft.Paint(color=ft.Colors.BLUE))
    canvas = cv.Canvas([dot], width=320, height=320)
    page.add(canvas)
    await asyncio.sleep(0.05)
    js.BroadcastChannel.new(flet_js.args.to_py()["channel"]).postMessage(json.dumps({"type": "drawn"}))
    loop = asyncio.get_running_loop()
    while True:
        began_s = loop.time()
        dot.x = (dot.x + 2) % 320
        canvas.update()
        await asyncio.sleep(max(0, 1 / 60 - (loop.time() - began_s)))

ft.run(main)
"""
# A figure stands between two movements: a longer gap than this, shorter than the briefest halt, is no slow frame.
STANDING_MS = 250
WATCH = """
  ([forMs, standingMs]) => new Promise((tell) => {
    const began = performance.now();
    let shown = globalThis.updates, last = null, frames = 0, movingMs = 0;
    const frame = (now) => {
      if (globalThis.updates > shown) {
        shown = globalThis.updates;
        if (last !== null && now - last < standingMs) { frames += 1; movingMs += now - last; }
        last = now;
      }
      if (now - began < forMs) requestAnimationFrame(frame); else tell(frames / movingMs * 1000);
    };
    requestAnimationFrame(frame);
  })
"""


def frames(ours: LiveServer, dot: LiveServer) -> Iterator[str]:
    """Measure how many frames a second show something new while something moves, the two apps in turn."""
    with browser(language="en-GB") as context:
        context.add_init_script(COUNT_UPDATES)
        measured: dict[str, list[float]] = {"ours": [], "dot": []}
        for _ in range(RUNS):
            page = context.new_page()
            app = App(page, ours.url, "en")
            app.open("tuls/dan-gun/play")
            settle(app)
            app.tap(app.words["player.play"])
            measured["ours"].append(frames_per_s(page))
            plain_app = App(page, dot.url, "en")
            plain_app.open()
            settle(plain_app)
            measured["dot"].append(frames_per_s(page))
            page.close()
    player, plain = (statistics.median(measured[name]) for name in ("ours", "dot"))
    yield (
        f"the tul player draws {player:.0f} frames a second, a canvas with one moving dot {plain:.0f}, "
        f"ratio {player / plain:.2f} (enough: {ENOUGH_PER_S} or as many; {RUNS} runs in turn)."
    )


def settle(app: App) -> None:
    """Return when the bundle is kept and the content is there, which a first visit is busy with."""
    app.wait_for_the_worker()
    app.page.wait_for_timeout(SETTLE_MS)


def frames_per_s(page: Page) -> float:
    page.wait_for_timeout(500)
    return float(page.evaluate(WATCH, [RUN_MS, STANDING_MS]))
