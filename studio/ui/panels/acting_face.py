"""Shaping an emotion's face: a slider for every morph target that it moves, and the clip that goes with it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from shared.contract.acting import Emotion, EmotionFace
from studio.ui.bench import Bench
from studio.ui.panels.clip_gallery import ClipGallery, face_key
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.sliders import SliderRow
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import RADIUS, SNUG, TIGHT

PICTURE = QSize(56, 48)
FIRST_WEIGHT = 0.5
"""Of a shape that was just added: enough to be seen."""
ANY_CLIP = "Any clip of the role"
ADD_SHAPE = "Add a shape…"


class Shaper(Protocol):
    """Who is told what the designer asks for."""

    def choose_clip(self, clip: str | None) -> None:
        """Play this clip."""
        ...

    def shape(self, morph: str, weight: float | None) -> None:
        """Move this morph target so far; None not at all."""
        ...


class FacePicture(QAbstractButton):
    """An emotion's face in small; a click shows it on the avatar."""

    def __init__(self, theme: Theme, gallery: ClipGallery, emotion: Emotion, shown: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._gallery, self._emotion = theme, gallery, emotion
        self.setFixedSize(PICTURE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(f"Show {emotion} on the avatar")
        self.setAccessibleName(f"Show {emotion} on the avatar")
        self.clicked.connect(lambda _checked=False: shown())
        link(self, gallery.changed, lambda key: self.update() if key == face_key(emotion) else None)
        link(self, theme.changed, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the face, or an eye where there is none to see."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self._theme.colour("accent") if self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        picture = self._gallery.face(self._emotion)
        if picture is None:
            mark = self._theme.icons.pixmap("eye", self._theme.palette.muted, 16, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, mark)
        else:
            width = picture.height() * PICTURE.width() / PICTURE.height()
            part = QRectF((picture.width() - width) / 2, 0, width, picture.height())
            painter.drawPixmap(QRectF(self.rect().adjusted(1, 1, -1, -1)), picture, part)
        painter.end()


class FaceEditor(QWidget):
    """Lies below an emotion's row while that is open."""

    def __init__(self, bench: Bench, shaper: Shaper) -> None:
        super().__init__()
        self._bench, self._shaper = bench, shaper
        self._known = bench.document.facts.morph_targets
        self.sliders: dict[str, SliderRow] = {}
        self.clip = Combo(bench.theme)
        self.clip.setAccessibleName("Clip")
        self.clip.addItem(ANY_CLIP, None)
        for clip in sorted(bench.document.facts.clips, key=lambda one: one.name.lower()):
            self.clip.addItem(clip.name, clip.name)
        self.clip.activated.connect(lambda index: shaper.choose_clip(self.clip.itemData(index)))
        self.add = Combo(bench.theme)
        self.add.setAccessibleName(ADD_SHAPE)
        self.add.activated.connect(self._add)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(TIGHT)
        layout = column([row([label("Clip", tone="muted"), self.clip], spacing=SNUG), self._lines, self.add])
        layout.setContentsMargins(SNUG, TIGHT, SNUG, SNUG)
        self.setLayout(layout)

    def show_face(self, face: EmotionFace) -> None:
        """Show a face; sliders that are there already stay, so that a drag goes on."""
        self.clip.setCurrentIndex(max(self.clip.findData(face.clip), 0))
        if list(self.sliders) != list(face.morphs):
            self._make_sliders(face)
        for name, weight in face.morphs.items():
            self.sliders[name].show_value(weight)

    def _make_sliders(self, face: EmotionFace) -> None:
        clear(self._lines)
        self.sliders = {name: self._slider(name) for name in face.morphs}
        for made in self.sliders.values():
            self._lines.addWidget(made)
        self.add.clear()
        self.add.addItem(ADD_SHAPE, None)
        for name in self._known:
            if name not in face.morphs:
                self.add.addItem(name, name)
        self.add.setVisible(self.add.count() > 1)

    def _slider(self, name: str) -> SliderRow:
        made = SliderRow(name, (0.0, 1.0), lambda weight: f"{weight:.0%}", tip=name)
        made.moved.connect(partial(self._shaper.shape, name))
        made.settled.connect(self._bench.document.settle)
        taken = IconButton(self._bench.theme, "close", f"Take {name} out", partial(self._take_out, name), size=12)
        made.line.addWidget(taken)
        return made

    def _add(self, index: int) -> None:
        name = self.add.itemData(index)
        if isinstance(name, str):
            self._shaper.shape(name, FIRST_WEIGHT)
            self._bench.document.settle()

    def _take_out(self, name: str) -> None:
        self._shaper.shape(name, None)
        self._bench.document.settle()
