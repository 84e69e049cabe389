"""Runs the studio: the application, its one loop, the window, and an orderly end."""

import asyncio
import signal
import sys
from pathlib import Path

import qasync  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from studio.config import Settings, choose_opengl_platform
from studio.rehearsal.models import RehearsalParts
from studio.ui.desk import Desk
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.viewport.canvas import surface_format
from studio.ui.window import StudioWindow


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with our names, and PyOpenGL told where it runs."""
    QCoreApplication.setOrganizationName("Troupe")
    QCoreApplication.setApplicationName("Troupe")
    app = QApplication(arguments)
    app.setApplicationDisplayName("Troupe")
    choose_opengl_platform(app.platformName())
    return app


async def _until_left(settings: Settings, app: QApplication, folder: Path | None) -> None:
    tasks, desk, parts = Tasks(), Desk(settings), RehearsalParts(settings)
    theme = Theme(app, desk.preferences.appearance)
    window = StudioWindow(theme, desk, tasks, parts)
    over = asyncio.Event()
    window.left.connect(over.set)
    # Whoever stops us from outside cannot answer a question: what is unsaved stays in the journal.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.leave_at_once())
    window.show()
    if folder is not None:
        window.open_project(folder)
    await over.wait()
    await tasks.close()
    await parts.close()


def run_studio(settings: Settings, folder: Path | None) -> int:
    """Open the window, and stay until it is closed.

    Args:
        folder: a project to open at once.
    Returns: the process's exit code.
    """
    QSurfaceFormat.setDefaultFormat(surface_format(software=settings.software_rendering is not False))
    app = make_application(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_until_left(settings, app, folder))
    return 0
