"""The Knowledge panel: the documents that the character answers from, and what a question would find in them."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from shared.contract.chatbot import ChatbotDraft, DocumentRef
from shared.knowledge.documents import KINDS
from shared.knowledge.library import Found
from studio.files.creation import supported_documents, take_document
from studio.files.project import Project
from studio.model.checklist import counted
from studio.model.edits import with_documents, without_document
from studio.rehearsal.indexing import DocumentStanding
from studio.ui.bench import Bench
from studio.ui.panels.avatar import byte_words
from studio.ui.panels.panel import Panel
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.drop import DropArea, dropped_paths
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import Pill
from studio.ui.parts.notices import EmptyState, IconLabel
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SUFFIXES = tuple(f".{kind}" for kind in KINDS)
FOUND_LIMIT = 5
SHOWN_CHARACTERS = 260
GOOD_FIT = 0.5


class KnowledgePanel(Panel):
    """Documents in, passages out."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Knowledge", "Your character answers from these documents only.")
        self.setAcceptDrops(True)
        self._lines: dict[DocumentRef, DocumentLine] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        self._count = Pill(bench.theme)
        self.search = LineField("", "Shows the passages that an answer would be made from.", "Ask what a visitor asks")
        self.search.edit.returnPressed.connect(self._search)
        self._found = QVBoxLayout()
        self._found.setSpacing(TIGHT)
        choose = button(bench.theme, "Choose files…", self._choose)
        self.drop = DropArea(bench.theme, "Drop documents here", "txt, md, html, pdf, docx", choose, self.add, ())
        ask = button(bench.theme, "Search", self._search, icon="search")
        search = row([self.search, ask])
        search.setAlignment(ask, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.drop)
        self.body.addLayout(column([row([overline("DOCUMENTS"), None, self._count]), self._list]))
        self.body.addLayout(column([overline("TRY A QUESTION"), search]))
        self.body.addLayout(self._found)
        self.body.addStretch(1)
        link(self, bench.index.changed, self._show_standings)
        self.follow_draft()

    def _choose(self) -> None:
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(self, "Add documents", "", f"Documents ({pattern})")
        self.add([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take documents anywhere on the panel."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.add(dropped_paths(event))

    def add(self, paths: list[Path]) -> None:
        """Copy documents into the project and index them."""
        if paths:
            self.bench.tasks.spawn("Adding documents", self._add(paths))

    async def _add(self, paths: list[Path]) -> None:
        taken = await asyncio.to_thread(_take_all, self.bench.opened.project, paths)
        name = f"Add {taken[0].title}" if len(taken) == 1 else f"Add {counted(len(taken), 'document')}"
        if taken:
            self.bench.document.change(name, with_documents(self.bench.draft, taken))

    def _remove(self, document: DocumentRef) -> None:
        after = without_document(self.bench.draft, document.blob.name)
        self.bench.document.change(f"Remove {document.title}", after)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the documents, and index what is new."""
        if tuple(self._lines) == draft.knowledge and (draft.knowledge or self._list.count()):
            return
        clear(self._list)
        self._lines = {}
        for document in draft.knowledge:
            line = DocumentLine(self.bench, document)
            line.removed.clicked.connect(lambda _checked=False, document=document: self._remove(document))
            self._lines[document] = line
            self._list.addWidget(line)
        if not draft.knowledge:
            text = "Two or three pages are enough to begin: opening hours, prices, what you are asked every day."
            self._list.addWidget(EmptyState(self.bench.theme, "knowledge", "It knows nothing yet", text))
        self._count.show_word(str(len(draft.knowledge)), "muted")
        self._show_standings()
        self.index()

    def index(self) -> None:
        """Bring the library up to the draft in the background."""
        if self.bench.draft.knowledge:
            self.bench.tasks.spawn("Indexing documents", self._index())

    async def _index(self) -> None:
        await self.bench.index.library_for(self.bench.draft)

    def _show_standings(self) -> None:
        for document, line in self._lines.items():
            line.show_standing(self.bench.index.standing_of(document))

    @property
    def states(self) -> list[str]:
        """How far each document is."""
        return [self.bench.index.standing_of(document).state for document in self._lines]

    def _search(self) -> None:
        question = self.search.edit.text().strip()
        if question:
            self.bench.tasks.spawn("Searching", self._find(question))

    async def _find(self, question: str) -> None:
        library = await self.bench.index.library_for(self.bench.draft)
        found = await library.search(question, FOUND_LIMIT)
        clear(self._found)
        if not found:
            words = "Nothing here answers that. Your character would decline, in its own voice."
            self._found.addWidget(label(words, tone="muted", wrap=True))
        for passage in found:
            self._found.addWidget(found_card(self.bench, passage))


def _take_all(project: Project, paths: list[Path]) -> list[DocumentRef]:
    return [take_document(project, path) for path in supported_documents(paths)]


def found_card(bench: Bench, found: Found) -> QFrame:
    """One passage with its place and how well it fits."""
    place = " · ".join(
        part for part in (found.title, f"page {found.page}" if found.page else "", " / ".join(found.heading)) if part
    )
    text = found.text if len(found.text) <= SHOWN_CHARACTERS else found.text[:SHOWN_CHARACTERS].rstrip() + "…"
    fit = Pill(bench.theme, f"{round(found.score * 100)} %", "fine" if found.score >= GOOD_FIT else "warning")
    head = QHBoxLayout()
    head.addWidget(ElidedLabel(place, "caption"), 1)
    head.addWidget(fit)
    return card([head, label(text, wrap=True)], spacing=HAIR + 2, margin=SNUG)


class DocumentLine(QFrame):
    """One document: title, size, how far it is."""

    def __init__(self, bench: Bench, document: DocumentRef) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._icon = IconLabel(bench.theme, "file", "muted", 20)
        self._state = label("", "caption", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._size = byte_words(document.blob.bytes)
        self.removed = IconButton(bench.theme, "trash", f"Remove {document.title}", lambda: None, size=16)
        words = column([ElidedLabel(document.title, "strong"), self._state, self._bar], spacing=2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, 10, TIGHT, 10)
        layout.setSpacing(SNUG)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self.removed)
        self.setToolTip(document.blob.name)

    def show_standing(self, standing: DocumentStanding) -> None:
        """Show how far it is."""
        words = {
            "waiting": "Waiting",
            "reading": "Reading",
            "ready": counted(standing.passages, "passage"),
            "failed": standing.problem,
        }
        icons = {"ready": ("check", "fine"), "failed": ("error", "danger")}
        self._bar.setVisible(standing.state == "reading")
        state = words[standing.state]
        self._state.setText(state if standing.state == "failed" else f"{self._size} · {state}")
        self._icon.show_icon(*icons.get(standing.state, ("file", "muted")))
