"""A real window on a real X server, and the studio's own loop: tests wait for what should come true."""

import asyncio
import gc
import shutil
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextvars import Context
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import qasync  # type: ignore[import-untyped]  # ships no types
import shiboken6
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from studio.config import Settings
from studio.files.creation import new_project
from studio.model.document import Document
from studio.rehearsal.models import RehearsalParts
from studio.ui.desk import Desk
from studio.ui.panels.acting import ActingPanel
from studio.ui.run import make_application
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.viewport.canvas import surface_format
from studio.ui.window import StudioWindow

ROOT = Path(__file__).parents[3]
AVATAR = ROOT / "packaging" / "avatars" / "pip.glb"
PATIENCE_SECONDS = 60.0
VISIBLE = 24
"""Of 255: less is dithering."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as `run_studio` makes it."""
    from PySide6.QtGui import QSurfaceFormat

    QSurfaceFormat.setDefaultFormat(surface_format(software=True))
    app = make_application(["studio-tests"])
    app.setQuitOnLastWindowClosed(False)
    return app


class Loop(qasync.QEventLoop):  # type: ignore[misc]  # ships no types
    """The studio's loop, run piece by piece. qasync's own way runs tasks once more after each piece, without a loop."""

    def run_until_complete(self, future: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine to its end, and nothing after it."""
        task = asyncio.ensure_future(future, loop=self)
        task.add_done_callback(lambda _done: self.stop())
        self.run_forever()
        task.result()

    def close(self) -> None:
        """Close, and end its timers here: collected later, in a worker's thread, they would outlive their owner."""
        timer = self._timer
        super().close()
        shiboken6.delete(timer)

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:
        """Run soon; nothing after the end, when work in a thread that could not be cancelled tells of its own."""
        if not shiboken6.isValid(self._timer):
            return asyncio.Handle(callback, args, self, context)
        handle: asyncio.Handle = super().call_soon(callback, *args, context=context)
        return handle


class StudioUnderTest:
    """The window, its desk, and ways to wait."""

    def __init__(self, app: QApplication, loop: asyncio.AbstractEventLoop, settings: Settings) -> None:
        self.loop = loop
        self.tasks, self.desk, self._parts = Tasks(), Desk(settings), RehearsalParts(settings)
        self.theme = Theme(app, "dark")
        self.window = StudioWindow(self.theme, self.desk, self.tasks, self._parts)
        self.window.resize(1080, 680)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window to be active")

    def until(self, true: Callable[[], object], what: str) -> None:
        """Let the loop run until `true` is, or fail and say what did not happen."""

        ends = monotonic() + PATIENCE_SECONDS
        while not true():
            if monotonic() > ends:
                pytest.fail(f"waited in vain for: {what}; on screen: {self.window.toasts.texts}")
            # One turn of the loop: whatever is due, of Qt and of asyncio.
            self.run(asyncio.sleep(0.005))

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine to its end."""
        self.loop.run_until_complete(work)
        # pytest-qt turns Qt's events over between our runs, and with them tasks that ask for their loop.
        asyncio._set_running_loop(self.loop)

    def frames(self, number: int) -> None:
        """Let so many more frames be drawn."""
        wanted = self.window.view.canvas.frames_drawn + number
        self.until(lambda: self.window.view.canvas.frames_drawn >= wanted, f"{number} frames")

    def picture(self) -> QImage:
        """What the viewport shows."""
        return self.window.view.canvas.grabFramebuffer()

    def close(self) -> None:
        """End everything in order."""
        self.run(self.tasks.close())
        self.run(self._parts.close())
        self.desk.close()
        self.window.close()
        self.window.deleteLater()
        self.run(asyncio.sleep(0))
        asyncio._set_running_loop(None)


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """A loop of this test's own."""
    made = Loop(qapp, already_running=False)
    asyncio.set_event_loop(made)
    yield made
    made.close()
    asyncio.set_event_loop(None)
    gc.collect()


@pytest.fixture
def settings(tmp_path: Path, models_folder: Path) -> Settings:
    """Settings with folders of this test's own, and no keys."""
    given = {"config_folder": tmp_path / "config", "cache_folder": models_folder, "keyring": False}
    return Settings.model_validate({**given, "OPENAI_API_KEY": None, "ANTHROPIC_API_KEY": None})


@pytest.fixture
def studio(qapp: QApplication, loop: asyncio.AbstractEventLoop, settings: Settings) -> Iterator[StudioUnderTest]:
    """The studio with no project open."""
    made = StudioUnderTest(qapp, loop, settings)
    yield made
    made.close()


@pytest.fixture(scope="session")
def fresh_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the demo robot that nobody has touched: to be copied."""
    folder = tmp_path_factory.mktemp("projects") / "pip"
    new_project(folder, AVATAR)
    return folder


@pytest.fixture
def project(tmp_path: Path, fresh_project: Path) -> Path:
    """A project of the demo robot on disk, of this test's own."""
    return shutil.copytree(fresh_project, tmp_path / "pip")


@pytest.fixture
def open_studio(studio: StudioUnderTest, project: Path) -> StudioUnderTest:
    """The studio with that project open, and its avatar on stage."""
    studio.window.open_project(project)
    studio.until(lambda: studio.desk.current is not None, "the project to open")
    studio.until(lambda: studio.window.view.actor.clips, "the avatar to come onto the stage")
    studio.frames(2)
    return studio


@pytest.fixture(scope="module")
def one_studio(
    qapp: QApplication, fresh_project: Path, models_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StudioUnderTest]:
    """One window with one project for all tests of a file: they undo what they do."""
    folder = tmp_path_factory.mktemp("one")
    loop = Loop(qapp, already_running=False)
    asyncio.set_event_loop(loop)
    given = {"config_folder": folder / "config", "cache_folder": models_folder, "keyring": False}
    keys = {"OPENAI_API_KEY": None, "ANTHROPIC_API_KEY": None}
    made = StudioUnderTest(qapp, loop, Settings.model_validate({**given, **keys}))
    made.window.open_project(shutil.copytree(fresh_project, folder / "pip"))
    made.until(lambda: made.window.view.actor.clips, "the avatar on stage")
    yield made
    made.close()
    loop.close()
    asyncio.set_event_loop(None)
    gc.collect()


@pytest.fixture
def acting_studio(one_studio: StudioUnderTest) -> Iterator[StudioUnderTest]:
    """The studio with the project as it was opened, and no step in its history."""
    yield one_studio
    current = one_studio.desk.current
    assert current is not None
    current.document.go_to(0)
    # A step that is undone is still there to be done again; the next test counts its own.
    current.document.history._undone.clear()
    one_studio.window.view.actor.rest()
    panel = one_studio.window.workspace.panels["acting"]
    if isinstance(panel, ActingPanel):
        panel.clips.close_clip()


@pytest.fixture
def document(open_studio: StudioUnderTest) -> Document:
    """The document of that project."""
    assert open_studio.desk.current is not None
    return open_studio.desk.current.document


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What reached the last resort, `sys.excepthook`."""
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    return caught


def differing_share(one: QImage, other: QImage) -> float:
    """The share of pixels, on a grid, that differ visibly between two pictures of one size."""
    assert one.size() == other.size()
    places = [(x, y) for x in range(0, one.width(), 7) for y in range(0, one.height(), 7)]
    differing = sum(_far(one.pixelColor(x, y), other.pixelColor(x, y)) for x, y in places)
    return differing / len(places)


def _far(one: QColor, other: QColor) -> bool:
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return any(abs(mine - theirs) > VISIBLE for mine, theirs in parts)
