"""Runs the studio: the application, its one loop, the window, and an orderly end."""

import asyncio
import signal
import sys
from pathlib import Path

import qasync  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from shared.errors import BadProject
from studio.config import First, Settings, choose_opengl_platform
from studio.rehearsal.models import RehearsalParts
from studio.ui.desk import Desk
from studio.ui.engine import prepare_engine
from studio.ui.problems import ProblemText
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.viewport.canvas import surface_format
from studio.ui.window import StudioWindow

PICTURE_AFTER_FRAMES, PICTURE_AFTER_SECONDS = 10, 1.0
"""Until then the avatar stands in its idle, and not in its first frame."""


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with our names, and PyOpenGL told where it runs."""
    QCoreApplication.setOrganizationName("Troupe")
    QCoreApplication.setApplicationName("Troupe")
    prepare_engine()
    app = QApplication(arguments)
    app.setApplicationDisplayName("Troupe")
    choose_opengl_platform(app.platformName())
    return app


async def _until_left(settings: Settings, app: QApplication, first: First) -> int:
    tasks, desk, parts = Tasks(), Desk(settings), RehearsalParts(settings)
    theme = Theme(app, desk.preferences.appearance)
    window = StudioWindow(theme, desk, tasks, parts)
    over = asyncio.Event()
    window.left.connect(over.set)
    # Whoever stops us from outside cannot answer a question: what is unsaved stays in the journal. Python may run this
    # amid any event, also a painting one, which closing the window would pull the ground from: so it is done later.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, window.leave_at_once))
    window.show()
    if first.project is not None:
        window.open_project(first.project)
    elif first.demo is not None:
        window.open_demo(first.demo)
    if first.picture is not None:
        first.picture.unlink(missing_ok=True)
        tasks.failed.connect(lambda problem: _give_up(window, problem))
        tasks.spawn("Taking a picture", _take_picture(window, first.picture, opens=first.opens))
    await over.wait()
    await tasks.close()
    await parts.close()
    return 0 if first.picture is None or first.picture.is_file() else 1


def _give_up(window: StudioWindow, problem: ProblemText) -> None:
    # Nobody is there to read on the screen what went wrong.
    sys.stderr.write(f"{problem.sentence}\n")
    window.leave_at_once()


async def _take_picture(window: StudioWindow, path: Path, *, opens: bool) -> None:
    """Wait until what was asked for is on the stage, keep a picture of the window, and leave."""
    canvas, shown = window.view.canvas, asyncio.Event()
    canvas.frameSwapped.connect(
        lambda: shown.set() if canvas.frames_drawn >= PICTURE_AFTER_FRAMES and not canvas.arriving else None
    )
    if opens:
        await shown.wait()
    await asyncio.sleep(PICTURE_AFTER_SECONDS)
    if not window.grab().save(str(path)):
        raise BadProject(f"Cannot write the picture {path}. Choose another name that ends in .png.")
    window.leave_at_once()


def run_studio(settings: Settings, first: First) -> int:
    """Open the window, and stay until it is closed. Returns: the process's exit code."""
    QSurfaceFormat.setDefaultFormat(surface_format(software=settings.software_rendering is not False))
    app = make_application(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        code: int = loop.run_until_complete(_until_left(settings, app, first))
    return code
