"""Golden pictures: what is drawn for them, how far a new one may be from them; `python -m` draws them anew."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from shared.glb import read_glb
from studio.render.camera import Framing
from studio.render.offscreen import offscreen_context
from studio.render.posters import draw_poster
from studio.render.stage import Backdrop
from tests.studio.render.showing import board_glb

FOLDER = Path(__file__).with_name("golden")
AVATARS = Path(__file__).parents[3] / "packaging" / "avatars"
SIZE = (200, 220)


@dataclass(frozen=True)
class Golden:
    """One picture."""

    source: Callable[[], bytes]
    clip: str | None
    seconds: float
    framing: Framing


def _avatar(name: str) -> Callable[[], bytes]:
    return lambda: (AVATARS / name).read_bytes()


GOLDENS: dict[str, Golden] = {
    "board": Golden(board_glb, "egg", 0.5, "full"),
    "mira-wave": Golden(_avatar("mira.glb"), "Wave", 0.9, "full"),
    "pip-laugh": Golden(_avatar("pip.glb"), "Laugh", 0.8, "bust"),
}


def golden_file(name: str) -> Path:
    """Where a golden picture lies."""
    return FOLDER / f"{name}.png"


def draw_golden(name: str) -> Image.Image:
    """Draw it in the current context."""
    golden = GOLDENS[name]
    return draw_poster(read_glb(golden.source()), golden.clip, golden.seconds, SIZE, golden.framing, None, Backdrop())


def difference(drawn: Image.Image, stored: Image.Image) -> tuple[float, float]:
    """Mean difference in steps of 255, and that of the 99.5th percentile of pixels: edges may differ, areas may not."""
    gap = np.abs(np.asarray(drawn, np.float32) - np.asarray(stored, np.float32)).max(axis=-1)
    return float(gap.mean()), float(np.percentile(gap, 99.5))


def main() -> None:
    """Draw all golden pictures and store them, each with the digest of what it shows."""
    FOLDER.mkdir(exist_ok=True)
    with offscreen_context():
        for name, golden in GOLDENS.items():
            notes = PngInfo()
            notes.add_text("source", hashlib.sha256(golden.source()).hexdigest()[:12])
            draw_golden(name).save(golden_file(name), pnginfo=notes, optimize=True)


if __name__ == "__main__":
    main()
