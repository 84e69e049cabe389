"""The OpenGL widget: owns the stage, draws when something has changed, turns the camera with the pointer."""

import sys
from contextlib import AbstractContextManager
from types import TracebackType

from PIL import Image
from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QOffscreenSurface, QOpenGLContext, QSurfaceFormat, QWheelEvent
from PySide6.QtOpenGLWidgets import QOpenGLWidget

from shared.contract.acting import ActingMap
from shared.glb import Glb
from studio.model.signals import Signal
from studio.render.camera import Framing
from studio.render.live import LiveView
from studio.render.posters import draw_poster
from studio.render.stage import Backdrop, Stage
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.viewport.actor import Actor

SOFTWARE_INTERVAL, HARDWARE_INTERVAL = 33, 16
"""Milliseconds between frames: 30 and 60 a second."""
LONGEST_REST = 60
"""Milliseconds."""
REST_SHARE = 0.25
"""Of what a frame took: rest until the next, for typing and for answers."""
SAMPLES = 4
GL_RENDERER = 0x1F01
WHEEL_STEP = 120
"""Qt's eighths of a degree in one notch of a wheel."""
FRAMING_KEYS: dict[int, Framing] = {Qt.Key.Key_F: "full", Qt.Key.Key_H: "half", Qt.Key.Key_B: "bust"}


def draws_in_software() -> bool:
    """Whether OpenGL here has no graphics card behind it; asked of a context that nobody sees."""
    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    if not context.create() or not context.makeCurrent(surface):
        return True
    name = str(context.functions().glGetString(GL_RENDERER)).lower()
    context.doneCurrent()
    return any(word in name for word in ("llvmpipe", "softpipe", "swrast", "swiftshader", "software"))


class Canvas(QOpenGLWidget):
    """Shows the stage. What goes wrong in OpenGL's callbacks would vanish in Qt: it goes to `failed` and the hook."""

    def __init__(self, theme: Theme, actor: Actor, *, software: bool | None) -> None:
        super().__init__()
        self.failed = Signal[[BaseException]]()
        self.paused_by_key = Signal[[]]()
        self.framed = Signal[[Framing]]()
        self.software = draws_in_software() if software is None else software
        self._theme, self._actor = theme, actor
        self._stage: Stage | None = None
        self._live: LiveView | None = None
        self._wanted: tuple[Glb, ActingMap] | None = None
        self._framing: Framing = "full"
        self._camera_moved = False
        """By hand: then a new size of the window leaves it alone."""
        self._dirty = True
        self._pointer: QPointF | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(SOFTWARE_INTERVAL if self.software else HARDWARE_INTERVAL)
        self._timer.timeout.connect(self._tick)
        self.setFormat(surface_format(software=self.software))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(320, 240))
        self.setAccessibleName("Avatar")
        self.frames_drawn = 0
        self._least_interval = self._timer.interval()
        self._drawing = QElapsedTimer()
        self.frameSwapped.connect(self._pace)
        link(self, theme.changed, self._dress)
        link(self, actor.paused_changed, lambda _paused: self.refresh())

    @property
    def finished(self) -> bool:
        """Whether what stands still is drawn as finely as can be."""
        return not self._dirty and not self._wants_more()

    def show_avatar(self, glb: Glb | None, acting: ActingMap) -> None:
        """Show an avatar, or nobody."""
        self._wanted = (glb, acting) if glb is not None else None
        if self._stage is not None:
            with self._watch():
                self.makeCurrent()
                self._load(self._stage)
                self.doneCurrent()
        self.refresh()

    def frame(self, framing: Framing) -> None:
        """Look at the avatar from the front."""
        self._framing = framing
        self._camera_moved = False
        if self._stage is not None:
            self._stage.frame(framing)
        self.framed.emit(framing)
        self.refresh()

    def picture(self, clip: str | None, size: tuple[int, int], framing: Framing) -> Image.Image | None:
        """The avatar in the first pose of a clip on a transparent ground; None when there is nobody.

        Raises: NotFound: there is no such clip.
        """
        if self._wanted is None or self._stage is None:
            return None
        glb, acting = self._wanted
        self.makeCurrent()
        try:
            return draw_poster(glb, clip, 0.0, size, framing, acting)
        finally:
            self.doneCurrent()
            self.refresh()

    def refresh(self) -> None:
        """Draw again, whatever has or has not changed."""
        self._dirty = True
        self.update()

    def initializeGL(self) -> None:
        """Make the stage, once the context is there."""
        with self._watch():
            self.context().aboutToBeDestroyed.connect(self._dispose)
            self._stage = Stage()
            self._live = LiveView(self._stage)
            self._stage.resize(self.width(), self.height(), self.devicePixelRatioF())
            self._load(self._stage)
            self._dress()
            self._clock.start()
            self._timer.start()

    def resizeGL(self, width: int, height: int) -> None:
        """Tell the stage its size."""
        with self._watch():
            if self._stage is not None:
                self._stage.resize(self.width(), self.height(), self.devicePixelRatioF())
                if not self._camera_moved:
                    self._stage.frame(self._framing)

    def paintGL(self) -> None:
        """Draw the present."""
        with self._watch():
            self._drawing.start()
            if self._live is not None:
                self._live.draw(self._actor.pose())
                self.frames_drawn += 1
                self._dirty = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to turn or shift."""
        self._pointer = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn with the left button; shift with another one, or with Shift held."""
        if self._pointer is None or self._stage is None:
            return
        moved = (event.position() - self._pointer) / max(self.height(), 1)
        self._pointer, self._camera_moved = event.position(), True
        shifts = not event.buttons() & Qt.MouseButton.LeftButton
        if shifts or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._stage.camera.pan(moved.x(), moved.y())
        else:
            self._stage.camera.orbit(moved.x(), moved.y())
        self.refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pointer = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look from the front again."""
        self.frame(self._framing)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer or go away."""
        if self._stage is not None:
            self._stage.camera.zoom(event.angleDelta().y() / WHEEL_STEP)
            self._camera_moved = True
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays or pauses; F, H, B frame."""
        if event.key() == Qt.Key.Key_Space:
            self._actor.toggle_pause()
        elif event.key() in FRAMING_KEYS:
            self.frame(FRAMING_KEYS[event.key()])
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        seconds = self._clock.restart() / 1000
        window = self.window().windowHandle()
        if not self.isVisible() or (window is not None and not window.isExposed()):
            return
        self._actor.tick(seconds)
        if self._dirty or self._wants_more():
            self.update()
        elif self._timer.interval() != self._least_interval:
            self._timer.setInterval(self._least_interval)

    def _wants_more(self) -> bool:
        if self._stage is None or self._live is None:
            return False
        return self._live.unfinished or (not self._actor.paused and self._stage.needs_redraw)

    def _pace(self) -> None:
        # Setting it begins it anew: it counts from the frame's end, so what the frame took is off already.
        took = self._drawing.elapsed()
        rest = min(round(REST_SHARE * took), LONGEST_REST)
        self._timer.setInterval(max(self._least_interval - took, rest, 1))

    def _load(self, stage: Stage) -> None:
        if self._wanted is None:
            stage.unload()
        else:
            stage.load(*self._wanted, framing=self._framing)
        self._actor.enter(stage.player)

    def _dress(self) -> None:
        if self._stage is not None:
            palette = self._theme.palette
            self._stage.set_backdrop(Backdrop(_rgb(palette.stage_top), _rgb(palette.stage_bottom)))
        self.refresh()

    def _dispose(self) -> None:
        self._timer.stop()
        if self._stage is not None:
            self.makeCurrent()
            if self._live is not None:
                self._live.dispose()
            self._stage.dispose()
            self._stage = self._live = None
            self.doneCurrent()

    def _watch(self) -> AbstractContextManager[None]:
        return _Watch(self)


class _Watch(AbstractContextManager[None]):
    """Catches what Qt would swallow, tells it, and stops the clock: a broken stage breaks every frame."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None or error is None:
            return False
        self._canvas._timer.stop()
        sys.excepthook(kind, error, trace)
        self._canvas.failed.emit(error)
        return True


def surface_format(*, software: bool) -> QSurfaceFormat:
    """OpenGL 3.3 core; multisampled where there is a graphics card. A software renderer refines what stands still."""
    wanted = QSurfaceFormat()
    wanted.setVersion(3, 3)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    wanted.setDepthBufferSize(24)
    wanted.setSamples(0 if software else SAMPLES)
    return wanted


def _rgb(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
