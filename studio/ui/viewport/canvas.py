"""The OpenGL widget: owns the stage, draws when something has changed, turns the camera with the pointer."""

import sys
import time
from contextlib import AbstractContextManager
from types import TracebackType

from PIL import Image
from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QOffscreenSurface, QOpenGLContext, QSurfaceFormat, QWheelEvent
from PySide6.QtOpenGLWidgets import QOpenGLWidget

from shared.contract.acting import ActingMap
from shared.glb import Glb
from studio.model.preferences import ViewportChoices
from studio.model.signals import Signal
from studio.render.framing import Framing
from studio.render.live import LiveView, Smoothing
from studio.render.overlays import Overlays
from studio.render.posters import draw_poster
from studio.render.stage import Backdrop, Stage
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.viewport.actor import LONGEST_STEP_SECONDS, Actor
from studio.ui.viewport.arrivals import Arrival
from studio.ui.viewport.figures import Readings, Rhythm
from studio.ui.viewport.tools import TOOL_KEYS

SOFTWARE_INTERVAL, HARDWARE_INTERVAL = 33, 16
"""Milliseconds between frames: 30 and 60 a second."""
LONGEST_REST = 60
"""Milliseconds."""
REST_SHARE = 0.25
"""Of what a frame took: rest until the next, for typing and for answers."""
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
        self.framed = Signal[[Framing]]()
        self.key_pressed = Signal[[int]]()
        """A key that means nothing to the canvas itself."""
        self.arriving_changed = Signal[[bool]]()
        self.software = draws_in_software() if software is None else software
        self._theme, self._actor = theme, actor
        self._stage: Stage | None = None
        self._live: LiveView | None = None
        self._wanted: tuple[Glb, ActingMap] | None = None
        self._arrival: Arrival | None = None
        self._choices = ViewportChoices()
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
        self._painted = False
        self._rhythm = Rhythm()
        self._least_interval = self._timer.interval()
        self._drawing = QElapsedTimer()
        self.frameSwapped.connect(self._pace)
        link(self, theme.changed, self._dress)
        link(self, actor.paused_changed, lambda _paused: self.refresh())

    @property
    def finished(self) -> bool:
        """Whether what stands still is drawn as finely as can be."""
        return not self._dirty and not self.arriving and not self._wants_more()

    @property
    def arriving(self) -> bool:
        """Whether an avatar is on its way to the stage."""
        return self._arrival is not None

    @property
    def readings(self) -> Readings:
        """What the last frames took."""
        if self._stage is None or self._live is None:
            return Readings(0, 0, 0, 0, 0, 0)
        took = self._stage.statistics
        rate = self._rhythm.frames_per_second(time.perf_counter())
        bytes_held = took.gpu_bytes + self._live.bytes
        return Readings(rate, self._live.frame_seconds * 1000, took.triangles, took.draw_calls, took.joints, bytes_held)

    def show_avatar(self, glb: Glb | None, acting: ActingMap, *, keep: bool = False) -> None:
        """Show an avatar as soon as it is ready, or nobody; `keep` leaves the one before on the stage until then."""
        self._wanted = (glb, acting) if glb is not None else None
        if self._stage is not None:
            with self._watch():
                self.makeCurrent()
                self._expect(self._stage, keep=keep)
                self.doneCurrent()
        self.refresh()

    def follow(self, acting: ActingMap) -> None:
        """Play by another acting map from now on."""
        if self._wanted is not None:
            self._wanted = (self._wanted[0], acting)
        self._actor.take_map(acting)

    def choose(self, choices: ViewportChoices) -> None:
        """Show what is chosen beside the avatar, and smooth edges as chosen."""
        before, self._choices = self._choices, choices
        if self._stage is not None and self._live is not None:
            self._stage.show_overlays(Overlays(choices.grid, choices.skeleton, choices.wireframe))
            self._stage.show_tone(choices.tone)
            if before.smoothing != choices.smoothing:
                with self._watch():
                    self.makeCurrent()
                    self._live.smooth_by(self._smoothing())
                    self.doneCurrent()
        if choices.framing != self._framing:
            self.frame(choices.framing)
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
            self._live = LiveView(self._stage, smoothing=self._smoothing())
            self._stage.resize(self.width(), self.height(), self.devicePixelRatioF())
            self._expect(self._stage, keep=False)
            self.choose(self._choices)
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
                self._painted = True
                self._rhythm.beat(time.perf_counter())
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
        """Space plays or pauses; F, H, B frame; R looks from the front again."""
        if event.key() == Qt.Key.Key_Space:
            self._actor.toggle_pause()
        elif event.key() in FRAMING_KEYS:
            self.frame(FRAMING_KEYS[event.key()])
        elif event.key() == Qt.Key.Key_R:
            self.frame(self._framing)
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in TOOL_KEYS:
            self.key_pressed.emit(event.key())
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        seconds = self._clock.restart() / 1000
        if self._arrival is not None:
            self._bring(self._arrival)
        window = self.window().windowHandle()
        if not self.isVisible() or (window is not None and not window.isExposed()):
            return
        self._actor.tick(seconds)
        if self._choices.turntable and self._stage is not None and self._pointer is None:
            self._stage.camera.spin(min(seconds, LONGEST_STEP_SECONDS))
            self._camera_moved = self._dirty = True
        if self._dirty or self._wants_more():
            self.update()
        elif self._timer.interval() != self._least_interval:
            self._timer.setInterval(self._least_interval)

    def _wants_more(self) -> bool:
        if self._stage is None or self._live is None:
            return False
        return self._live.unfinished or (not self._actor.paused and self._stage.needs_redraw)

    def _pace(self) -> None:
        # Told for every frame of the window, also when something else in it was drawn: setting the interval each time
        # would begin it anew for ever.
        if not self._painted:
            return
        self._painted = False
        # Setting it begins it anew: it counts from the frame's end, so what the frame took is off already.
        took = self._drawing.elapsed()
        rest = min(round(REST_SHARE * took), LONGEST_REST)
        self._timer.setInterval(max(self._least_interval - took, rest, 1))

    def _expect(self, stage: Stage, *, keep: bool) -> None:
        if self._arrival is not None:
            self._arrival.end()
        self._arrival = None if self._wanted is None else Arrival(*self._wanted)
        if not keep or self._wanted is None:
            stage.unload()
            self._actor.enter(None)
        self.arriving_changed.emit(self.arriving)

    def _bring(self, arrival: Arrival) -> None:
        stage, wanted = self._stage, self._wanted
        if arrival.failure is not None:
            # Told, and no more: the stage itself is sound, and another avatar may come.
            self._end_arrival()
            self.failed.emit(arrival.failure)
        elif stage is not None and wanted is not None:
            with self._watch():
                self.makeCurrent()
                if arrival.step(stage, self._framing):
                    self._actor.enter(stage.player)
                    self._actor.take_map(wanted[1])
                    self._end_arrival()
                self.doneCurrent()

    def _end_arrival(self) -> None:
        self._arrival = None
        self.refresh()
        self.arriving_changed.emit(False)

    def _smoothing(self) -> Smoothing:
        chosen = self._choices.smoothing
        if chosen == "auto":
            return "edges" if self.software else "multisample"
        return chosen

    def _dress(self) -> None:
        if self._stage is not None:
            palette = self._theme.palette
            self._stage.set_backdrop(Backdrop(_rgb(palette.stage_top), _rgb(palette.stage_bottom)))
        self.refresh()

    def _dispose(self) -> None:
        self._timer.stop()
        if self._stage is not None:
            self.makeCurrent()
            if self._arrival is not None:
                self._arrival.end()
            if self._live is not None:
                self._live.dispose()
            self._stage.dispose()
            self._stage = self._live = self._arrival = None
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
    """OpenGL 3.3 core with one sample a pixel: edges are smoothed before a picture comes to the window."""
    wanted = QSurfaceFormat()
    wanted.setVersion(3, 3)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    wanted.setDepthBufferSize(24)
    wanted.setSamples(0)
    # Without a graphics card a frame takes its time, and none of it may be spent on waiting for the screen.
    wanted.setSwapInterval(0 if software else 1)
    return wanted


def _rgb(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
