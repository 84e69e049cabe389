"""The reader: a document's text as it is understood, with its passages marked, and where each of them stands."""

import asyncio
from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from shared.contract.chatbot import DocumentRef
from shared.knowledge.documents import parse_document
from shared.knowledge.parsed import ParsedDocument
from shared.knowledge.passages import Passage
from studio.files.project import read_blob
from studio.ui.bench import Bench
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import ElidedLabel
from studio.ui.theme.tokens import HAIR, ROOM, TIGHT, WIDE

SIZE = (1020, 720)
LIST_WIDTH = 300
SNIPPET = 70


class DocumentReader(QDialog):
    """Passages on the left, the text on the right; choosing one marks it. Keys: Ctrl+F finds, Esc closes."""

    def __init__(self, bench: Bench, parent: QWidget, document: DocumentRef, start: int | None = None) -> None:
        """`start` is the place, in code points, of the passage to show first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(document.title)
        self.resize(*SIZE)
        self._bench, self._document, self._start = bench, document, start
        self.passages: Sequence[Passage] = ()
        self._places: list[int] = []
        self.notice = Notice(bench.theme)
        self.finder = LineEdit()
        self.finder.setPlaceholderText("Find in its passages")
        self.finder.setAccessibleName("Find in its passages")
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(lambda text: self._filter(text))
        self.list = QListWidget()
        self.list.setObjectName("passages")
        self.list.setWordWrap(True)
        self.list.setSpacing(HAIR)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Passages")
        self.list.currentRowChanged.connect(lambda place: self.show_passage(place))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text")
        self._place = ElidedLabel("", "caption")
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.finder.setFocus)
        link(self, bench.theme.changed, self._mark)
        bench.tasks.spawn(f"Reading {document.title}", self._read())

    def _lay_out(self) -> None:
        head = row([ElidedLabel(self._document.title, "title"), button(self._bench.theme, "Close", self.close)])
        head.setStretch(0, 1)
        left = column([self.finder, self.list])
        left.setContentsMargins(0, 0, TIGHT, 0)
        right = column([self._place, self.text])
        right.setContentsMargins(TIGHT, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(box(left))
        splitter.addWidget(box(right))
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LIST_WIDTH, SIZE[0] - LIST_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, ROOM, WIDE, ROOM)
        layout.setSpacing(TIGHT)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(splitter, 1)

    async def _read(self) -> None:
        parsed = await asyncio.to_thread(_parsed, self._bench, self._document)
        self._show(parsed, [shelved.passage for shelved in self._bench.index.passages_of(self._document)])

    def _show(self, parsed: ParsedDocument, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.text.setPlainText(parsed.text)
        self._places = _code_units(parsed.text)
        for number, passage in enumerate(passages, start=1):
            item = QListWidgetItem(_entry(number, passage))
            item.setToolTip(" / ".join(passage.heading))
            self.list.addItem(item)
        self.notice.tell(" ".join(parsed.notes), "warning")
        places = [passage.start for passage in passages]
        first = max(0, bisect_right(places, self._start) - 1) if self._start is not None and places else 0
        self._mark()
        self.list.setCurrentRow(first if places else -1)
        self.list.setFocus()

    def show_passage(self, place: int) -> None:
        """Mark a passage, and bring it on screen."""
        if not 0 <= place < len(self.passages):
            return
        passage = self.passages[place]
        self._place.show_text(f"Passage {place + 1} of {len(self.passages):,} · {place_words(passage)}")
        cursor = self._cursor(passage, keep=False)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self._mark()

    def _cursor(self, passage: Passage, *, keep: bool) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(self._unit(passage.start))
        if keep:
            cursor.setPosition(self._unit(passage.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _unit(self, place: int) -> int:
        """Qt counts UTF-16 units where Python counts code points."""
        return place + bisect_right(self._places, place - 1)

    def _mark(self) -> None:
        chosen = self.list.currentRow()
        marks: list[QTextEdit.ExtraSelection] = []
        for place, passage in enumerate(self.passages):
            if place != chosen and place % 2 == 0:
                continue
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(passage, keep=True)
            look = QTextCharFormat()
            look.setBackground(self._bench.theme.colour("accent_soft" if place == chosen else "hover"))
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for place, passage in enumerate(self.passages):
            inside = wanted in f"{passage.text} {' '.join(passage.heading)}".casefold()
            self.list.item(place).setHidden(not inside)


def _parsed(bench: Bench, document: DocumentRef) -> ParsedDocument:
    content = read_blob(bench.opened.project.document_path(document.blob), document.blob)
    return parse_document(document.blob.name, content, document.blob.media_type)


def _code_units(text: str) -> list[int]:
    """The places of characters that take two UTF-16 units."""
    return [place for place, letter in enumerate(text) if letter > "\uffff"]


def _entry(number: int, passage: Passage) -> str:
    words = " ".join(passage.text.split())
    snippet = words if len(words) <= SNIPPET else f"{words[:SNIPPET].rstrip()}…"
    return f"{number}  {place_words(passage)}\n{snippet}"


def place_words(passage: Passage) -> str:
    """Where a passage stands: its page, and the last of the headings above it."""
    page = f"page {passage.page}" if passage.page else ""
    heading = passage.heading[-1] if passage.heading else "" if page else "beginning"
    return " · ".join(part for part in (page, heading) if part)
