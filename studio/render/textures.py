"""Pictures on the graphics card: those of a GLB, and the room's light."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.glb import Glb, TextureUse, decode_image, images
from studio.render.environment import reflectance, room_levels
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.mipmaps import mip_levels

_WRAPS = frozenset({33071, 33648, 10497})
_MAGNIFIERS = frozenset({9728, 9729})
_MINIFIERS = frozenset({9728, 9729, 9984, 9985, 9986, 9987})
_FLAT_MINIFIERS = frozenset({9728, 9729})
_LARGEST = 4096
_BAND_BYTES, _SMALL_BYTES = 2 << 20, 1 << 16
"""As much of a picture is uploaded between two looks at the clock."""


@dataclass(frozen=True, eq=False)
class Picture:
    """One use of an image: its pixels, and how it is sampled."""

    levels: tuple[NDArray[np.uint8], ...]
    """The whole picture (H, W, 4), and halves of it where it is sampled by them."""
    use: TextureUse
    colour: bool
    """Whether it is encoded as sRGB."""


class Pictures:
    """The pictures of one GLB, decoded when they are first asked for; an unreadable one is plain white. No OpenGL."""

    def __init__(self, glb: Glb) -> None:
        self._encoded = images(glb)
        self._decoded: dict[int, NDArray[np.uint8]] = {}
        self._levels: dict[tuple[int, bool], tuple[NDArray[np.uint8], ...]] = {}
        self._known: dict[tuple[object, ...], Picture] = {}

    def picture(self, use: TextureUse, colour: bool) -> Picture:
        """The picture for a place in a material; the same one for places that sample it alike."""
        key = (use.image, colour, use.wrap_s, use.wrap_t, use.magnify, use.minify)
        if key not in self._known:
            flat = use.minify in _FLAT_MINIFIERS
            levels = (self._pixels(use.image),) if flat else self._halved(use.image, colour)
            self._known[key] = Picture(levels, use, colour)
        return self._known[key]

    def _halved(self, number: int, colour: bool) -> tuple[NDArray[np.uint8], ...]:
        if (number, colour) not in self._levels:
            self._levels[number, colour] = mip_levels(self._pixels(number), colour=colour)
        return self._levels[number, colour]

    def _pixels(self, number: int) -> NDArray[np.uint8]:
        if number not in self._decoded:
            picture = decode_image(self._encoded[number])
            if picture is not None and max(picture.size) > _LARGEST:
                picture.thumbnail((_LARGEST, _LARGEST))
            white = np.full((1, 1, 4), 255, np.uint8)
            self._decoded[number] = white if picture is None else np.ascontiguousarray(picture)
        return self._decoded[number]


def upload_picture(holdings: Holdings, picture: Picture) -> Generator[None, None, int]:
    """Bring a picture to the graphics card, a band of rows at a time. Returns: the texture."""
    texture = holdings.texture()
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    _set_sampling(picture.use)
    GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAX_LEVEL, len(picture.levels) - 1)
    for number, pixels in enumerate(picture.levels):
        holdings.weigh(pixels.nbytes)
        yield from _upload_level(texture, number, pixels, GL.GL_SRGB8_ALPHA8 if picture.colour else GL.GL_RGBA8)
    return texture


def _upload_level(texture: int, number: int, pixels: NDArray[np.uint8], kind: int) -> Generator[None, None, None]:
    height, width = pixels.shape[:2]
    layout = (GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, number, kind, width, height, 0, *layout, None)
    rows = max(1, _BAND_BYTES // (width * 4))
    for top in range(0, height, rows):
        band = np.ascontiguousarray(pixels[top : top + rows])
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
        GL.glTexSubImage2D(GL.GL_TEXTURE_2D, number, 0, top, width, len(band), *layout, band)
        if band.nbytes > _SMALL_BYTES:
            yield


def _set_sampling(use: TextureUse) -> None:
    choices = (
        (GL.GL_TEXTURE_WRAP_S, use.wrap_s if use.wrap_s in _WRAPS else 10497),
        (GL.GL_TEXTURE_WRAP_T, use.wrap_t if use.wrap_t in _WRAPS else 10497),
        (GL.GL_TEXTURE_MAG_FILTER, use.magnify if use.magnify in _MAGNIFIERS else 9729),
        (GL.GL_TEXTURE_MIN_FILTER, use.minify if use.minify in _MINIFIERS else 9987),
    )
    for name, value in choices:
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, value)


def upload_room(holdings: Holdings) -> int:
    """The room's light as a cube map whose levels are mirrors of growing roughness."""
    texture = holdings.texture()
    GL.glBindTexture(GL.GL_TEXTURE_CUBE_MAP, texture)
    levels = room_levels()
    for number, faces in enumerate(levels):
        for face, pixels in enumerate(faces):
            GL.glTexImage2D(
                GL.GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, number, GL.GL_RGB16F, len(pixels), len(pixels), 0,
                GL.GL_RGB, GL.GL_FLOAT, np.ascontiguousarray(pixels),
            )  # fmt: skip
    for name, value in (
        (GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR_MIPMAP_LINEAR),
        (GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR),
        (GL.GL_TEXTURE_MAX_LEVEL, len(levels) - 1),
        (GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE),
        (GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE),
        (GL.GL_TEXTURE_WRAP_R, GL.GL_CLAMP_TO_EDGE),
    ):
        GL.glTexParameteri(GL.GL_TEXTURE_CUBE_MAP, name, value)
    return texture


def upload_reflectance(holdings: Holdings) -> int:
    """The table of how much surfaces mirror, by roughness and cosine."""
    table = np.ascontiguousarray(reflectance())
    texture = holdings.texture()
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    height, width = table.shape[:2]
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RG16F, width, height, 0, GL.GL_RG, GL.GL_FLOAT, table)
    _clamp(GL.GL_LINEAR)
    return texture


def empty_texture(holdings: Holdings, kind: int, layout: int, size: tuple[int, int], filtering: int) -> int:
    """A texture to draw into, clamped at its edges."""
    texture = holdings.texture()
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, kind, *size, 0, layout, GL.GL_FLOAT, None)
    _clamp(filtering)
    return texture


def _clamp(filtering: int) -> None:
    for name in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, filtering)
    for name in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, GL.GL_CLAMP_TO_EDGE)
