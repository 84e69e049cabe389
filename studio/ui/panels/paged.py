"""A panel of several pages under tabs, each of which scrolls by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.ui.bench import Bench
from studio.ui.panels.panel import Panel
from studio.ui.parts.layout import scrolled
from studio.ui.parts.tabs import Tabs
from studio.ui.theme.tokens import ROOM, WIDE

_TAB_INDENT = 8
"""How far the first tab's words stand to the left of the page's."""


class Page(QWidget):
    """Subclasses fill `body` and show the draft."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        self.body.setSpacing(ROOM)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what the draft says of this page."""
        raise NotImplementedError

    def entered(self) -> None:
        """The page came on screen."""


class PagedPanel(Panel):
    """Tabs over pages. Ctrl+Page Up and Ctrl+Page Down go from page to page."""

    def __init__(self, bench: Bench, title: str, purpose: str) -> None:
        super().__init__(bench, title, purpose, scrolls=False)
        self.pages: tuple[Page, ...] = ()
        self.areas: tuple[QScrollArea, ...] = ()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._stack = QStackedWidget()

    def show_pages(self, pages: Sequence[tuple[str, str, Page]]) -> None:
        """Build the pages in: each with its word and its tooltip; then follow the draft."""
        self.pages = tuple(page for _, _, page in pages)
        self.tabs = Tabs(self.bench.theme, [(word, f"{tip} (Ctrl+Page Up, Ctrl+Page Down)") for word, tip, _ in pages])
        holder = QWidget()
        holder.setObjectName("panelhead")
        holder.setFixedHeight(self.tabs.height() + 1)
        self.tabs.setParent(holder)
        self.tabs.move(WIDE - _TAB_INDENT, 0)
        self.areas = tuple(scrolled(page) for page in self.pages)
        for area in self.areas:
            self._stack.addWidget(area)
        self.body.addWidget(holder)
        self.body.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.show_page((self.place + step) % len(self.pages)))
        self.follow_draft()

    @property
    def place(self) -> int:
        """Which page is on screen, from 0."""
        return self._stack.currentIndex()

    def show_page(self, place: int) -> None:
        """Bring a page on screen."""
        self.tabs.setCurrentIndex(place)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.pages[place].entered()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft on every page."""
        for page in self.pages:
            page.show_draft(draft)

    def entered(self) -> None:
        """The panel came on screen, and with it a page."""
        self.pages[self.place].entered()
