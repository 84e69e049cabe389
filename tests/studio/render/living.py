"""What lives on the graphics card."""

from studio.render.gl import GL

_NAMES = 4000
"""Objects are numbered from 1, and numbers of those that were freed are given again."""


def live_objects() -> int:
    """How many buffers, textures, vertex arrays, framebuffers, renderbuffers and programs the context has."""
    kinds = (GL.glIsBuffer, GL.glIsTexture, GL.glIsVertexArray, GL.glIsFramebuffer, GL.glIsRenderbuffer, GL.glIsProgram)
    return sum(bool(exists(name)) for exists in kinds for name in range(1, _NAMES))
