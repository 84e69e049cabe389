"""What every panel has: a heading that says what it is for, and a body that scrolls."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.ui.bench import Bench
from studio.ui.parts.layout import box, column, row, scrolled
from studio.ui.parts.links import link
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SCROLL_BAR, SNUG, WIDE

HEADING_HEIGHT = 34


class Panel(QWidget):
    """Subclasses fill `body`, and show the draft in `show_draft`."""

    def __init__(self, bench: Bench, title: str, purpose: str, *, scrolls: bool = True) -> None:
        super().__init__()
        self.bench = bench
        self.drawer: QWidget | None = None
        """What it lays under the viewport while it is on screen."""
        self.body = QVBoxLayout()
        self.body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        self.body.setSpacing(ROOM)
        self.heading = row([label(title, "title"), None])
        # As high with buttons as without, so that headings do not jump between panels.
        self.heading.addStrut(HEADING_HEIGHT)
        words = column([self.heading, label(purpose, tone="muted", wrap=True)], spacing=3)
        words.setContentsMargins(WIDE, ROOM, WIDE, ROOM)
        self._whole = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(box(words, "panelhead"))
        content = QWidget()
        content.setLayout(self.body)
        self.area = scrolled(content) if scrolls else None
        layout.addWidget(self.area or content, 1)

    def add_foot(self, content: QWidget) -> None:
        """Put something below the body that stays while the body scrolls."""
        foot = column([content])
        # In line with the body, beside which there is a scroll bar.
        foot.setContentsMargins(WIDE, SNUG, WIDE + SCROLL_BAR, SNUG)
        self._whole.addWidget(box(foot, "transport"))

    def follow_draft(self) -> None:
        """Show the draft now, and whenever it changes. Called once the panel is built."""
        link(self, self.bench.document.draft_changed, self.show_draft)
        self.show_draft(self.bench.draft)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what the draft says of this section."""
        raise NotImplementedError

    @property
    def place(self) -> object:
        """Where in the panel somebody is, for `return_to` of the panel that comes after it."""
        return None

    def return_to(self, place: object) -> None:
        """Go to where somebody was in the panel before, of the same project."""

    def entered(self) -> None:
        """The panel came on screen."""
