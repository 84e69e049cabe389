"""The documents of the knowledge: how they come in, how far each is, what can be done with it."""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft, DocumentRef
from studio.model.checklist import counted
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_intake import Intake
from studio.ui.panels.knowledge_line import DocumentActs, DocumentLine
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import button
from studio.ui.parts.drop import DropArea
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import label, overline
from studio.ui.theme.tokens import HAIR, TIGHT

FILTER_FROM = 8
"""So many documents need a way to find one."""
NOTHING_YET = "Two or three pages are enough to begin: opening hours, prices, what you are asked every day."


class DocumentsPage(Page):
    """Drop area, list, indexing."""

    def __init__(self, bench: Bench, read: Callable[[DocumentRef], object]) -> None:
        super().__init__(bench)
        self.intake = Intake(bench, self)
        intake = self.intake
        self.lines: dict[DocumentRef, DocumentLine] = {}
        self._acts = DocumentActs(
            read, intake.rename, intake.edit, intake.choose_replacement, intake.fetch_again, intake.open_outside,
            intake.remove,
        )  # fmt: skip
        self._indexing: asyncio.Task[None] | None = None
        self._report: Callable[[float | None, str], None] = lambda _fraction, _words: None
        self._list = QVBoxLayout()
        self._list.setSpacing(HAIR + 2)
        self._state = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.stop = button(bench.theme, "Stop", self.stop_indexing, kind="quiet", icon="stop")
        self.resume = button(bench.theme, "Index", self.index, kind="quiet", icon="play")
        self.filter = LineEdit()
        self.filter.setPlaceholderText("Find a document")
        self.filter.setAccessibleName("Find a document")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._show_filtered())
        self._lay_out()
        link(self, bench.index.changed, self._show_standings)

    def _lay_out(self) -> None:
        theme, intake = self.bench.theme, self.intake
        files = button(theme, "Files…", intake.choose_files)
        kinds = "Files or folders: txt, md, html, pdf, docx"
        drop = DropArea(theme, "Drop documents here", kinds, files, intake.add, ())
        others: list[QWidget] = [
            button(theme, "Folder…", intake.choose_folder, icon="folder"),
            button(theme, "Web page…", intake.ask_addresses, icon="globe"),
            button(theme, "Text…", intake.write, icon="pencil-line", tip="Paste or write a text"),
        ]
        ways = Flow(TIGHT)
        for other in others:
            ways.addWidget(other)
        self.body.addLayout(column([drop, ways], spacing=TIGHT))
        head = row([overline("DOCUMENTS"), None, self._state, self.stop, self.resume])
        head.addStrut(30)
        self.body.addLayout(column([head, self._bar, self.filter, self._list], spacing=TIGHT))
        self.body.addStretch(1)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the documents, and index what is new."""
        if tuple(self.lines) == draft.knowledge and (draft.knowledge or self._list.count()):
            return
        focused = next((place for place, line in enumerate(self.lines.values()) if line.hasFocus()), None)
        clear(self._list)
        self.lines = {document: DocumentLine(self.bench, document, self._acts) for document in draft.knowledge}
        for line in self.lines.values():
            self._list.addWidget(line)
        if not draft.knowledge:
            self._list.addWidget(EmptyState(self.bench.theme, "knowledge", "It knows nothing yet", NOTHING_YET))
        if focused is not None and self.lines:
            list(self.lines.values())[min(focused, len(self.lines) - 1)].setFocus()
        self.filter.setVisible(len(self.lines) >= FILTER_FROM)
        self._show_filtered()
        self.index()

    def _show_filtered(self) -> None:
        wanted = self.filter.text().casefold().strip() if self.filter.isVisibleTo(self) else ""
        for document, line in self.lines.items():
            line.setVisible(wanted in f"{document.title} {document.blob.name} {document.address}".casefold())
        self._show_standings()

    def index(self) -> None:
        """Bring the library up to the draft in the background; what is going on for an older draft is left."""
        self.stop_indexing()
        if self.bench.draft.knowledge:
            self._indexing = self.bench.tasks.spawn("Indexing documents", self._index(), ended=self._show_standings)
        self._show_standings()

    def stop_indexing(self) -> None:
        """Leave it; what is indexed stays so."""
        if self._indexing is not None:
            self._indexing.cancel()

    async def _index(self) -> None:
        self._report = self.bench.tasks.reporter()
        await self.bench.index.library_for(self.bench.draft)

    def _show_standings(self) -> None:
        standings = {document: self.bench.index.standing_of(document) for document in self.lines}
        for document, line in self.lines.items():
            line.show_standing(standings[document])
        done = [one for one in standings.values() if one.state in {"ready", "failed"}]
        running = self._indexing is not None and not self._indexing.done() and len(done) < len(standings)
        share = sum(1.0 if one in done else one.fraction for one in standings.values()) / max(1, len(standings))
        passages = sum(one.passages for one in done)
        total = f"{counted(len(standings), 'document')} · {counted(passages, 'passage')}" if standings else ""
        now = f"indexing {min(len(done) + 1, len(standings))} of {len(standings)}"
        self._state.setText(now if running else total)
        self._bar.setVisible(running)
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(share * 1000))
        self.stop.setVisible(running)
        self.resume.setVisible(bool(standings) and not running and len(done) < len(standings))
        if running:
            self._report(share, now)
