"""How documents come in and change: files, folders, written text, web pages; each is one step that can be undone."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from shared.contract.chatbot import DocumentRef
from shared.errors import BadDocument, TroupeError
from shared.knowledge.documents import KINDS
from studio.files.documents import (
    chosen_documents,
    free_name,
    replace_document,
    store_document,
    take_file,
    written_text,
)
from studio.files.project import Project
from studio.model.checklist import counted
from studio.model.edits import with_document_at, with_document_title, with_documents, without_document
from studio.remote.pages import clean_page_address, fetch_page
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_dialogs import AskAddresses, AskTitle, WriteText

PATTERN = " ".join(f"*.{kind}" for kind in KINDS)
TOLD_PROBLEMS = 3


class Intake:
    """Asks what is missing, works in the background, and changes the draft.

    Args:
        parent: below whose window the dialogs open.
    """

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        self._bench, self._parent = bench, parent

    @property
    def _project(self) -> Project:
        return self._bench.opened.project

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, "Add documents", "", f"Documents ({PATTERN})")
        self.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(self._parent, "Add every document in a folder")
        if name:
            self.add([Path(name)])

    def add(self, paths: Sequence[Path]) -> None:
        """Copy documents, and those inside folders, into the project."""
        if paths:
            self._bench.tasks.spawn("Adding documents", self._add(list(paths)))

    async def _add(self, paths: list[Path]) -> None:
        report = self._bench.tasks.reporter()
        chosen = await asyncio.to_thread(chosen_documents, paths)
        taken: list[DocumentRef] = []
        problems: list[str] = []
        try:
            for number, (path, name) in enumerate(chosen.files):
                report(number / len(chosen.files), name)
                try:
                    taken.append(await asyncio.to_thread(take_file, self._project, path, name))
                except BadDocument as error:
                    problems.append(error.sentence)
        finally:
            # What was copied before somebody stopped it stays.
            self._added(taken)
        if chosen.skipped:
            problems.append(f"{counted(chosen.skipped, 'file')} of other kinds were left out.")
        self._tell("Not everything was added", problems)

    def _added(self, taken: Sequence[DocumentRef]) -> None:
        name = f"Add {taken[0].title}" if len(taken) == 1 else f"Add {counted(len(taken), 'document')}"
        if taken:
            self._bench.document.change(name, with_documents(self._bench.draft, taken))

    def _tell(self, title: str, problems: Sequence[str]) -> None:
        if problems:
            more = f" And {len(problems) - TOLD_PROBLEMS} more." if len(problems) > TOLD_PROBLEMS else ""
            self._bench.toasts.tell(title, " ".join(problems[:TOLD_PROBLEMS]) + more, "warning")

    def ask_addresses(self) -> None:
        """Ask for web addresses."""
        AskAddresses(self._bench.theme, self._parent, self.fetch).open()

    def fetch(self, addresses: Sequence[str]) -> None:
        """Fetch pages, and add each as a document."""
        self._bench.tasks.spawn("Fetching web pages", self._fetch(list(addresses)))

    async def _fetch(self, addresses: list[str]) -> None:
        report = self._bench.tasks.reporter()
        problems: list[str] = []
        for number, address in enumerate(addresses):
            report(number / len(addresses), address)
            try:
                await self._fetch_one(address)
            except TroupeError as error:
                problems.append(error.sentence)
        self._tell("Not every page was fetched", problems)

    async def _fetch_one(self, address: str) -> None:
        whole = clean_page_address(address)
        page = await fetch_page(whole)
        known = next((one for one in self._bench.draft.knowledge if one.address in {whole, page.address}), None)
        if known is not None:
            await self._take_again(known, page.name, page.content, page.address)
            return
        stem, _, ending = page.name.rpartition(".")
        name = free_name(self._bench.draft, stem, ending)
        made = await asyncio.to_thread(store_document, self._project, name, page.content, "", page.address)
        self._added([made])

    def fetch_again(self, document: DocumentRef) -> None:
        """Fetch a page anew."""
        self._bench.tasks.spawn(f"Fetching {document.title}", self._fetch_again(document))

    async def _fetch_again(self, document: DocumentRef) -> None:
        page = await fetch_page(document.address)
        await self._take_again(document, page.name, page.content, page.address)

    async def _take_again(self, document: DocumentRef, name: str, content: bytes, address: str) -> None:
        kept = document.blob.name if _ending(name) == _ending(document.blob.name) else name
        made = await asyncio.to_thread(store_document, self._project, kept, content, document.title, address)
        after = with_document_at(self._bench.draft, document.blob.name, made)
        if not self._bench.document.change(f"Fetch {document.title} again", after):
            self._bench.toasts.tell("Nothing new", f"{document.title} says what it said before.", "accent")

    def write(self) -> None:
        """Ask for a text."""
        WriteText(self._bench.theme, self._parent, "", "", self.add_text).open()

    def add_text(self, title: str, text: str) -> None:
        """Add a written text as a document."""
        name = free_name(self._bench.draft, title, "md")
        self._bench.tasks.spawn("Adding the text", self._store(name, text, title))

    async def _store(self, name: str, text: str, title: str) -> None:
        self._added([await asyncio.to_thread(store_document, self._project, name, text.encode(), title)])

    def edit(self, document: DocumentRef) -> None:
        """Show a document's text to be edited."""
        self._bench.tasks.spawn(f"Opening {document.title}", self._edit(document))

    async def _edit(self, document: DocumentRef) -> None:
        text = await asyncio.to_thread(written_text, self._project, document)

        def given(title: str, changed: str) -> None:
            self.save_text(document, title, changed)

        WriteText(self._bench.theme, self._parent, document.title, text, given).open()

    def save_text(self, document: DocumentRef, title: str, text: str) -> None:
        """Give a document another text and title."""
        self._bench.tasks.spawn(f"Saving {title}", self._save_text(document, title, text))

    async def _save_text(self, document: DocumentRef, title: str, text: str) -> None:
        name = document.blob.name
        made = await asyncio.to_thread(store_document, self._project, name, text.encode(), title, document.address)
        self._bench.document.change(f"Edit {title}", with_document_at(self._bench.draft, name, made))

    def rename(self, document: DocumentRef) -> None:
        """Ask for another title."""

        def given(title: str) -> None:
            after = with_document_title(self._bench.draft, document.blob.name, title)
            self._bench.document.change(f"Rename {document.title}", after)

        AskTitle(self._bench.theme, self._parent, document.title, given).open()

    def choose_replacement(self, document: DocumentRef) -> None:
        """Ask for the file that takes a document's place."""
        name, _ = QFileDialog.getOpenFileName(self._parent, f"Replace {document.title}", "", f"Documents ({PATTERN})")
        if name:
            self.replace(document, Path(name))

    def replace(self, document: DocumentRef, source: Path) -> None:
        """Put another file into a document's place."""
        self._bench.tasks.spawn(f"Replacing {document.title}", self._replace(document, source))

    async def _replace(self, document: DocumentRef, source: Path) -> None:
        made = await asyncio.to_thread(replace_document, self._project, document, source)
        after = with_document_at(self._bench.draft, document.blob.name, made)
        self._bench.document.change(f"Replace {document.title}", after)

    def open_outside(self, document: DocumentRef) -> None:
        """Open the file in its own program, or the page in the browser."""
        path = self._project.document_path(document.blob).resolve()
        QDesktopServices.openUrl(QUrl(document.address) if document.address else QUrl.fromLocalFile(str(path)))

    def remove(self, document: DocumentRef) -> None:
        """Take a document out of the knowledge; its file stays in the folder, and undo brings it back."""
        after = without_document(self._bench.draft, document.blob.name)
        self._bench.document.change(f"Remove {document.title}", after)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
