"""What holds the panels together: history, background work, drops on the window, recent projects."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from shared.errors import BadRequest
from studio.model.edits import with_personality
from studio.ui.activity import ActivityCard, JobRow
from studio.ui.command_finder import CommandFinder, matching
from studio.ui.dialogs import Question
from studio.ui.history_list import BEGINNING, HistoryList
from studio.ui.start_rows import THUMBNAIL_FILE
from studio.ui.tasks import Tasks
from tests.studio.ui.conftest import AVATAR, StudioUnderTest


def dropped(path: Path) -> QDropEvent:
    """A file let go over the window."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    # Qt keeps no reference: the data must live as long as the event.
    event.carried = carried  # type: ignore[attr-defined]
    return event


def test_any_step_of_the_history_is_one_click_away(open_studio: StudioUnderTest) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    for greeting in ("One", "Two", "Three"):
        document.change(f"Say {greeting}", with_personality(document.draft, greeting=greeting))
    document.undo()

    open_studio.window.menus.history.trigger()
    shown = open_studio.window.findChild(HistoryList)
    assert isinstance(shown, HistoryList)
    names = [shown.list.item(row).text() for row in range(shown.list.count())]
    assert names == [BEGINNING, "Say One", "Say Two", "Say Three"]
    assert shown.list.currentRow() == 2
    QTest.keyClick(shown.list, Qt.Key.Key_Home)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)

    assert document.history.undone_names == ("Say One", "Say Two", "Say Three")
    document.go_to(3)
    assert document.draft.personality.greeting == "Three"


def test_background_work_shows_how_far_it_is_and_can_be_cancelled(studio: StudioUnderTest) -> None:
    began, ended = asyncio.Event(), []

    async def work() -> None:
        studio.tasks.reporter()(0.25, "Clip 5 of 20")
        began.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def until_begun() -> None:
        studio.tasks.spawn("Measuring", work())
        await began.wait()
        await asyncio.sleep(0)

    studio.run(until_begun())
    studio.until(studio.window.topbar.activity.isVisible, "the ring")
    studio.window.topbar.activity.open()
    card = studio.window.topbar.activity.findChild(ActivityCard)
    assert isinstance(card, ActivityCard)
    row = card.findChild(JobRow)
    assert isinstance(row, JobRow)
    assert [found.text() for found in row.findChildren(QLabel)] == ["Measuring", "Clip 5 of 20"]
    assert studio.window.topbar.activity.fraction == 0.25
    studio.tasks.jobs[0].cancel()
    studio.until(lambda: ended, "the work to end")

    assert studio.tasks.jobs == ()
    assert not studio.tasks.failures
    done = studio.window.topbar.activity.grab().toImage()
    assert len({done.pixel(x, y) for x in range(done.width()) for y in range(done.height())}) == 1, "no mark of failure"
    card.close()


def test_what_went_wrong_can_be_read_later(studio: StudioUnderTest) -> None:
    async def fails() -> None:
        raise BadRequest("The file is gone. Choose it again.")

    studio.tasks.spawn("Importing", fails())
    studio.until(lambda: studio.tasks.failures, "the failure")
    studio.until(studio.window.topbar.activity.isVisible, "the mark")

    name, problem = studio.tasks.failures[-1]
    assert (name, problem.sentence) == ("Importing", "The file is gone. Choose it again.")


def test_work_without_an_owner_reports_to_nobody(loop: asyncio.AbstractEventLoop) -> None:
    tasks = Tasks()

    async def alone() -> None:
        tasks.reporter()(0.5, "unheard")

    loop.run_until_complete(alone())

    assert tasks.jobs == ()


def test_a_document_dropped_anywhere_goes_to_the_knowledge(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    note = tmp_path / "opening-hours.md"
    note.write_text("# Opening hours\n\nWe open at nine.\n")

    open_studio.window.dropEvent(dropped(note))
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    open_studio.until(lambda: document.draft.knowledge, "the document")

    assert open_studio.window.workspace.section == "knowledge"
    assert document.draft.knowledge[0].blob.name == "opening-hours.md"


def test_an_avatar_dropped_on_an_open_project_asks_what_it_is_for(open_studio: StudioUnderTest) -> None:
    open_studio.window.dropEvent(dropped(AVATAR))

    question = open_studio.window.findChild(Question)
    assert isinstance(question, Question)
    assert [found.text() for found in question.findChildren(QPushButton)] == [
        "Cancel",
        "New project",
        "Replace the avatar",
    ]
    question.close()


@pytest.mark.usefixtures("hooked")
def test_a_saved_project_is_known_by_its_picture(open_studio: StudioUnderTest) -> None:
    assert open_studio.desk.current is not None
    document, project = open_studio.desk.current.document, open_studio.desk.current.project
    document.change("Greet", with_personality(document.draft, greeting="Hi!"))

    open_studio.window.save()

    kept = QPixmap(str(project.cache / THUMBNAIL_FILE)).toImage()
    assert kept.width() == kept.height() == 88
    assert len({kept.pixel(x, 44) for x in range(88)}) > 8


def test_any_command_is_found_by_a_part_of_its_name(open_studio: StudioUnderTest) -> None:
    open_studio.window.find_command()
    finder = open_studio.window.findChild(CommandFinder)
    assert isinstance(finder, CommandFinder)
    QTest.keyClicks(finder.field, "knowl")
    assert finder.rows.count() == 1

    QTest.keyClick(finder.field, Qt.Key.Key_Return)

    assert open_studio.window.workspace.section == "knowledge"


def test_commands_that_begin_with_the_words_come_first() -> None:
    names = ["Open project", "Close project", "Project folder"]

    assert matching("proj", names) == [2, 0, 1]
    assert matching("open pro", names) == [0]
    assert matching("", names) == [0, 1, 2]
    assert matching("elephant", names) == []


def test_what_moves_elsewhere_in_the_window_does_not_hold_the_stage_up(open_studio: StudioUnderTest) -> None:
    ring = open_studio.window.topbar.activity
    ring.show()
    restless = QTimer(ring)
    restless.setInterval(5)
    restless.timeout.connect(ring.update)
    restless.start()

    open_studio.frames(5)
