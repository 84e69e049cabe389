"""Pictures of an avatar: posters for the widget, thumbnails, golden images. Transparent behind the avatar."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from PIL import Image

from shared.contract.acting import ActingMap
from shared.glb import Glb, read_glb
from studio.render.camera import Framing
from studio.render.gl import GL, framebuffer_now
from studio.render.holdings import Holdings
from studio.render.offscreen import offscreen_context
from studio.render.sheets import new_target
from studio.render.stage import Backdrop, Stage

_FINER = 2
"""Pictures are drawn this many times larger and reduced: smoother edges than multisampling, and on any driver."""
_LARGEST = 4096


def render_poster(
    glb_bytes: bytes,
    clip: str | None,
    seconds: float,
    size: tuple[int, int],
    framing: Framing = "full",
    acting: ActingMap | None = None,
) -> Image.Image:
    """Draw a pose of a GLB on a transparent ground, without any window.

    Args:
        clip: None for the rest pose.
        size: width and height in pixels.
    Raises: BadGlb: the file cannot be read. NotFound: no such clip. Unavailable: nothing here draws without a window.
    """
    glb = read_glb(glb_bytes)

    def draw() -> Image.Image:
        with offscreen_context():
            return draw_poster(glb, clip, seconds, size, framing, acting)

    # A thread of its own: a window's GLX context may be current in this one, and EGL refuses to stand beside it.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(draw).result()


def draw_poster(
    glb: Glb,
    clip: str | None,
    seconds: float,
    size: tuple[int, int],
    framing: Framing = "full",
    acting: ActingMap | None = None,
    backdrop: Backdrop | None = None,
) -> Image.Image:
    """The same in the GL context that is current; with a backdrop the picture is opaque.

    Raises: NotFound: no such clip.
    """
    stage = Stage()
    try:
        stage.set_backdrop(backdrop)
        stage.resize(*size)
        stage.load(glb, acting, framing)
        player = stage.player
        pose = None if player is None else player.sampler.pose(clip, seconds)
        return draw_into_picture(stage, size, lambda: stage.draw_pose(pose))
    finally:
        stage.dispose()


def draw_into_picture(stage: Stage, size: tuple[int, int], draw: Callable[[], object]) -> Image.Image:
    """Let a stage draw into a framebuffer of its own, and return it as an RGBA picture of this size."""
    finer = _FINER if max(size) * _FINER <= _LARGEST else 1
    width, height = size[0] * finer, size[1] * finer
    with target_of(width, height):
        stage.resize(width, height)
        draw()
        GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 1)
        content = GL.glReadPixels(0, 0, width, height, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)
    pixels = np.frombuffer(content, np.uint8).reshape(height, width, 4)[::-1].astype(np.float32)
    return _straight(pixels.reshape(size[1], finer, size[0], finer, 4).mean(axis=(1, 3)))


@contextmanager
def target_of(width: int, height: int) -> Iterator[None]:
    """Bind a framebuffer of this size for a while, with colour and depth."""
    before, holdings = framebuffer_now(), Holdings()
    try:
        new_target(holdings, (width, height))
        yield
    finally:
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, before)
        holdings.dispose()


def _straight(premultiplied: np.ndarray) -> Image.Image:
    """Divide colour by alpha, as picture files have it."""
    alpha = premultiplied[..., 3:4]
    colour = np.where(alpha > 0, premultiplied[..., :3] * 255 / np.maximum(alpha, 1e-3), 0)
    pixels = np.concatenate([np.clip(colour, 0, 255), alpha], axis=-1)
    return Image.fromarray(np.round(pixels).astype(np.uint8), "RGBA")
