"""Words that come by themselves: empty states that teach, notices in a panel, toasts over the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label
from studio.ui.problems import ProblemText
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT

TOAST_MILLISECONDS = 7000
TONE_ICONS = {"accent": "note", "warning": "warning", "danger": "error", "fine": "check"}
TONE_TOKENS = {"accent": "accent_text", "warning": "warning", "danger": "danger", "fine": "fine"}


class IconLabel(QLabel):
    """An icon that follows the theme."""

    def __init__(self, theme: Theme, icon: str, token: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._theme, self._icon, self._token, self._size = theme, icon, token, size
        self.setFixedSize(size, size)
        link(self, theme.changed, self._dress)
        self._dress()

    def show_icon(self, icon: str, token: str) -> None:
        """Be another icon, or another colour."""
        self._icon, self._token = icon, token
        self._dress()

    def _dress(self) -> None:
        colour = getattr(self._theme.palette, self._token)
        self.setPixmap(self._theme.icons.pixmap(self._icon, colour, self._size, self.devicePixelRatioF()))


class EmptyState(QWidget):
    """What a panel shows before there is anything: what will be here, and how to begin."""

    def __init__(self, theme: Theme, icon: str, title: str, text: str, action: QPushButton | None = None) -> None:
        super().__init__()
        picture = IconLabel(theme, icon, "faint", 36)
        words = label(text, tone="muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM * 2, ROOM, ROOM * 2)
        layout.setSpacing(TIGHT)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(HAIR)
        layout.addWidget(label(title, "strong"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        if action is not None:
            layout.addSpacing(TIGHT)
            layout.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)


class Notice(QFrame):
    """One sentence in a tinted box, hidden while there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._icon = IconLabel(theme, "note", "accent_text", 16)
        self._words = label(wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, 10, SNUG, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, sentence: str, tone: str = "accent") -> None:
        """Show a sentence; an empty one hides the notice."""
        self._words.setText(sentence)
        self._icon.show_icon(TONE_ICONS[tone], TONE_TOKENS[tone])
        restyle(self, "tone", tone)
        self.setVisible(bool(sentence))


class Toast(QFrame):
    """A message over the window that goes by itself."""

    def __init__(self, theme: Theme, title: str, sentence: str, tone: str, closed: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "toast")
        self.setFixedWidth(400)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        words = column([label(title, "strong"), *([label(sentence, tone="muted", wrap=True)] if sentence else [])])
        words.setSpacing(2)
        layout = row([], spacing=SNUG, margin=SNUG)
        layout.addWidget(IconLabel(theme, TONE_ICONS[tone], TONE_TOKENS[tone], 20), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        close = IconButton(theme, "close", "Dismiss", closed, size=14)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)


class Toasts(QObject):
    """Stacks toasts in the lower left corner of a host widget, two at most."""

    MAXIMUM = 2

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._shown: list[Toast] = []
        host.installEventFilter(self)

    def tell(self, title: str, sentence: str = "", tone: str = "fine") -> None:
        """Show a message."""
        toast = Toast(self._theme, title, sentence, tone, lambda: self._close(toast))
        toast.setParent(self._host)
        self._shown.append(toast)
        for old in self._shown[: -self.MAXIMUM]:
            self._close(old)
        toast.show()
        self._place()
        if tone != "danger":
            QTimer.singleShot(TOAST_MILLISECONDS, toast, lambda: self._close(toast))

    def problem(self, problem: ProblemText) -> None:
        """Show a problem; it stays until it is dismissed."""
        self.tell(problem.title, problem.sentence, "danger")

    def clear(self) -> None:
        """Take all away: they were about something else."""
        for toast in tuple(self._shown):
            self._close(toast)

    @property
    def texts(self) -> list[str]:
        """All words on screen, oldest first."""
        return [found.text() for toast in self._shown for found in toast.findChildren(QLabel) if found.text()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toasts in their corner when the host changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _close(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._host.height() - 72
        for toast in reversed(self._shown):
            toast.adjustSize()
            # Labels that wrap know their height only for a given width.
            height = max(toast.heightForWidth(toast.width()), toast.sizeHint().height())
            toast.resize(toast.width(), height)
            toast.move(104, bottom - height)
            toast.raise_()
            bottom -= height + TIGHT
