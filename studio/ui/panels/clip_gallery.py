"""What is known of an avatar's clips beyond the numbers: a picture of each, of each emotion's face, and motion curves.

Pictures are drawn beside the window, in a thread of their own, and kept in the project's cache.
"""

import asyncio
import io
from collections.abc import Callable, Iterable
from threading import Event

from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from shared.acting.resolving import resolve
from shared.contract.acting import EMOTIONS, ActingMap, Emotion
from shared.contract.avatar import ClipFacts
from shared.contract.chatbot import ChatbotDraft
from shared.errors import Unavailable
from shared.glb import Glb, MotionCurve, Sampler, find_body, geometry, motion_curve
from studio.files.pictures import PictureCache
from studio.model.signals import Signal
from studio.render.thumbnails import Shot, draw_shots, telling_seconds
from studio.ui.bench import Bench
from studio.ui.parts.clip_card import PICTURE_SIZE
from studio.ui.parts.links import link
from studio.ui.viewport.canvas import Canvas

FACE_PAUSE_SECONDS = 0.35
"""After a change of a face, before it is drawn again: its slider may still be moving."""
LOOKS = "3"
"""Goes up when pictures are to look otherwise."""
Drawn = tuple[str, QImage]
Tell = Callable[[Drawn], object]


class ClipGallery(QObject):
    """One avatar's. Nothing is drawn before `open`."""

    def __init__(self, bench: Bench, glb: Glb, owner: QObject) -> None:
        super().__init__(owner)
        self.changed = Signal[[str]]()
        """A picture has come: a clip's name, or `face:` and an emotion."""
        self.sampler = Sampler(glb)
        self.node_names = glb.node_names
        self.body = find_body(glb, geometry(glb))
        self._bench, self._glb = bench, glb
        self._ratio = max(round(bench.canvas.devicePixelRatioF()), 1)
        avatar = bench.draft.avatar
        self._cache = PictureCache(bench.opened.project, avatar.glb.sha256 if avatar else "")
        self._pictures: dict[str, QPixmap] = {}
        self._curves: dict[str, MotionCurve] = {}
        self._faces: dict[Emotion, str] = {}
        """Which face each picture shows."""
        self._tasks: list[asyncio.Task[None]] = []
        """Drawing the clips, then drawing the faces."""
        link(self, bench.document.draft_changed, self._follow)
        # Not a method of ours: by then there is no object to call it on.
        tasks = self._tasks
        self.destroyed.connect(lambda: [task.cancel() for task in tasks])

    def open(self) -> None:
        """Draw what is not drawn yet."""
        if not self._tasks:
            facts, acting = self._bench.document.facts.clips, self._bench.draft.acting
            self._tasks.append(self._bench.tasks.spawn("Drawing the clips", self._draw(self._shots(facts, acting))))
            self._follow(self._bench.draft)

    def picture(self, clip: str) -> QPixmap | None:
        """A clip at its most telling moment; None while it is not drawn."""
        return self._pictures.get(clip)

    def face(self, emotion: Emotion) -> QPixmap | None:
        """An emotion's face; None while it is not drawn, and where the avatar has no face to move."""
        return self._pictures.get(face_key(emotion))

    def curve(self, clip: str) -> MotionCurve | None:
        """How fast hands and head are throughout a clip; None when there is no such clip."""
        if clip not in self._curves and clip in self._glb.clip_names:
            self._curves[clip] = motion_curve(self.sampler, self.body, self._glb.clip_names.index(clip))
        return self._curves.get(clip)

    def _shots(self, facts: Iterable[ClipFacts], acting: ActingMap) -> list[Shot]:
        usual = self.sampler.pose(self._idle(acting), 0.0)
        played = {entry.clip for entries in acting.roles.values() for entry in entries}
        hidden = {clip for clip, settings in acting.clips.items() if settings.hidden}
        order = sorted(facts, key=lambda one: (one.name in hidden, one.name not in played))
        shots = []
        for one in order:
            window = (one.active_start, one.active_end)
            shots.append(Shot(one.name, one.name, telling_seconds(self.sampler, one.name, window, usual)))
        return shots

    def _idle(self, acting: ActingMap) -> str | None:
        return next((choice.clip for choice in resolve("idle", acting) if choice.clip in self._glb.clip_names), None)

    def _follow(self, draft: ChatbotDraft) -> None:
        drawing = any(not task.done() for task in self._tasks[1:])
        if self._tasks and not drawing and self._stale_faces(draft.acting):
            self._tasks[1:] = [self._bench.tasks.spawn("Drawing the faces", self._draw_faces())]

    def _stale_faces(self, acting: ActingMap) -> list[tuple[Emotion, str]]:
        if not self._bench.document.facts.morph_targets:
            return []
        faces = {emotion: _face_words(acting, emotion) for emotion in EMOTIONS}
        return [(emotion, face) for emotion, face in faces.items() if self._faces.get(emotion) != face]

    async def _draw_faces(self) -> None:
        # One picture at a time: two contexts would only take turns on the same cores.
        await asyncio.wait(self._tasks[:1])
        while self._stale_faces(self._bench.draft.acting):
            await asyncio.sleep(FACE_PAUSE_SECONDS)
            acting = self._bench.draft.acting
            stale, idle = self._stale_faces(acting), self._idle(acting)
            await self._draw([Shot(face_key(one), idle, 0.0, _morphs(acting, one), portrait=True) for one, _ in stale])
            self._faces.update(stale)

    async def _draw(self, shots: list[Shot]) -> None:
        loop, left = asyncio.get_running_loop(), Event()
        await _arrived(self._bench.canvas)
        report, done = self._bench.tasks.reporter(), 0

        def take(drawn: Drawn) -> None:
            nonlocal done
            # Between a thread's word and its hearing, the project may have been closed.
            if not left.is_set():
                done += 1
                report(done / len(shots), f"{done} of {len(shots)}")
                self._take(drawn)

        drawing = _Drawing(self._cache, self._ratio, self._bench.draft.acting, left)
        try:
            await asyncio.to_thread(drawing.run, self._glb, shots, lambda one: loop.call_soon_threadsafe(take, one))
        finally:
            left.set()

    def _take(self, drawn: Drawn) -> None:
        key, image = drawn
        image.setDevicePixelRatio(self._ratio)
        self._pictures[key] = QPixmap.fromImage(image)
        self.changed.emit(key)


class _Drawing:
    """One round of drawing, in its thread: what lies in the cache first, then the rest."""

    def __init__(self, cache: PictureCache, ratio: int, acting: ActingMap, left: Event) -> None:
        self._cache, self._acting, self._left = cache, acting, left
        self._size = (PICTURE_SIZE[0] * ratio, PICTURE_SIZE[1] * ratio)

    def run(self, glb: Glb, shots: Iterable[Shot], tell: Tell) -> None:
        """Draw until all is there, or nobody looks any more."""
        missing = [shot for shot in shots if not self._kept(shot, tell)]
        self._cache.prune()

        def take(shot: Shot, image: Image.Image) -> bool:
            self._cache.keep(self._key(shot), _png(image))
            tell((shot.key, _qimage(image)))
            return not self._left.is_set()

        if missing and not self._left.is_set():
            try:
                draw_shots(glb, missing, self._size, self._acting, take)
            except Unavailable:
                # A machine that draws only in windows: the cards show their curves.
                return

    def _kept(self, shot: Shot, tell: Tell) -> bool:
        content = self._cache.get(self._key(shot))
        image = QImage()
        if content is None or not image.loadFromData(content):
            return False
        tell((shot.key, image))
        return True

    def _key(self, shot: Shot) -> str:
        words = (LOOKS, *self._size, self._acting.front, shot.clip, round(shot.seconds, 3), shot.portrait)
        return repr((words, sorted(shot.morphs.items())))


async def _arrived(canvas: Canvas) -> None:
    """Wait for the avatar to be on stage: until then the machine has its hands full."""
    came = asyncio.Event()
    disconnect = canvas.arriving_changed.connect(lambda arriving: None if arriving else came.set())
    try:
        if canvas.arriving:
            await came.wait()
    finally:
        disconnect()


def face_key(emotion: Emotion) -> str:
    """What the picture of an emotion's face goes by."""
    return f"face:{emotion}"


def _morphs(acting: ActingMap, emotion: Emotion) -> dict[str, float]:
    face = acting.emotions.get(emotion)
    return dict(face.morphs) if face else {}


def _face_words(acting: ActingMap, emotion: Emotion) -> str:
    return repr(sorted(_morphs(acting, emotion).items()))


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _qimage(image: Image.Image) -> QImage:
    content = image.tobytes()
    # A copy: Qt would go on looking at bytes that Python has thrown away.
    return QImage(content, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888).copy()
