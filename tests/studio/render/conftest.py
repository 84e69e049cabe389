"""GL tests draw on the software renderer through EGL; every GL call is checked because OpenGL.GL is imported first."""

from collections.abc import Iterator

import pytest
from OpenGL import GL  # type: ignore[import-untyped]

from shared.errors import Unavailable
from studio.render.offscreen import offscreen_context


@pytest.fixture
def context() -> Iterator[None]:
    """A current GL context without a window."""
    try:
        with offscreen_context():
            assert GL.glGetString(GL.GL_VERSION)
            yield
    except Unavailable as why:
        pytest.skip(why.sentence)
