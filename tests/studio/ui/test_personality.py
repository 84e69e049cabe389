"""The Personality panel: every field writes to the draft, undoes, and stands in the prompt that is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shared.contract.chatbot import Exchange, Fallback, ModelChoice
from shared.dialogue.cast import cast_of
from shared.dialogue.compose import system_text
from studio.files.documents import store_document
from studio.model.document import Document
from studio.model.edits import with_documents
from studio.ui.panels.model_limits import dollars, micros_of
from studio.ui.panels.personality import LINES_PAGE, MODEL_PAGE, PROMPT_PAGE, VOICE_PAGE, PersonalityPanel
from tests.studio.ui.conftest import StudioUnderTest

HOURS = b"The museum is open from ten to six, on Thursdays until nine.\n"


@pytest.fixture
def panel(open_studio: StudioUnderTest) -> PersonalityPanel:
    open_studio.window.workspace.show_section("personality")
    panel = open_studio.window.workspace.panels["personality"]
    assert isinstance(panel, PersonalityPanel)
    return panel


def test_every_field_goes_into_the_draft_and_back_with_undo(panel: PersonalityPanel, document: Document) -> None:
    untouched = document.draft
    role = panel.character.fields.lines["role"].edit

    QTest.keyClicks(role, "receptionist of ")
    QTest.keyClicks(role, "a museum")
    document.settle()
    languages = panel.character.languages
    languages.add.activated.emit(languages.add.findData("de"))
    languages.add.activated.emit(languages.add.findData("fr"))
    panel.show_page(VOICE_PAGE)
    QTest.keyClick(panel.voice.sliders["warmth"].slider, Qt.Key.Key_Right)
    QTest.keyClick(panel.voice.sliders["warmth"].slider, Qt.Key.Key_PageUp)
    panel.show_page(LINES_PAGE)
    QTest.keyClick(panel.fields["decline"].edit, Qt.Key.Key_End)
    QTest.keyClicks(panel.fields["decline"].edit, " Ask the desk.")

    person = document.draft.personality
    assert role.text() == person.role == "receptionist of a museum"
    assert person.languages == ("de", "fr")
    assert person.manner.warmth == pytest.approx(0.6)
    assert person.decline == "I am sorry, I do not know that. Ask the desk."
    assert document.history.names == (
        "Edit what it is", "Speak German", "Speak French", "Set the warmth", "Edit when it does not know",
    )  # fmt: skip
    for _ in range(5):
        document.undo()
    assert document.draft == untouched
    assert (role.text(), panel.voice.sliders["warmth"].slider.value()) == ("", 0)


def test_lines_and_examples_are_added_edited_moved_and_removed(
    panel: PersonalityPanel, document: Document, qapp: QApplication
) -> None:
    panel.show_page(VOICE_PAGE)
    do = panel.voice.fields.lists["do"]

    QTest.keyClicks(do.more, "Name the day")
    QTest.keyClick(do.more, Qt.Key.Key_Return)
    qapp.clipboard().setText("Offer the way\n\n  Stay calm ")
    QTest.keyClick(do.more, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document.draft.personality.do == ("Name the day", "Offer the way", "Stay calm")

    QTest.keyClick(do.edits[1], Qt.Key.Key_End)
    QTest.keyClicks(do.edits[1], " home")
    QTest.keyClick(do.edits[1], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    do.edits[2].clear()
    do.edits[2].left.emit()
    assert list(document.draft.personality.do) == ["Offer the way home", "Name the day"]
    assert [edit.text() for edit in do.edits] == ["Offer the way home", "Name the day"]

    examples = panel.voice.examples
    examples.begin()
    [card] = examples.cards

    card.visitor.edit.setPlainText("Ships?")
    unfinished = document.draft.personality.examples
    card.character.edit.setPlainText("Three!")

    assert unfinished == ()
    assert document.draft.personality.examples == (Exchange(visitor="Ships?", character="Three!"),)
    document.undo()
    assert examples.cards == []
    document.redo()
    assert examples.cards[0].character.edit.toPlainText() == "Three!"


def test_the_model_page_sets_routing_and_limits(
    panel: PersonalityPanel, document: Document, open_studio: StudioUnderTest
) -> None:
    panel.show_page(MODEL_PAGE)
    page = panel.model

    page.provider.activated.emit(page.provider.findData("anthropic"))
    page.fallbacks.add.click()
    page.fallbacks.add.click()
    QTest.keyClicks(page.fallbacks.rows[0].model.edit, "gpt-5.4")
    page.fallbacks.push(1)
    page.temperature.slider.setValue(8)
    page.length.slider.setValue(4)
    QTest.keyClicks(page.budget.field.edit, "12,5x")
    wrong = page.budget.field.edit.property("wrong")
    QTest.keyClick(page.budget.field.edit, Qt.Key.Key_Backspace)

    assert document.draft.models == ModelChoice(
        provider="anthropic",
        fallbacks=(Fallback(provider="compatible"), Fallback(provider="openai", model="gpt-5.4")),
        temperature=0.4,
        answer_tokens=300,
        monthly_budget_micros=12_500_000,
    )
    assert (wrong, page.budget.field.edit.property("wrong")) == (True, False)
    open_studio.until(lambda: "there is no key" in page.here, "who is asked here")
    page.temperature.own.click()
    assert document.draft.models.temperature is None


def test_the_prompt_is_shown_as_it_is_sent_with_its_cost(
    panel: PersonalityPanel, document: Document, open_studio: StudioUnderTest
) -> None:
    assert open_studio.desk.current is not None
    stored = store_document(open_studio.desk.current.project, "hours.txt", HOURS)
    models = ModelChoice(provider="anthropic", fallbacks=(Fallback(provider="compatible"),))
    document.change("Prepare", with_documents(document.draft, [stored]).model_copy(update={"models": models}))
    page = panel.prompt

    panel.show_page(PROMPT_PAGE)
    open_studio.until(lambda: page.costs, "the prompt")
    system, request = page.texts
    assert system == system_text(cast_of(document.draft))
    assert "<passages>" in request
    assert HOURS.decode().strip() in request
    assert request.endswith("The visitor says:\nWhat are your opening hours?")
    costs = list(page.costs.values())
    assert list(page.costs) == ["anthropic/claude-haiku-4-5", "compatible/default", "troupe/understudy"]
    assert costs[0].startswith("$")
    assert costs[1:] == ["price not known", "nothing"]

    document.change("Edit", document.draft.model_copy(update={"name": "Mira"}))
    open_studio.until(lambda: page.texts[0].startswith("You are Mira."), "the new prompt")


def test_amounts_are_read_and_written_as_people_do() -> None:
    assert [micros_of(text) for text in ("3", "$12.50", "0,5 $", "", "two", "1.2.3")] == [
        3_000_000, 12_500_000, 500_000, None, None, None,
    ]  # fmt: skip
    assert [dollars(micros) for micros in (3_000_000, 12_500_000, 1_234, 0)] == ["3", "12.50", "0.001234", "0"]
