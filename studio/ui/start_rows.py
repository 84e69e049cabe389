"""The start page's rows: recent projects with their pictures, and the demo characters."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from shared.demos import card_path
from studio.files.project import DRAFT_FILE, Project
from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import column
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import RADIUS, SNUG, TIGHT

PICTURE = 44
THUMBNAIL_FILE = "thumbnail.png"


class Picture(QLabel):
    """A picture with round corners, filled from its middle."""

    def __init__(self, pixmap: QPixmap, size: QSize) -> None:
        super().__init__()
        self.setFixedSize(size)
        self._pixmap = pixmap.scaled(
            size * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the middle of the picture."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(shape)
        spare = self._pixmap.size() - self.size() * 2
        source = QRectF(spare.width() / 2, spare.height() / 2, self.width() * 2, self.height() * 2)
        painter.drawPixmap(QRectF(self.rect()), self._pixmap, source)
        painter.end()


class PressedCard(QFrame):
    """A card that is pressed as a whole: by the mouse, by Enter, by Space."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.pressed = Signal[[]]()
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell, unless the pointer was moved away first."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter and Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()


class RecentRow(PressedCard):
    """One recent project."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__(f"Open {folder.name}")
        self.chosen = Signal[[Path]]()
        self.removed = Signal[[Path]]()
        self.pressed.connect(lambda: self.chosen.emit(folder))
        there = (folder / DRAFT_FILE).is_file()
        words = column([ElidedLabel(folder.name, "strong"), ElidedLabel(_place(folder, there), "caption")], spacing=1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, 10, TIGHT, 10)
        layout.setSpacing(SNUG)
        layout.addWidget(_picture(theme, folder, there))
        layout.addLayout(words, 1)
        forget = IconButton(theme, "close", "Remove from this list", lambda: self.removed.emit(folder), size=14)
        layout.addWidget(forget)


def _picture(theme: Theme, folder: Path, there: bool) -> QWidget:
    kept = QPixmap(str(Project(folder).cache / THUMBNAIL_FILE)) if there else QPixmap()
    if kept.isNull():
        return IconLabel(theme, "folder", "accent_text" if there else "faint", 22)
    return Picture(kept, QSize(PICTURE, PICTURE))


def _place(folder: Path, there: bool) -> str:
    if not there:
        return f"{folder.parent} · not there any more"
    changed = datetime.fromtimestamp((folder / DRAFT_FILE).stat().st_mtime).astimezone()
    return f"{changed:%d %b %Y, %H:%M} · {folder.parent}"


def keep_thumbnail(project: Project, picture: QPixmap) -> None:
    """Keep the middle of `picture` as the project's small picture; a disk that refuses costs a picture, not work."""
    side = min(picture.width(), picture.height())
    middle = picture.copy((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    small = middle.scaledToWidth(2 * PICTURE, Qt.TransformationMode.SmoothTransformation)
    small.save(str(project.cache / THUMBNAIL_FILE))


class DemoCard(PressedCard):
    """A demo character to begin with."""

    def __init__(self, theme: Theme, slug: str, words: str) -> None:
        super().__init__(f"Open the demo character {slug.capitalize()}")
        self.chosen = Signal[[str]]()
        self.pressed.connect(lambda: self.chosen.emit(slug))
        self.setObjectName(f"demo-{slug}")
        text = column([label(slug.capitalize(), "strong"), label(words, "caption", wrap=True)], spacing=1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 10, SNUG, 10)
        layout.setSpacing(SNUG)
        layout.addWidget(Picture(QPixmap(str(card_path(slug))), QSize(76, 56)))
        layout.addLayout(text, 1)
        layout.addWidget(IconLabel(theme, "right", "faint", 16))
