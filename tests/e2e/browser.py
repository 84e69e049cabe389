"""A real Chromium, driven by Playwright: the system's own where there is one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# No sandbox: tests run as root in containers. The rest keeps Chromium from looking up hosts of its own at start.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


def chromium_path() -> str | None:
    """Return the system's Chromium, or None for Playwright's own."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def chromium(*more_flags: str) -> Iterator[Browser]:
    """Start headless Chromium with software WebGL."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *more_flags])
        yield browser
        browser.close()
