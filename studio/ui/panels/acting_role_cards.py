"""A clip in a role, as a card: its picture, how it came there, how often it is chosen, for which mood."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QDrag, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QMenu, QSlider, QToolButton

from shared.contract.acting import EMOTIONS, Emotion, Role, RoleClip
from studio.model.acting_edits import LEAST_WEIGHT, MOODED_ROLES, MOST_WEIGHT
from studio.model.checklist import SURE_ENOUGH, role_title
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.clip_list import CLIP_MIME
from studio.ui.parts.clip_shelf import HOVER_MILLISECONDS
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, RADIUS_SMALL, TIGHT

ROLE_MIME = "application/x-troupe-role"
"""Rides along when a clip is dragged out of a role."""
SOURCES = {"name": "by name", "motion": "by motion"}
YOURS = "Your choice"
THUMB = QSize(54, 42)
SHOWN_SHARE, ABOVE_HEAD = 0.72, 0.04
"""Of a picture's width, and of its height."""
WEIGHT_STEPS = 10
"""Of the slider, in one."""
ANY_MOOD = "any mood"


@dataclass(frozen=True)
class RoleActs:
    """What cards and rows ask for; the board does it."""

    play: Callable[[str], object]
    hover: Callable[[str | None], object]
    open: Callable[[str], object]
    give: Callable[[Role, str], object]
    remove: Callable[[Role, str], object]
    place: Callable[[Role, str, Role, int], object]
    """Role that it leaves, clip, role that it comes to, place in that."""
    weigh: Callable[[Role, str, float], object]
    settle: Callable[[], object]
    feel: Callable[[Role, str, Emotion | None], object]
    accept: Callable[[Role, str], object]
    dragged: Callable[[], object]
    """Something is dragged over a row."""


def closer(picture: QPixmap, size: QSize) -> QRectF:
    """The part of a clip's picture that is shown in little room, in its own pixels: the figure, from its head down."""
    width = picture.width() * SHOWN_SHARE
    height = width * size.height() / size.width()
    return QRectF((picture.width() - width) / 2, picture.height() * ABOVE_HEAD, width, height)


class Thumb(QAbstractButton):
    """A clip's picture: rest on it to see it move, click to keep it moving."""

    def __init__(self, theme: Theme, gallery: ClipGallery, clip: str, acts: RoleActs) -> None:
        super().__init__()
        self._theme, self._gallery, self._clip, self._acts = theme, gallery, clip, acts
        self.setFixedSize(THUMB)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Rest here to see it, click to play it")
        self.setAccessibleName(f"Play {clip}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda _checked=False: acts.play(clip))
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MILLISECONDS)
        self._rest.timeout.connect(lambda: acts.hover(clip))
        link(self, gallery.changed, lambda key: self.update() if key == clip else None)
        link(self, theme.changed, self.update)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait whether the pointer stays."""
        self._rest.start()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Look away."""
        self._rest.stop()
        self._acts.hover(None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and a mark that says what a click does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(self.rect(), RADIUS_SMALL, RADIUS_SMALL)
        picture = self._gallery.picture(self._clip)
        if picture is not None and not self.underMouse():
            painter.drawPixmap(QRectF(self.rect()), picture, closer(picture, THUMB))
        else:
            mark = self._theme.icons.pixmap("play", self._theme.palette.accent_text, 16, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, mark)
        painter.end()


class RoleCard(QFrame):
    """One clip in one role. Keys: Space plays, Enter opens, Delete takes out, Alt with Up and Down reorders."""

    def __init__(self, theme: Theme, gallery: ClipGallery, role: Role, entry: RoleClip, acts: RoleActs) -> None:
        super().__init__()
        self.role: Role = role
        self.clip = entry.clip
        self.place = 0
        self._acts, self._pressed = acts, QPoint()
        self.setProperty("kind", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{entry.clip} as {role_title(role)}")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._thumb = Thumb(theme, gallery, entry.clip, acts)
        self._name = ElidedLabel(entry.clip, "body")
        self._origin = ElidedLabel("", "caption")
        self.mood = self._mood_button()
        self.accept = QToolButton()
        self.accept.setText("Accept")
        self.accept.setProperty("kind", "accept")
        self.accept.setCursor(Qt.CursorShape.PointingHandCursor)
        self.accept.setToolTip("It is right: from now on it is your choice")
        self.accept.clicked.connect(lambda _checked=False: acts.accept(role, self.clip))
        self.weight = self._weight_slider()
        self._share = label("", "caption")
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        opened = IconButton(theme, "sliders-horizontal", f"How {self.clip} is played", self._open, size=14)
        closed = IconButton(theme, "close", f"Take {self.clip} out of {role_title(self.role)}", self._remove, size=12)
        self._share.setFixedWidth(32)
        second = row([], spacing=HAIR)
        second.addWidget(self._origin, 1)
        second.addWidget(self.accept)
        second.addWidget(self.mood)
        words = column([self._name, second], spacing=0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(HAIR, HAIR, HAIR, HAIR)
        layout.setSpacing(TIGHT)
        layout.addWidget(self._thumb)
        layout.addLayout(words, 1)
        layout.addWidget(self.weight)
        layout.addWidget(self._share)
        for small in (opened, closed):
            small.setFixedSize(24, 28)
        layout.addLayout(row([opened, closed], spacing=0))

    def _mood_button(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "mood")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setToolTip("The mood that this loop is for: it plays when the character feels so")
        menu = QMenu(made)
        for emotion in (None, *(one for one in EMOTIONS if one != "neutral")):
            text = role_title(emotion) if emotion else "Any mood"
            menu.addAction(text).triggered.connect(partial(self._feel, emotion))
        made.setMenu(menu)
        if self.role not in MOODED_ROLES:
            made.hide()
        return made

    def _weight_slider(self) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(round(LEAST_WEIGHT * WEIGHT_STEPS), round(MOST_WEIGHT * WEIGHT_STEPS))
        made.setFixedWidth(46)
        made.setAccessibleName(f"How often {self.clip} is chosen")
        made.valueChanged.connect(self._weigh)
        made.sliderReleased.connect(self._acts.settle)
        return made

    def show_entry(self, entry: RoleClip, share: float, *, alone: bool) -> None:
        """Show what the map says of it."""
        unsure = entry.confidence < SURE_ENOUGH
        sure = f"{round(entry.confidence * 100)} % {SOURCES.get(entry.source, '')}"
        self._origin.setAccessibleDescription(f"How sure the studio is: {sure}")
        self._origin.show_text(YOURS if entry.source == "designer" else sure)
        restyle(self._origin, "tone", "warning" if unsure else "muted")
        self.accept.setVisible(unsure)
        self.mood.setText(f"{role_title(entry.emotion).lower() if entry.emotion else ANY_MOOD}")
        restyle(self.mood, "on", entry.emotion is not None)
        self.weight.blockSignals(True)
        self.weight.setValue(round(entry.weight * WEIGHT_STEPS))
        self.weight.blockSignals(False)
        self.weight.setToolTip(f"Weight {entry.weight:g}: chosen {round(share * 100)} times in a hundred")
        self._share.setText(f"{round(share * 100)} %")
        self.weight.setVisible(not alone)
        self._share.setVisible(not alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Space:
            self._acts.play(self.clip)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._remove()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            # Past the next one: a place counts the clips as they stand, this one among them.
            step = -1 if event.key() == Qt.Key.Key_Up else 2
            self._acts.place(self.role, self.clip, self.role, max(self.place + step, 0))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the beginning of a drag."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the clip to another place or role."""
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            self._acts.hover(None)
            drag = QDrag(self)
            drag.setMimeData(self.carried())
            drag.setPixmap(self.grab())
            drag.setHotSpot(self._pressed)
            drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See how it is played."""
        self._open()

    def carried(self) -> QMimeData:
        """What a drag takes along."""
        made = QMimeData()
        made.setData(CLIP_MIME, self.clip.encode())
        made.setData(ROLE_MIME, self.role.encode())
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Play").triggered.connect(lambda: self._acts.play(self.clip))
        menu.addAction("How it is played…").triggered.connect(self._open)
        menu.addSeparator()
        for text, place in (("Move up", self.place - 1), ("Move down", self.place + 2)):
            act = partial(self._acts.place, self.role, self.clip, self.role, max(place, 0))
            menu.addAction(text).triggered.connect(lambda _checked=False, act=act: act())
        menu.addSeparator()
        menu.addAction(f"Take out of {role_title(self.role).lower()}").triggered.connect(self._remove)
        menu.popup(event.globalPos())

    def _open(self) -> None:
        self._acts.open(self.clip)

    def _remove(self) -> None:
        self._acts.remove(self.role, self.clip)

    def _feel(self, emotion: Emotion | None, _checked: bool = False) -> None:
        self._acts.feel(self.role, self.clip, emotion)

    def _weigh(self, step: int) -> None:
        self._acts.weigh(self.role, self.clip, step / WEIGHT_STEPS)
