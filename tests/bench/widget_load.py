"""How soon a visitor sees the launcher, can type, and meets a moving avatar, on slow lines and slow processors.

A real server with its demo, its page opened by headless Chromium with the line and the processor held back. Software
WebGL draws here, so the avatar's figure is an upper bound for any device with a graphics card.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.__main__ import Row
from tests.e2e.browser import chromium
from tests.e2e.running import RunningServer, running_server
from tests.e2e.visitor import Visitor

LINES = {"1.6 Mbps": (1.6, 150.0), "9 Mbps": (9.0, 60.0)}
"""Download in Mbps and round trip in milliseconds."""
PROCESSOR_SLOWDOWN = 4
RUNS = 3
PROMISES = {("typing possible", "1.6 Mbps"): "0.6", ("avatar moving", "9 Mbps"): "2.0"}
# One process for page and frame, so that the line and the processor of both are held back.
ONE_PROCESS = "--disable-features=IsolateOrigins,site-per-process"

NOW = "performance.timeOrigin + performance.now()"
# In every frame, from its first moment: the time of the first animation frame in which each milestone holds.
WATCH = f"""
window.__milestones = {{}};
const note = (name, holds) => {{ if (!(name in window.__milestones) && holds) window.__milestones[name] = {NOW}; }};
const look = () => {{
  note("typing", document.querySelector("textarea:not([disabled])"));
  note("moving", window.__troupeStage?.ready && window.__troupeStage?.clip);
  requestAnimationFrame(look);
}};
look();
"""


def run() -> list[Row]:
    """Measure both lines; seconds are medians over fresh browser profiles."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), "--demo") as server:
        for line in LINES:
            with chromium(ONE_PROCESS) as browser:
                runs = [_one_visit(browser, server, line) for _ in range(RUNS)]
            rows += [_row(what, line, [seen[what] for seen in runs]) for what in runs[0]]
    return rows


def _row(what: str, line: str, seconds: list[float]) -> Row:
    row: Row = {"what": f"{what}, {line}, CPU/{PROCESSOR_SLOWDOWN}", "value": statistics.median(seconds), "unit": "s"}
    if promise := PROMISES.get((what, line)):
        row["promise"] = promise
    return row


def _one_visit(browser: Browser, server: RunningServer, line: str) -> dict[str, float]:
    """Open the demo page with an empty cache; return seconds by milestone.

    The launcher counts from the navigation, the other two from the press on the launcher.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    _hold_back(context.new_cdp_session(page), line)
    address = next(text for name, text in server.addresses.items() if "Pip" in name)
    page.goto(address, wait_until="commit")
    launched = page.evaluate("performance.timeOrigin")
    visitor = Visitor(page)
    visitor.launcher.wait_for(timeout=60_000)
    seen = {"launcher": (_clock(page) - launched) / 1000}
    page.wait_for_load_state("networkidle")
    pressed = _clock(page)
    visitor.launcher.evaluate("button => button.click()")
    visitor.composer.wait_for(timeout=60_000)
    visitor.watch("window.__milestones.moving")
    milestones = visitor.frame().evaluate("window.__milestones")
    context.close()
    since_press = {name: (milestones[name] - pressed) / 1000 for name in ("typing", "moving")}
    return {**seen, "typing possible": since_press["typing"], "avatar moving": since_press["moving"]}


def _clock(page: Page) -> float:
    now: float = page.evaluate(NOW)
    return now


def _hold_back(devtools: CDPSession, line: str) -> None:
    megabits, round_trip_ms = LINES[line]
    settings: dict[str, Any] = {
        "offline": False,
        "latency": round_trip_ms,
        "downloadThroughput": megabits * 1_000_000 / 8,
        "uploadThroughput": megabits * 1_000_000 / 16,
    }
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", settings)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWDOWN})
