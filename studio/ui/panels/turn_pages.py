"""What a turn was given: the passages with their scores, and the prompt as it was sent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from shared.dialogue.trace import TurnTrace
from shared.knowledge.library import Found
from shared.providers.chat import Prompt
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import clear, column, row, scrolled
from studio.ui.parts.marks import ConfidenceMeter, Pill
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

GOOD_SCORE = 0.5
MOST_SHOWN = 260


class PassagesPage(QWidget):
    """The passages that the model was given, best first; those that it cites are marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[str, tuple[Found, ...], frozenset[str]] | None = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(SNUG, TIGHT, SNUG, SNUG)
        self._rows.setSpacing(TIGHT)
        content = QWidget()
        content.setLayout(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def show_trace(self, trace: TurnTrace, cited: frozenset[str]) -> None:
        """Show what was found.

        Args:
            cited: passages' ids.
        """
        shown = (trace.searched, trace.found, cited)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        if trace.searched:
            self._rows.addWidget(label(f"Searched for “{trace.searched}”", "caption", "muted", wrap=True))
        for number, found in enumerate(trace.found, start=1):
            self._rows.addWidget(self._card(number, found, cited=found.passage_id in cited))
        if not trace.found:
            why = "Nothing in the knowledge answers that." if trace.searched else "Small talk: nothing was searched."
            self._rows.addWidget(label(why, tone="muted", wrap=True))
        self._rows.addStretch(1)

    def _card(self, number: int, found: Found, *, cited: bool) -> QFrame:
        meter = ConfidenceMeter(self._theme, GOOD_SCORE)
        meter.show_confidence(found.score, "How likely this passage answers the question")
        place = ", ".join([*([f"p. {found.page}"] if found.page else []), *found.heading])
        title = ElidedLabel(f"{number}  {found.title}{f', {place}' if place else ''}", "strong")
        head = row([title], spacing=SNUG)
        head.setStretch(0, 1)
        if cited:
            head.addWidget(Pill(self._theme, "cited", "fine"))
        head.addWidget(meter)
        text = " ".join(found.text.split())
        words = label(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…", "caption", "muted", wrap=True)
        words.setToolTip(found.text)
        made = QFrame()
        made.setProperty("kind", "card")
        made.setLayout(column([head, words], spacing=HAIR, margin=SNUG))
        return made


class PromptPage(QWidget):
    """The prompt, to read and to copy."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: Prompt | None = None
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "mono")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("The prompt as it was sent")
        copy = IconButton(theme, "copy", "Copy the prompt", lambda: QGuiApplication.clipboard().setText(self.prompt))
        line = row([self.text, copy], spacing=TIGHT)
        line.setAlignment(copy, Qt.AlignmentFlag.AlignTop)
        line.setContentsMargins(SNUG, TIGHT, TIGHT, SNUG)
        self.setLayout(line)

    @property
    def prompt(self) -> str:
        """What it shows."""
        return self.text.toPlainText()

    def show_trace(self, trace: TurnTrace) -> None:
        """Show what the model was given."""
        prompt = trace.prompt
        if prompt is not None and prompt is self._shown:
            return
        self._shown = prompt
        if prompt is None:
            self.text.setPlainText("No model was asked: it declined in its own words.")
            return
        said = [f"{'Visitor' if one.author == 'visitor' else 'Character'}: {one.text}" for one in prompt.history]
        parts = [prompt.system, *(["— Conversation so far —", *said] if said else []), "— Message —", prompt.request]
        self.text.setPlainText("\n\n".join(parts))
