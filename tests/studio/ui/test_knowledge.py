"""The Knowledge panel: documents in every way, passages with their place, reasons of a search, the gold score."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shared.contract.chatbot import ChatbotDraft, DocumentRef, GoldQuestion
from studio.files.documents import store_document
from studio.files.gold import load_score
from studio.model.document import Document
from studio.model.edits import with_documents
from studio.model.gold import with_gold
from studio.ui.panels.knowledge import GOLD_PAGE, SEARCH_PAGE, KnowledgePanel, dropped_addresses
from studio.ui.panels.knowledge_dialogs import AskAddresses, AskTitle, WriteText
from studio.ui.panels.knowledge_gold_table import DOCUMENT, QUESTION
from studio.ui.parts.drop import dropped_paths
from tests.studio.ui.conftest import StudioUnderTest

TICKETS = "# Tickets\n\nA ticket costs 12 euros for adults. 🎟🎟\n\n## Students\n\nStudents pay 8 euros for a ticket.\n"
PAGE = b"<html><head><title>Visit us</title></head><body><p>The house opens at ten in the morning.</p></body></html>"


@pytest.fixture
def panel(open_studio: StudioUnderTest) -> KnowledgePanel:
    open_studio.window.workspace.show_section("knowledge")
    panel = open_studio.window.workspace.panels["knowledge"]
    assert isinstance(panel, KnowledgePanel)
    return panel


def titles(draft: ChatbotDraft) -> list[str]:
    return [one.title for one in draft.knowledge]


def on_disk(panel: KnowledgePanel, document: DocumentRef) -> str:
    return panel.bench.opened.project.document_path(document.blob).read_text("utf-8")


@asynccontextmanager
async def site(content: bytes) -> AsyncIterator[str]:
    """A web page on loopback."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {len(content)}\r\n\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/visit"
    finally:
        server.close()


def test_a_written_text_is_edited_renamed_and_comes_back_with_undo(
    panel: KnowledgePanel, document: Document, open_studio: StudioUnderTest
) -> None:
    panel.documents.intake.write()
    dialog = panel.findChild(WriteText)
    assert isinstance(dialog, WriteText)
    QTest.keyClicks(dialog.title_field.edit, "Tickets")
    assert not dialog.done_button.isEnabled()
    dialog.text.setPlainText(TICKETS)
    dialog.done_button.click()
    open_studio.until(lambda: titles(document.draft) == ["Tickets"], "the text")
    first = document.draft.knowledge[0]

    panel.documents.intake.save_text(first, "Prices", TICKETS.replace("12", "14"))
    open_studio.until(lambda: titles(document.draft) == ["Prices"], "the edited text")
    edited = on_disk(panel, first)
    open_studio.window.undo()

    assert first.blob.name == "Tickets.md"
    assert "14 euros" in edited
    assert on_disk(panel, first) == TICKETS
    open_studio.window.redo()
    assert on_disk(panel, first) == edited
    QTest.keyClick(panel.documents.lines[document.draft.knowledge[0]], Qt.Key.Key_F2)
    renaming = panel.findChild(AskTitle)
    assert isinstance(renaming, AskTitle)
    renaming.field.edit.setText("What it costs")
    renaming.done_button.click()
    assert titles(document.draft) == ["What it costs"]
    QTest.keyClick(panel.documents.lines[document.draft.knowledge[0]], Qt.Key.Key_Delete)
    assert document.draft.knowledge == ()


def test_pages_folders_and_what_cannot_be_read(
    panel: KnowledgePanel, document: Document, open_studio: StudioUnderTest, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "prices.md").write_text(TICKETS, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "logo.png").write_bytes(b"\x89PNG")

    async def fetch(content: bytes) -> None:
        async with site(content) as address:
            panel.documents.intake.ask_addresses()
            dialog = panel.findChild(AskAddresses)
            assert isinstance(dialog, AskAddresses)
            dialog.addresses.setPlainText(f"{address}\n\nnot an address\n")
            dialog.done_button.click()
            await asyncio.gather(*(one for one in asyncio.all_tasks() if one.get_name() == "Fetching web pages"))

    panel.add([folder])
    open_studio.until(lambda: len(document.draft.knowledge) == 2, "the folder's documents")
    open_studio.run(fetch(PAGE))

    page = document.draft.knowledge[-1]
    assert titles(document.draft) == ["Broken", "Prices", "Visit us"]
    assert page.address.endswith("/visit")
    said = " ".join(open_studio.window.toasts.texts)
    assert "1 file of other kinds" in said
    assert "is no web address" in said
    open_studio.until(lambda: panel.states == ["failed", "ready", "ready"], "the index")
    lines = [line.state for line in panel.documents.lines.values()]
    assert "damaged" in lines[0]
    assert lines[1].endswith("· 2 passages")
    assert lines[2].startswith("127.0.0.1 · ")


def test_only_links_of_the_web_are_fetched_when_dropped(qapp: QApplication) -> None:
    carried = QMimeData()
    links = ["https://example.org/visit", "file:///tmp/a.md", "mailto:a@example.org", "HTTP://example.org/b"]
    carried.setUrls([QUrl(link) for link in links])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    drop = QDropEvent(QPointF(1, 1), copy, carried, left, plain)

    assert dropped_addresses(drop) == ["https://example.org/visit", "http://example.org/b"]
    assert dropped_paths(drop) == [Path("/tmp/a.md")]


def test_a_search_shows_its_reasons_and_opens_the_place(
    panel: KnowledgePanel, document: Document, open_studio: StudioUnderTest
) -> None:
    stored = store_document(panel.bench.opened.project, "tickets.md", TICKETS.encode())
    document.change("Add", with_documents(document.draft, [stored]))
    panel.show_page(SEARCH_PAGE)

    panel.search.ask("What do students pay for a ticket?")
    open_studio.until(lambda: panel.search.cards, "the passages")
    best = panel.search.cards[0].passage
    reader = panel.read(stored, best.found.start)
    open_studio.until(lambda: reader.passages, "the text")

    assert "Students pay 8 euros" in best.found.text
    assert (best.word_rank, best.given_as) == (1, 1)
    cursor = reader.text.textCursor()
    marked = [mark.cursor.selectedText() for mark in reader.text.extraSelections()]
    assert "Students pay 8 euros for a ticket." in marked
    assert cursor.block().text() == "Students pay 8 euros for a ticket."
    reader.close()

    panel.search.ask("Who won the world cup in 1954?")
    open_studio.until(lambda: "declines" in panel.search.notice.sentence, "the decline")
    assert not panel.search.cards[0].passage.passes
    panel.search.expect_nothing()
    assert document.draft.gold == (GoldQuestion(question="Who won the world cup in 1954?"),)


def test_gold_questions_are_written_scored_and_kept(
    panel: KnowledgePanel, document: Document, open_studio: StudioUnderTest, tmp_path: Path, qapp: QApplication
) -> None:
    project = panel.bench.opened.project
    stored = [
        store_document(project, "tickets.md", TICKETS.encode()),
        store_document(project, "hours.md", b"The museum opens at ten and closes at six.\n"),
    ]
    gold = [GoldQuestion(question="Who won the world cup in 1954?")]
    document.change("Prepare", with_gold(with_documents(document.draft, stored), gold))
    table = tmp_path / "gold.csv"
    table.write_text("question,document\nWhen does it open?,Tickets\nWhere?,map.md\n", encoding="utf-8")
    panel.show_page(GOLD_PAGE)
    page = panel.gold

    QTest.keyClicks(page.question.edit, "What do students pay?")
    QTest.keyClick(page.question.edit, Qt.Key.Key_Return)
    page.read_table(table)
    open_studio.until(lambda: len(document.draft.gold) == 3, "the table")
    assert document.draft.gold[1:] == (
        GoldQuestion(question="What do students pay?", document="tickets.md"),
        GoldQuestion(question="When does it open?", document="tickets.md"),
    )
    assert "there is no document map.md" in " ".join(open_studio.window.toasts.texts)

    page.card.run.click()
    open_studio.until(lambda: page.kept, "the score")
    assert [result.right for row in range(3) if (result := page.rows.result_at(row))] == [True, True, False]
    assert [page.card.facts[name].text() for name in ("first", "declined")] == ["50%", "100%"]
    kept = load_score(project)
    assert kept is not None
    assert kept.fits(document.draft)

    page.rows.setData(page.rows.index(2, DOCUMENT), "hours.md")
    assert document.draft.gold[2].document == "hours.md"
    assert page.rows.result_at(2) is None
    assert "score again" in page.card.words.text()
    page.rows.setData(page.rows.index(2, QUESTION), "When do you open?")
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert [one.question for one in document.draft.gold] == ["What do students pay?", "When do you open?"]
    page.table.why_asked.emit(1)
    open_studio.until(lambda: panel.search.cards, "the reasons")
    assert panel.place == SEARCH_PAGE
