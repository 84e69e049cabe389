"""Pictures on the graphics card: those of a GLB, and the room's light."""

import numpy as np
from PIL import Image

from shared.glb import Glb, TextureUse, decode_image, images
from studio.render.environment import room_levels
from studio.render.gl import GL
from studio.render.holdings import Holdings

_WRAPS = frozenset({33071, 33648, 10497})
_MAGNIFIERS = frozenset({9728, 9729})
_MINIFIERS = frozenset({9728, 9729, 9984, 9985, 9986, 9987})
_LARGEST = 4096


class Pictures:
    """The textures of one GLB, each uploaded when it is first used; an unreadable one is plain white."""

    def __init__(self, holdings: Holdings, glb: Glb) -> None:
        self._holdings = holdings
        self._encoded = images(glb)
        self._decoded: dict[int, Image.Image | None] = {}
        self._made: dict[tuple[object, ...], int] = {}

    def texture(self, use: TextureUse, colour: bool) -> int:
        """The texture for a place in a material; `colour` for those encoded as sRGB."""
        key = (use.image, colour, use.wrap_s, use.wrap_t, use.magnify, use.minify)
        if key not in self._made:
            self._made[key] = self._upload(use, colour)
        return self._made[key]

    def forget_pixels(self) -> None:
        """Let the decoded pictures go once everything is uploaded."""
        self._decoded.clear()

    def _upload(self, use: TextureUse, colour: bool) -> int:
        picture = self._picture(use.image)
        pixels = np.full((1, 1, 4), 255, np.uint8) if picture is None else np.asarray(picture)
        texture = self._holdings.texture()
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        kind = GL.GL_SRGB8_ALPHA8 if colour else GL.GL_RGBA8
        height, width = pixels.shape[:2]
        GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, kind, width, height, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, np.ascontiguousarray(pixels)
        )
        self._set_sampling(use)
        return texture

    def _picture(self, number: int) -> Image.Image | None:
        if number not in self._decoded:
            picture = decode_image(self._encoded[number])
            if picture is not None and max(picture.size) > _LARGEST:
                picture.thumbnail((_LARGEST, _LARGEST))
            self._decoded[number] = picture
        return self._decoded[number]

    def _set_sampling(self, use: TextureUse) -> None:
        minify = use.minify if use.minify in _MINIFIERS else 9987
        choices = (
            (GL.GL_TEXTURE_WRAP_S, use.wrap_s if use.wrap_s in _WRAPS else 10497),
            (GL.GL_TEXTURE_WRAP_T, use.wrap_t if use.wrap_t in _WRAPS else 10497),
            (GL.GL_TEXTURE_MAG_FILTER, use.magnify if use.magnify in _MAGNIFIERS else 9729),
            (GL.GL_TEXTURE_MIN_FILTER, minify),
        )
        for name, value in choices:
            GL.glTexParameteri(GL.GL_TEXTURE_2D, name, value)
        if minify > 9729:
            GL.glGenerateMipmap(GL.GL_TEXTURE_2D)


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


def empty_texture(holdings: Holdings, kind: int, layout: int, size: tuple[int, int], filtering: int) -> int:
    """A texture to draw into, clamped at its edges."""
    texture = holdings.texture()
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, kind, *size, 0, layout, GL.GL_FLOAT, None)
    for name in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, filtering)
    for name in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, name, GL.GL_CLAMP_TO_EDGE)
    return texture
