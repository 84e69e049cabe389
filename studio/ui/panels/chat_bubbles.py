"""What a conversation is made of: bubbles, citations, and what the turn did, for the designer's eye."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from shared.contract.turn import TurnCitation, TurnCue, TurnFinished
from shared.dialogue.trace import TurnTrace
from studio.model.checklist import role_title
from studio.model.signals import Signal
from studio.rehearsal.expectations import Performance
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_search import keep_gold
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.markup import bare_text, rich_text
from studio.ui.parts.notices import IconLabel, Notice
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, VAST

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
        self.words = label(wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, 9, SNUG, 9)
        layout.addWidget(self.words)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show words in light Markdown, no wider than they are."""
        self.words.setText(rich_text(text))
        # Before it is on screen the label has the application's font, not yet the sheet's: measure as if all were bold.
        font = self.words.font()
        font.setBold("**" in text or "#" in text)
        widths = (QFontMetrics(font).horizontalAdvance(line) for line in bare_text(text).split("\n"))
        self.setMaximumWidth(max(widths) + 2 * SNUG + 6)


class VisitorMessage(QWidget):
    """What the designer asked, as a visitor would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(VAST, 0, 0, 0)
        bubble = Bubble(text, "said")
        layout.addStretch(1)
        layout.addWidget(bubble, 100)


class ChatbotMessage(QWidget):
    """An answer: its text as it comes out, its sources, its cues, and how the turn went."""

    def __init__(self, bench: Bench, question: str) -> None:
        super().__init__()
        self.chosen = Signal[[TurnCue | None]]()
        """Clicked, or one of its cues."""
        self.question = question
        self.trace = TurnTrace()
        self.finished: TurnFinished | None = None
        self.citations: list[TurnCitation] = []
        self.heard = ""
        """The answer as far as it has come, shown or not."""
        self.sent: list[TurnCue] = []
        """The cues of the turn, acted already or not yet."""
        self._bench = bench
        self.bubble = Bubble("…", "answer")
        self._citations = Flow(HAIR)
        self._passage = label("", "caption", wrap=True)
        self._passage.hide()
        self._cues = Flow(HAIR)
        self._notes = label("", "caption", wrap=True)
        self._notes.hide()
        self._trouble = Notice(bench.theme)
        self._again = row([], spacing=0)
        self.retry: QPushButton | None = None
        self._open: int | None = None
        self.shown = ""
        """The answer as far as it is out, as it was written."""
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
        layout.addWidget(self._trouble)
        layout.addLayout(self._again)

    @property
    def text(self) -> QLabel:
        """The label that shows the answer."""
        return self.bubble.words

    def show_text(self, text: str) -> None:
        """Show as much of the answer as is out."""
        self.shown = text
        self.bubble.show_text(text or "…")

    @property
    def performance(self) -> Performance | None:
        """The whole answer, once it has ended well."""
        if self.finished is None:
            return None
        return Performance(self.question, self.finished, tuple(self.citations), tuple(self.sent), self.trace)

    def show_chosen(self, *, chosen: bool) -> None:
        """Mark it as the answer that the timeline shows."""
        restyle(self.bubble, "chosen", chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show its cues."""
        self.chosen.emit(None)

    def add_citation(self, citation: TurnCitation) -> None:
        """Offer a source; a click unfolds its passage."""
        self.citations.append(citation)
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
        """Note a cue that has been acted; a click shows it on the timeline."""
        what = role_title(cue.role) if cue.role else "Face"
        made = QToolButton()
        made.setText(f"{what} · {cue.emotion} {cue.intensity:.1f}")
        made.setProperty("kind", "cue")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        clip = f"clip {cue.clip}" if cue.clip else "no clip: face and head"
        made.setToolTip(f"From the {cue.source}, {round(cue.confidence * 100)} % sure; {clip}")
        made.clicked.connect(lambda _checked=False: self.chosen.emit(cue))
        self._cues.addWidget(made)
        self.acted.append(cue)

    def drop_cues(self) -> None:
        """Forget what has been acted: it is acted again."""
        self._cues.clear()
        self.acted.clear()

    def show_finish(self, finished: TurnFinished) -> None:
        """Say how the turn went."""
        self.finished = finished
        words, _ = OUTCOMES[finished.outcome]
        first = finished.timings.first_delta
        parts = [words, finished.answered_by, f"first words after {first * 1000:.0f} ms" if first is not None else ""]
        if finished.usage.input_tokens or finished.usage.output_tokens:
            parts.append(f"{finished.usage.input_tokens} + {finished.usage.output_tokens} tokens")
        self._notes.setText(" · ".join(part for part in parts if part))
        self._notes.show()
        self._offer_gold(finished)

    def _offer_gold(self, finished: TurnFinished) -> None:
        """Offer to keep the question with the document that answered it, or with none where it was declined."""
        documents = [citation.document_id for citation in self.citations]
        if not documents and finished.outcome != "nothing_found":
            return
        expected = documents[0] if documents else None
        words = f"expects {self.citations[0].title}" if documents else "is to be declined"
        keep = IconButton(
            self._bench.theme,
            "target",
            f"Make it a gold question that {words}",
            lambda: keep_gold(self._bench, self.question, expected),
            size=15,
        )
        self._again.addWidget(keep)
        self._again.addStretch(1)

    def show_failure(self, sentence: str, retry: Callable[[], None] | None) -> None:
        """Say why there is no answer, or only part of one, and offer to ask again where that may help."""
        self.bubble.setVisible(bool(self.shown))
        self._trouble.tell(sentence, "danger")
        if retry is not None:
            self.retry = button(self._bench.theme, "Ask again", retry, icon="refresh")
            self._again.addWidget(self.retry)
            self._again.addStretch(1)


class Lesson(QWidget):
    """What stands under the greeting until something was asked: what a rehearsal shows."""

    POINTS = (
        ("rehearsal", "Ask what your visitors will ask, also what it cannot know: it should decline in its own voice."),
        ("acting", "Watch the viewport and the timeline below it: which words gave which cue, and what was held back."),
        ("pin", "Correct a cue there, and it is a rule from then on, for your visitors too."),
        ("knowledge", "Click a source to read the passage that the answer stands on."),
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        lines = []
        for icon, sentence in self.POINTS:
            line = row([], spacing=SNUG)
            line.addWidget(IconLabel(theme, icon, "faint", 18), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(sentence, tone="muted", wrap=True), 1)
            lines.append(line)
        layout = column(lines, spacing=SNUG)
        layout.setContentsMargins(0, ROOM, VAST, 0)
        self.setLayout(layout)
