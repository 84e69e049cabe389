"""The widget's stage in a real browser, with clip, time and camera set by hand."""

import base64
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Route

from tests.e2e.browser import chromium, chromium_path

ROOT = Path(__file__).parents[4]
BUILDER = ROOT / "widget" / "test" / "picture" / "build.mjs"
ADDRESS = "http://stage.test/"
PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="picture.js"></script>'

Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Shot:
    """What the widget showed."""

    pixels: Pixels
    """(H, W, 4) from above, premultiplied, 0 to 255."""
    nodes: dict[str, NDArray[np.float64]]
    """World matrices by three's names."""


def why_not() -> str | None:
    """Why the widget's stage cannot be shown here; None when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (ROOT / "widget" / "node_modules" / "vite").exists():
        return "widget/node_modules has no vite: run npm ci in widget/"
    if chromium_path() is None:
        return "there is no Chromium"
    return None


class WidgetStage:
    """The page of `widget/test/picture`, open in Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._size = (0, 0)

    def open(
        self,
        content: bytes,
        standing: str | None,
        framing: str,
        size: tuple[int, int],
        front: str = "+Z",
        tone: str = "neutral",
    ) -> None:
        """Show an avatar; the camera measures it in the first pose of the clip that it stands in."""
        self._size = size
        ask = {
            "avatar": base64.b64encode(in_container(content)).decode(),
            "front": front,
            "framing": framing,
            "standing": {"clip": standing, "seconds": 0},
            "width": size[0],
            "height": size[1],
            "tone": tone,
        }
        self._page.evaluate("ask => window.troupePicture.open(ask)", ask)

    def shoot(self, clip: str | None, seconds: float) -> Shot:
        """Draw one moment."""
        said = self._page.evaluate("still => window.troupePicture.shoot(still)", {"clip": clip, "seconds": seconds})
        width, height = self._size
        pixels = np.frombuffer(base64.b64decode(said["pixels"]), np.uint8).reshape(height, width, 4)[::-1]
        nodes = {name: np.array(entries).reshape(4, 4).T for name, entries in said["nodes"].items()}
        return Shot(pixels.astype(np.float32), nodes)

    def camera(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """View and projection, (4, 4) each."""
        said: dict[str, list[float]] = self._page.evaluate("window.troupePicture.camera()")
        view, projection = (np.array(said[name]).reshape(4, 4).T for name in ("view", "projection"))
        return view, projection

    def run(self, clip: str, frames: int, rate: float) -> list[float]:
        """Milliseconds that each frame of a moving clip takes."""
        taken: list[float] = self._page.evaluate(
            "([clip, frames, rate]) => window.troupePicture.run(clip, frames, rate)", [clip, frames, rate]
        )
        return taken

    def levels(self) -> list[NDArray[np.float64]]:
        """The painted room, (6, S, S, 3) a level, as the widget's cubes hold it."""
        said: list[dict[str, Any]] = self._page.evaluate("window.troupePicture.levels()")
        return [np.array(level["faces"]).reshape(6, level["size"], level["size"], 3) for level in said]


@contextmanager
def widget_stage(folder: Path) -> Iterator[WidgetStage]:
    """Build the page into a folder and open it."""
    subprocess.run(["node", str(BUILDER), str(folder)], check=True, timeout=100, capture_output=True)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "":
            route.fulfill(body=PAGE, content_type="text/html")
        elif (folder / name).is_file():
            route.fulfill(path=folder / name, content_type="text/javascript")
        else:
            route.fulfill(status=404)

    with chromium() as browser:
        page = browser.new_page(viewport={"width": 900, "height": 900})
        page.route(f"{ADDRESS}**", answer)
        page.goto(ADDRESS)
        page.wait_for_function("window.troupePicture")
        yield WidgetStage(page)


def in_container(content: bytes) -> bytes:
    """A .gltf that holds everything itself as a GLB without a second chunk; a GLB as it is."""
    if content[:4] == b"glTF":
        return content
    padded = content + b" " * (-len(content) % 4)
    return struct.pack("<4sIII4s", b"glTF", 2, 20 + len(padded), len(padded), b"JSON") + padded
