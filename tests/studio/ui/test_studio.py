"""The designer's way through the studio, in a real window."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from shared.contract.acting import RoleClip
from studio.files.journal import recovered_draft
from studio.files.project import Project, load_draft
from studio.model.checklist import SECTIONS
from studio.ui.dialogs import NewProjectDialog, Question
from studio.ui.panels.acting import ActingPanel
from studio.ui.panels.avatar import AvatarPanel
from studio.ui.panels.knowledge import KnowledgePanel
from studio.ui.panels.look import LookPanel
from studio.ui.panels.personality import PersonalityPanel
from studio.ui.panels.rehearsal import RehearsalPanel
from tests.studio.ui.conftest import AVATAR, StudioUnderTest, differing_share

Kind = TypeVar("Kind")
TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"


def panel_of(studio: StudioUnderTest, kind: type[Kind]) -> Kind:
    """The panel of a kind."""
    return next(panel for panel in studio.window.workspace.panels.values() if isinstance(panel, kind))


def click(widget: QPushButton) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_dropped_glb_becomes_a_project(studio: StudioUnderTest, tmp_path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(AVATAR))])
    left = Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, carried, left, Qt.KeyboardModifier.NoModifier)

    studio.window.start.stage.dropEvent(drop)
    dialog = studio.window.findChild(NewProjectDialog)
    assert isinstance(dialog, NewProjectDialog)
    dialog.home.show_text(str(tmp_path / "new"))
    click(dialog.make)
    studio.until(lambda: studio.desk.current is not None, "the new project")

    saved = load_draft(Project(tmp_path / "new" / "Pip"))
    assert {"idle", "talking", "greet", "nod"} <= set(saved.acting.roles)
    assert studio.window.workspace.rail.buttons["avatar"].standing in {"fine", "warning"}
    studio.frames(2)


def test_a_file_that_is_no_avatar_is_refused_in_a_sentence(studio: StudioUnderTest, tmp_path: Path) -> None:
    broken = tmp_path / "broken.glb"
    broken.write_bytes(AVATAR.read_bytes()[:5_000])

    studio.window.create_project(tmp_path / "new", broken)
    studio.until(lambda: studio.window.toasts.texts, "a message")

    assert studio.window.toasts.texts[0] == "This avatar cannot be read"
    assert not (tmp_path / "new").exists()
    assert studio.desk.current is None


def test_a_played_clip_changes_the_picture(open_studio: StudioUnderTest) -> None:
    avatar = panel_of(open_studio, AvatarPanel)
    actor = open_studio.window.view.actor
    actor.toggle_pause()
    before = open_studio.picture()

    clip = next(place for place, row in enumerate(avatar.clips.rows.rows) if row.roles == ("Greet",))
    avatar.clips.setCurrentIndex(avatar.clips.rows.index(clip))
    QTest.keyClick(avatar.clips, Qt.Key.Key_Space)
    assert actor.playing == avatar.clips.rows.rows[clip].name
    actor.seek(actor.clip_seconds / 2)
    open_studio.frames(1)

    assert differing_share(before, open_studio.picture()) > 0.01


def test_the_picture_stands_still_while_paused(open_studio: StudioUnderTest) -> None:
    open_studio.window.view.actor.toggle_pause()
    open_studio.until(lambda: open_studio.window.view.canvas.finished, "the finest picture")
    before, drawn = open_studio.picture(), open_studio.window.view.canvas.frames_drawn

    open_studio.until(lambda: open_studio.window.view.canvas._clock.elapsed() >= 0, "the clock")

    assert differing_share(before, open_studio.picture()) == 0
    assert open_studio.window.view.canvas.frames_drawn - drawn <= 2


def test_a_changed_role_can_be_undone_from_another_panel(open_studio: StudioUnderTest) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    before = document.draft.acting.roles["shrug"]
    board = panel_of(open_studio, ActingPanel).roles

    board.give("shrug", "Wave")
    assert document.draft.acting.roles["shrug"] == (*before, RoleClip(clip="Wave"))
    assert len(board.rows["shrug"].cards) == len(before) + 1
    open_studio.window.workspace.show_section("personality")
    QTest.keyClick(panel_of(open_studio, PersonalityPanel).name.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert document.draft.acting.roles["shrug"] == before
    assert len(board.rows["shrug"].cards) == len(before)


def test_typing_is_one_step_and_comes_back_with_undo(open_studio: StudioUnderTest) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    open_studio.window.workspace.show_section("personality")
    field = panel_of(open_studio, PersonalityPanel).fields["about"]

    QTest.keyClicks(field.edit, "Pip greets.")
    assert document.draft.personality.about == "Pip greets."
    assert len(document.history.names) == 1
    open_studio.window.undo()

    assert document.draft.personality.about == ""
    assert field.edit.toPlainText() == ""


def test_a_rehearsal_answers_from_an_added_document_and_acts(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    source = tmp_path / "tickets.txt"
    source.write_text(TICKETS, encoding="utf-8")
    panel_of(open_studio, KnowledgePanel).add([source])
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    open_studio.until(lambda: document.draft.knowledge, "the document")
    open_studio.window.workspace.show_section("rehearsal")
    rehearsal = panel_of(open_studio, RehearsalPanel)

    rehearsal.talk.question.setPlainText("What do students pay for a ticket?")
    rehearsal.talk.ask()
    answer = rehearsal.talk.answers[-1]
    open_studio.until(lambda: rehearsal.talk.send.isVisible(), "the answer's end")

    assert "8 euros" in answer.shown
    assert answer.sources == ["1  Tickets"]
    assert answer.acted


def test_stopping_drops_what_is_not_out_yet(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    source = tmp_path / "tickets.txt"
    source.write_text(TICKETS, encoding="utf-8")
    panel_of(open_studio, KnowledgePanel).add([source])
    open_studio.window.workspace.show_section("rehearsal")
    rehearsal = panel_of(open_studio, RehearsalPanel)
    rehearsal.talk.question.setPlainText("What do students pay for a ticket?")
    rehearsal.talk.ask()
    answer = rehearsal.talk.answers[-1]
    open_studio.until(lambda: len(answer.shown) > 3, "some words")

    rehearsal.talk.stop.click()
    shown = answer.shown
    open_studio.frames(10)

    assert answer.shown == shown
    assert "8 euros" not in shown
    assert rehearsal.talk.send.isVisible()


def test_an_unreadable_document_says_so_in_its_line(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    source = tmp_path / "broken.pdf"
    source.write_bytes(b"%PDF-1.7 nothing")
    knowledge = panel_of(open_studio, KnowledgePanel)

    knowledge.add([source])
    open_studio.until(lambda: any("failed" in state for state in knowledge.states), "the line to say so")

    assert open_studio.window.toasts.texts == []


def test_the_theme_changes_every_surface_and_is_remembered(open_studio: StudioUnderTest, qapp: QApplication) -> None:
    before = open_studio.window.workspace.rail.grab().toImage()
    stage_before = open_studio.picture()

    open_studio.window.menus.turn.trigger()
    open_studio.frames(1)

    assert differing_share(before, open_studio.window.workspace.rail.grab().toImage()) > 0.8
    assert differing_share(stage_before, open_studio.picture()) > 0.2
    assert open_studio.desk.preferences.appearance == "light"


def test_every_section_has_a_key(open_studio: StudioUnderTest) -> None:
    workspace = open_studio.window.workspace

    for number, section in enumerate(SECTIONS, start=1):
        QTest.keyClick(open_studio.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)

        assert workspace.section == section
        assert workspace.rail.buttons[section].isChecked()


def test_closing_with_unsaved_changes_asks_and_saving_goes_on(open_studio: StudioUnderTest, project: Path) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    document.change("Rename", document.draft.model_copy(update={"name": "Pipa"}))

    open_studio.window.close()
    assert open_studio.window.isVisible()
    question = open_studio.window.findChild(Question)
    assert question is not None
    save = next(found for found in question.findChildren(QPushButton) if found.text() == "Save")
    save.click()

    assert not open_studio.window.isVisible()
    assert load_draft(Project(project)).name == "Pipa"


def test_what_is_unsaved_is_journalled_and_comes_back(open_studio: StudioUnderTest, project: Path) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    document.change("Rename", document.draft.model_copy(update={"name": "Unsaved"}))
    saved = load_draft(Project(project))
    open_studio.until(lambda: recovered_draft(Project(project), saved), "the journal")

    # As after a crash: nothing was saved, nothing was closed.
    open_studio.run(open_studio.desk.open(project))

    assert open_studio.desk.current.document.draft.name == "Unsaved"
    assert open_studio.desk.current.recovered
    assert not open_studio.desk.current.document.saved


def test_what_was_undone_does_not_come_back(open_studio: StudioUnderTest, project: Path) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    saved = load_draft(Project(project))
    document.change("Rename", document.draft.model_copy(update={"name": "Unsaved"}))
    open_studio.until(lambda: recovered_draft(Project(project), saved), "the journal")

    document.undo()
    open_studio.until(lambda: recovered_draft(Project(project), saved) is None, "the journal to be cleared")

    assert document.saved


def test_look_and_model_are_part_of_the_draft(open_studio: StudioUnderTest) -> None:
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    look, model = panel_of(open_studio, LookPanel), panel_of(open_studio, PersonalityPanel).model

    look.style_page.accent.swatches[2].click()
    look.style_page.framing.button_of("bust").click()
    look.place_page.side.button_of("left").click()
    model.provider.activated.emit(model.provider.findData("anthropic"))

    draft = document.draft
    assert (draft.look.accent, draft.look.framing, draft.placement.side) == ("#0f766e", "bust", "left")
    assert draft.models.provider == "anthropic"
    assert document.history.names == (
        "Choose the accent", "Choose the widget's framing", "Choose the widget's side", "Choose the model",
    )  # fmt: skip


def test_a_broken_stage_is_told_and_does_not_take_the_window_down(
    open_studio: StudioUnderTest, hooked: list[BaseException]
) -> None:
    def broken() -> None:
        raise RuntimeError("no such shader")

    open_studio.window.view.actor.pose = broken  # type: ignore[method-assign]  # a fault on purpose
    open_studio.until(lambda: hooked, "the fault to surface")

    assert str(hooked[0]) == "no such shader"
    assert any("no such shader" in text for text in open_studio.window.toasts.texts)
    assert open_studio.window.isVisible()


def test_a_fault_in_background_work_is_told(studio: StudioUnderTest, hooked: list[BaseException]) -> None:
    async def faulty() -> None:
        raise RuntimeError("off by one")

    studio.tasks.spawn("Working", faulty())
    studio.until(lambda: studio.window.toasts.texts, "a message")

    assert [str(error) for error in hooked] == ["off by one"]
    assert studio.window.toasts.texts[0] == "The studio made a mistake"
    assert studio.tasks.names == ()
