"""OpenGL as this folder uses it: 3.3 core through PyOpenGL, and the few calls that PyOpenGL would burden.

Whoever opens a window says which window system it is (`studio.config.choose_opengl_platform`) before this is imported.
Errors are checked after every call only where OpenGL.GL was imported before this module, as tests do.
"""

import ctypes
import sys

import OpenGL  # type: ignore[import-untyped]

if "OpenGL.GL" not in sys.modules:
    OpenGL.ERROR_CHECKING = False
    OpenGL.ERROR_LOGGING = False

from OpenGL import GL
from OpenGL.raw.GL.VERSION import GL_1_1, GL_2_0, GL_3_0  # type: ignore[import-untyped]

__all__ = ["GL", "attribute", "attribute_of_integers", "capture_varying", "draw_triangles", "framebuffer_now"]


def attribute(location: int, width: int) -> None:
    """Let the bound buffer's floats feed a vertex attribute.

    PyOpenGL's own call keeps a reference in a registry of contexts, which it cannot tell apart when GLX and EGL
    contexts live in one program.
    """
    GL_2_0.glVertexAttribPointer(location, width, GL.GL_FLOAT, False, 0, None)
    GL.glEnableVertexAttribArray(location)


def attribute_of_integers(location: int, width: int) -> None:
    """Let the bound buffer's unsigned integers feed a vertex attribute."""
    GL_3_0.glVertexAttribIPointer(location, width, GL.GL_UNSIGNED_INT, 0, None)
    GL.glEnableVertexAttribArray(location)


def capture_varying(program: int, name: str) -> None:
    """Let transform feedback capture one output of the vertex shader; before the program is linked."""
    text = ctypes.create_string_buffer(name.encode())
    names = (ctypes.POINTER(ctypes.c_char) * 1)(ctypes.cast(text, ctypes.POINTER(ctypes.c_char)))
    GL_3_0.glTransformFeedbackVaryings(program, 1, names, GL.GL_INTERLEAVED_ATTRIBS)


def draw_triangles(corners: int) -> None:
    """Draw the bound index buffer of 32-bit numbers."""
    GL_1_1.glDrawElements(GL.GL_TRIANGLES, corners, GL.GL_UNSIGNED_INT, None)


def framebuffer_now() -> int:
    """The framebuffer that is bound for drawing."""
    return int(GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING))
