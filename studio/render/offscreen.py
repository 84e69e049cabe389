"""A GL context without a window: EGL's surfaceless platform. For posters, tests and the command line."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.errors import Unavailable

_SURFACELESS = 0x31DD
_OPENGL_API = 0x30A2
_CONFIG = (0x3033, 0x0000, 0x3040, 0x0008, 0x3038)
"""Surface type none, renderable as desktop OpenGL."""
_CONTEXT = (0x3098, 3, 0x30FB, 3, 0x30FD, 0x0001, 0x3038)
"""Version 3.3, core profile."""
_POINTER = ctypes.c_void_p


@contextmanager
def offscreen_context() -> Iterator[None]:
    """Make a GL 3.3 context current for a while. It has no framebuffer: draw into one of your own.

    Raises: Unavailable: the machine has no EGL, or no driver that draws without a window.
    """
    egl = _library()
    display = egl.eglGetPlatformDisplay(_SURFACELESS, None, None)
    if not display or not egl.eglInitialize(display, None, None):
        raise Unavailable("No driver here draws without a window: install libegl1 and libgl1-mesa-dri.")
    before = _current(egl)
    context = _make_context(egl, display)
    try:
        if not egl.eglMakeCurrent(display, None, None, context):
            raise Unavailable("The graphics driver refused a context without a window.")
        yield
    finally:
        # The display stays initialised: others in this program may share it.
        egl.eglMakeCurrent(*before) if before[0] else egl.eglMakeCurrent(display, None, None, None)
        egl.eglDestroyContext(display, context)


def _library() -> Any:
    try:
        egl = ctypes.CDLL("libEGL.so.1")
    except OSError as error:
        raise Unavailable("Pictures without a window need EGL: install libegl1.") from error
    egl.eglGetPlatformDisplay.restype = _POINTER
    egl.eglGetPlatformDisplay.argtypes = [ctypes.c_uint, _POINTER, _POINTER]
    egl.eglInitialize.argtypes = [_POINTER, _POINTER, _POINTER]
    egl.eglChooseConfig.argtypes = [_POINTER, _POINTER, _POINTER, ctypes.c_int, _POINTER]
    egl.eglCreateContext.restype = _POINTER
    egl.eglCreateContext.argtypes = [_POINTER, _POINTER, _POINTER, _POINTER]
    egl.eglMakeCurrent.argtypes = [_POINTER, _POINTER, _POINTER, _POINTER]
    egl.eglDestroyContext.argtypes = [_POINTER, _POINTER]
    egl.eglGetCurrentSurface.argtypes = [ctypes.c_int]
    for name in ("eglGetCurrentDisplay", "eglGetCurrentSurface", "eglGetCurrentContext"):
        getattr(egl, name).restype = _POINTER
    return egl


def _current(egl: Any) -> tuple[Any, Any, Any, Any]:
    """Display, surfaces and context of EGL that are current now, to be given back."""
    draw, read = 0x3059, 0x305A
    return (
        egl.eglGetCurrentDisplay(), egl.eglGetCurrentSurface(draw), egl.eglGetCurrentSurface(read),
        egl.eglGetCurrentContext(),
    )  # fmt: skip


def _make_context(egl: Any, display: Any) -> Any:
    config, count = _POINTER(), ctypes.c_int()
    egl.eglBindAPI(_OPENGL_API)
    wanted = (ctypes.c_int * len(_CONFIG))(*_CONFIG)
    egl.eglChooseConfig(display, wanted, ctypes.byref(config), 1, ctypes.byref(count))
    asked = (ctypes.c_int * len(_CONTEXT))(*_CONTEXT)
    context = egl.eglCreateContext(display, config if count.value else None, None, asked)
    if not context:
        raise Unavailable("The graphics driver here is older than OpenGL 3.3: install libgl1-mesa-dri.")
    return context
