"""The parts of publishing: how far a publish is, and the snippet at its end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout

from studio.model.budgets import megabytes
from studio.model.signals import Signal
from studio.remote.publishing import STAGES, Progress, Stage
from studio.ui.parts.buttons import button
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

TITLES: dict[Stage, str] = {
    "prepare": "Prepare the avatar",
    "upload": "Send files",
    "draft": "Save the draft",
    "index": "Index the documents",
    "release": "Make the release",
    "embed": "Prepare the snippet",
}


class StepList(QFrame):
    """The stages of a publish, each waiting, going on, done, or failed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._icons: dict[Stage, IconLabel] = {}
        self._words = {stage: ElidedLabel("", "caption") for stage in STAGES}
        self._bars = {stage: QProgressBar() for stage in STAGES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, SNUG, ROOM, SNUG)
        layout.setSpacing(SNUG)
        for stage in STAGES:
            layout.addLayout(self._line(theme, stage))
        self.reset()

    def _line(self, theme: Theme, stage: Stage) -> QHBoxLayout:
        icon = IconLabel(theme, "waiting", "faint", 16)
        self._icons[stage] = icon
        bar = self._bars[stage]
        bar.setRange(0, 1000)
        bar.setTextVisible(False)
        head = row([label(TITLES[stage])])
        self._words[stage].setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._words[stage], 1)
        line = QHBoxLayout()
        line.setSpacing(SNUG)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column([head, bar], spacing=TIGHT - 4), 1)
        return line

    def reset(self) -> None:
        """Before anything has begun."""
        for stage in STAGES:
            self._icons[stage].show_icon("waiting", "faint")
            self._words[stage].show_text("")
            self._bars[stage].setVisible(False)

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; the stages before are done."""
        place = STAGES.index(progress.stage)
        for stage in STAGES[:place]:
            self._show_done(stage)
        if progress.fraction >= 1:
            self._show_done(progress.stage)
        else:
            self._icons[progress.stage].show_icon("refresh", "accent_text")
            self._bars[progress.stage].setVisible(True)
            self._bars[progress.stage].setValue(round(progress.fraction * 1000))
        words = progress.sentence
        if 0 < progress.sent < progress.total:
            words = f"{words}, {megabytes(progress.sent)} of {megabytes(progress.total)}"
        self._words[progress.stage].show_text(words)

    def show_failed(self, stage: Stage) -> None:
        """Mark the stage that failed."""
        self._icons[stage].show_icon("error", "danger")
        self._bars[stage].setVisible(False)

    def _show_done(self, stage: Stage) -> None:
        self._icons[stage].show_icon("check", "fine")
        self._bars[stage].setVisible(False)


class SnippetCard(QFrame):
    """The line to paste into a page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.shown = Signal[[]]()
        self.setProperty("kind", "card")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "mono")
        self.text.setFixedHeight(84)
        self.text.setAccessibleName("Snippet")
        self._theme = theme
        self.copy = button(theme, "Copy snippet", self._copy, icon="copy")
        self.demo = button(theme, "Open test page", self.shown.emit, icon="external")
        hint = label("Paste this before </body> of any page on an allowed site.", tone="muted", wrap=True)
        acts = Flow(TIGHT)
        acts.addWidget(self.copy)
        acts.addWidget(self.demo)
        self.setLayout(column([hint, self.text, acts], spacing=SNUG, margin=ROOM))

    def show_snippet(self, snippet: str) -> None:
        """Show the snippet."""
        self.text.setPlainText(snippet)
        self.copy.setText("Copy snippet")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")
