"""What a conversation is made of: bubbles, citations, and what the turn did, for the designer's eye."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from shared.contract.turn import TurnCitation, TurnCue, TurnFinished
from studio.model.checklist import role_title
from studio.ui.bench import Bench
from studio.ui.parts.flow import Flow
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, SNUG, VAST

OUTCOMES = {
    "answered": ("answered", "fine"),
    "nothing_found": ("declined: nothing found", "warning"),
    "small_talk": ("small talk", "muted"),
    "cancelled": ("stopped", "muted"),
}


class Bubble(QFrame):
    """A message's words in a box."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.words = label(text, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, 9, SNUG, 9)
        layout.addWidget(self.words)

    def hug(self) -> None:
        """Be no wider than the words, which stay as they are."""
        longest = max(self.words.text().split("\n"), key=len)
        self.setMaximumWidth(self.words.fontMetrics().horizontalAdvance(longest) + 2 * SNUG + 6)


class VisitorMessage(QWidget):
    """What the designer asked, as a visitor would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(VAST, 0, 0, 0)
        bubble = Bubble(text, "said")
        layout.addStretch(1)
        layout.addWidget(bubble, 100)
        bubble.hug()


class ChatbotMessage(QWidget):
    """An answer: its text as it comes out, its sources, its cues, and how the turn went."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.bubble = Bubble("…", "answer")
        self._citations = Flow(HAIR)
        self._passage = label("", "caption", wrap=True)
        self._passage.hide()
        self._cues = Flow(HAIR)
        self._notes = label("", "caption", wrap=True)
        self._notes.hide()
        self._open: int | None = None
        self.sources: list[str] = []
        self.acted: list[TurnCue] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, VAST, 0)
        layout.setSpacing(HAIR + 2)
        layout.addWidget(self.bubble)
        for part in (self._citations, self._cues):
            layout.addLayout(part)
        layout.addWidget(self._passage)
        layout.addWidget(self._notes)

    @property
    def text(self) -> QLabel:
        """The label that shows the answer."""
        return self.bubble.words

    def show_text(self, text: str) -> None:
        """Show as much of the answer as is out."""
        self.text.setText(text or "…")
        self.bubble.hug()

    def add_citation(self, citation: TurnCitation) -> None:
        """Offer a source; a click unfolds its passage."""
        made = QToolButton()
        page = f", p. {citation.page}" if citation.page else ""
        made.setText(f"{citation.number}  {citation.title}{page}")
        made.setProperty("kind", "source")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setToolTip("Show the passage")
        made.clicked.connect(lambda _checked=False: self._unfold(citation))
        self._citations.addWidget(made)
        self.sources.append(made.text())

    def _unfold(self, citation: TurnCitation) -> None:
        folded = self._open == citation.number
        self._open = None if folded else citation.number
        self._passage.setText(citation.text)
        self._passage.setVisible(not folded)

    def add_cue(self, cue: TurnCue) -> None:
        """Note a cue that has been acted."""
        what = role_title(cue.role) if cue.role else "Face"
        pill = Pill(self._bench.theme, f"{what} · {cue.emotion} {cue.intensity:.1f}", "accent_text")
        clip = f"clip {cue.clip}" if cue.clip else "no clip: face and head"
        pill.setToolTip(f"From the {cue.source}, {round(cue.confidence * 100)} % sure; {clip}")
        self._cues.addWidget(pill)
        self.acted.append(cue)

    def show_finish(self, finished: TurnFinished) -> None:
        """Say how the turn went."""
        words, _ = OUTCOMES[finished.outcome]
        first = finished.timings.first_delta
        parts = [words, finished.answered_by, f"first words after {first * 1000:.0f} ms" if first is not None else ""]
        if finished.usage.input_tokens or finished.usage.output_tokens:
            parts.append(f"{finished.usage.input_tokens} + {finished.usage.output_tokens} tokens")
        self._notes.setText(" · ".join(part for part in parts if part))
        self._notes.show()

    def show_note(self, sentence: str) -> None:
        """Say something about the turn, such as why it failed."""
        self._notes.setText(sentence)
        self._notes.show()
