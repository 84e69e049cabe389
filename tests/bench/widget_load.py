"""How soon a visitor sees the launcher, can type, and meets a moving avatar, on slow lines and slow processors.

A real server, and somebody's page with an embed that waits to be pressed, opened by headless Chromium with the line and
the processor held back. The launcher counts from the navigation, everything else from the press on it: no pointer came
near before, so nothing was loaded ahead. The browser has drawn WebGL before, as one that has been open for a while has;
software draws it here, on the processor's own cores, so the avatar's figure is an upper bound for any device with a
graphics card.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.__main__ import Row
from tests.e2e.browser import chromium
from tests.e2e.desk import Desk
from tests.e2e.running import running_server
from tests.e2e.sites import website
from tests.e2e.visitor import Visitor

LINES = {"1.6 Mbps, 150 ms": (1.6, 150.0), "9 Mbps, 60 ms": (9.0, 60.0)}
"""Download in Mbps and round trip in milliseconds."""
PROCESSOR_SLOWDOWN = 4
RUNS = 5
PROMISES = {("typing possible", "1.6 Mbps, 150 ms"): "0.6", ("avatar moving", "9 Mbps, 60 ms"): "2.0"}
# One process for page and frame, so that the line and the processor of both are held back.
ONE_PROCESS = (
    "--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes",
    "--disable-site-isolation-trials",
)

NOW = "performance.timeOrigin + performance.now()"
# In every frame, from its first moment: the time of the first animation frame in which each milestone holds.
WATCH = f"""
window.__milestones = {{}};
const note = (name, holds) => {{
  if (name in window.__milestones || !holds) return;
  window.__milestones[name] = {NOW};
  console.debug("milestone", name);
}};
const look = () => {{
  note("typing", document.querySelector("textarea:not([disabled])"));
  note("poster", document.querySelector(".stage img")?.naturalWidth);
  note("moving", window.__troupeStage?.ready && window.__troupeStage?.clip);
  requestAnimationFrame(look);
}};
look();
"""
WARM_UP = """() => {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.finish();
}"""
PRESS = f"button => {{ const pressed = {NOW}; button.click(); return pressed; }}"
ANSWER_TIMES = """() => performance.getEntriesByType("resource")
    .filter(entry => entry.transferSize > 0).map(entry => entry.responseEnd - entry.requestStart)"""


def run() -> list[Row]:
    """Measure both lines; seconds are medians over fresh browser profiles."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server, website() as site:
        desk = Desk(server, Path(folder), "bench@example.com")
        desk.sign_up()
        project = desk.make_project("Bench", {}, {"placement": {"open_by_itself": False}})
        address = site.put("/", str(desk.publish(project, [site.origin])["snippet"]))
        for line in LINES:
            runs = []
            for _ in range(RUNS):
                with chromium(*ONE_PROCESS) as browser:
                    runs.append(one_visit(browser, address, line))
            rows += [_row(what, line, [seen[what] for seen in runs]) for what in runs[0]]
    return rows


def _row(what: str, line: str, seconds: list[float]) -> Row:
    since = "the navigation" if what == "launcher" else "the press"
    drawn = ", software WebGL" if what == "avatar moving" else ""
    name = f"{what} since {since}, {line}, CPU/{PROCESSOR_SLOWDOWN}{drawn}"
    row: Row = {"what": name, "value": statistics.median(seconds), "unit": "s"}
    if promise := PROMISES.get((what, line)):
        row["promise"] = promise
    return row


def one_visit(browser: Browser, address: str, line: str) -> dict[str, float]:
    """Open the page with an empty cache and press the launcher; return seconds by milestone."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.new_page().evaluate(WARM_UP)
    context.add_init_script(WATCH)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    _hold_back(devtools, line)
    page.goto(address, wait_until="commit")
    launched = page.evaluate("performance.timeOrigin")
    visitor = Visitor(page)
    visitor.launcher.wait_for(timeout=60_000)
    seen = {"launcher": (_clock(page) - launched) / 1000}
    page.wait_for_load_state("networkidle")
    # Nobody looks while it is measured: what asks the page costs its processor time too.
    with page.expect_console_message(lambda message: message.text == "milestone moving", timeout=60_000):
        pressed = visitor.launcher.evaluate(PRESS)
    milestones = visitor.frame().evaluate("window.__milestones")
    _check_held_back(devtools, visitor, line)
    context.close()
    names = {"typing possible": "typing", "poster": "poster", "avatar moving": "moving"}
    return seen | {what: (milestones[name] - pressed) / 1000 for what, name in names.items()}


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


def _check_held_back(devtools: CDPSession, visitor: Visitor, line: str) -> None:
    """See to it that the frame had no process, and with it no line and no processor, of its own."""
    targets = devtools.send("Target.getTargets")["targetInfos"]
    assert not [target for target in targets if target["type"] == "iframe"], "The frame ran in its own process."
    waits = visitor.frame().evaluate(ANSWER_TIMES)
    assert min(waits) >= LINES[line][1] * 0.9, f"The frame's requests were answered in {min(waits):.0f} ms."
