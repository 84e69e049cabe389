"""Ownership of GL objects: what is made through one Holdings is freed with it."""

import ctypes
from collections.abc import Callable
from typing import Any

from studio.render.gl import GL


class Holdings:
    """GL objects with one life. The same context must be current when they are made and when they are freed."""

    def __init__(self) -> None:
        self._free: list[Callable[[], None]] = []
        self.bytes = 0
        """What was uploaded or allocated through it, as far as uploaders told."""

    def weigh(self, count: int) -> None:
        """Tell that so many bytes lie on the card."""
        self.bytes += count

    def buffer(self) -> int:
        """A new buffer."""
        return self._keep(int(GL.glGenBuffers(1)), GL.glDeleteBuffers)

    def texture(self) -> int:
        """A new texture."""
        return self._keep(int(GL.glGenTextures(1)), GL.glDeleteTextures)

    def vertex_array(self) -> int:
        """A new vertex array."""
        return self._keep(int(GL.glGenVertexArrays(1)), GL.glDeleteVertexArrays)

    def framebuffer(self) -> int:
        """A new framebuffer."""
        return self._keep(int(GL.glGenFramebuffers(1)), GL.glDeleteFramebuffers)

    def renderbuffer(self) -> int:
        """A new renderbuffer."""
        return self._keep(int(GL.glGenRenderbuffers(1)), GL.glDeleteRenderbuffers)

    def program(self, name: int) -> int:
        """A linked program, to be freed with the rest."""
        self._free.append(lambda: GL.glDeleteProgram(name))
        return name

    def dispose(self) -> None:
        """Free everything; a second time does nothing."""
        while self._free:
            self._free.pop()()
        self.bytes = 0

    def _keep(self, name: int, delete: Callable[[int, Any], None]) -> int:
        self._free.append(lambda: delete(1, ctypes.byref(ctypes.c_uint(name))))
        return name
