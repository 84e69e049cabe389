"""The Knowledge panel: the documents that the character answers from, what a question finds, how well it finds."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from shared.contract.chatbot import ChatbotDraft, DocumentRef
from shared.errors import BadProject
from studio.files.documents import bring_back
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_documents import DocumentsPage
from studio.ui.panels.knowledge_gold import GoldPage
from studio.ui.panels.knowledge_reader import DocumentReader
from studio.ui.panels.knowledge_search import SearchPage
from studio.ui.panels.paged import PagedPanel
from studio.ui.parts.drop import dropped_paths
from studio.ui.problems import problem_of

WEB_SCHEMES = frozenset({"http", "https"})
DOCUMENTS_PAGE, SEARCH_PAGE, GOLD_PAGE = range(3)


class KnowledgePanel(PagedPanel):
    """Documents, search, gold questions. Files dropped anywhere on it are added."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Knowledge", "Your character answers from these documents only.")
        self.setAcceptDrops(True)
        self._before = bench.draft
        self.documents = DocumentsPage(bench, self.read)
        self.search = SearchPage(bench, self.read_at)
        self.gold = GoldPage(bench, self.ask_why)
        self.show_pages(
            (
                ("Documents", "What it knows", self.documents),
                ("Search", "What a question finds, and why", self.search),
                ("Gold questions", "What must be found, scored", self.gold),
            )
        )

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Bring back files that an undo names again, then show the draft on every page."""
        before, self._before = self._before, draft
        if before.knowledge != draft.knowledge:
            try:
                bring_back(self.bench.opened.project, before, draft)
            except BadProject as error:
                self.bench.toasts.problem(problem_of(error))
        super().show_draft(draft)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take documents, and links from a browser, anywhere on the panel."""
        if dropped_paths(event) or dropped_addresses(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.show_page(DOCUMENTS_PAGE)
        self.add(dropped_paths(event))
        if addresses := dropped_addresses(event):
            self.documents.intake.fetch(addresses)

    def add(self, paths: list[Path]) -> None:
        """Copy documents into the project and index them."""
        self.documents.intake.add(paths)

    @property
    def states(self) -> list[str]:
        """How far each document is."""
        return [self.bench.index.standing_of(document).state for document in self.documents.lines]

    def read(self, document: DocumentRef, start: int | None = None) -> DocumentReader:
        """Open a document with its passages, at one of them where a place is given."""
        reader = DocumentReader(self.bench, self, document, start)
        reader.show()
        return reader

    def read_at(self, name: str, start: int) -> None:
        """Open the document of a file name at a place of its text."""
        found = next((one for one in self.bench.draft.knowledge if one.blob.name == name), None)
        if found is not None:
            self.read(found, start)

    def ask_why(self, question: str) -> None:
        """Show what a question finds."""
        self.show_page(SEARCH_PAGE)
        self.search.ask(question)


def dropped_addresses(event: QDragEnterEvent | QDropEvent) -> list[str]:
    """The web addresses of a drag."""
    return [url.toString() for url in event.mimeData().urls() if url.scheme().lower() in WEB_SCHEMES]
