"""The rehearsal's bubbles and keys, in a real window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import AnyTurnEvent, TurnFailed
from studio.ui.panels.rehearsal import RehearsalPanel
from tests.studio.ui.conftest import StudioUnderTest

SENTENCE = "The model did not answer in time."


def rehearsal_of(studio: StudioUnderTest) -> RehearsalPanel:
    """The open project's rehearsal, on screen."""
    studio.window.workspace.show_section("rehearsal")
    panel = studio.window.workspace.panels["rehearsal"]
    assert isinstance(panel, RehearsalPanel)
    return panel


@asynccontextmanager
async def failing(text: str, draft: ChatbotDraft) -> AsyncIterator[AsyncIterator[AnyTurnEvent]]:
    """A turn that fails before its first word."""

    async def events() -> AsyncIterator[AnyTurnEvent]:
        yield TurnFailed(turn_id=UUID(int=1), seq=1, code="model_failed", sentence=SENTENCE)

    yield events()


def test_a_failed_turn_can_be_asked_again(open_studio: StudioUnderTest) -> None:
    panel = rehearsal_of(open_studio)
    real = panel.bench.rehearsal.turn
    panel.bench.rehearsal.turn = failing  # type: ignore[method-assign]  # a fault on purpose
    panel.question.setPlainText("Hello!")
    panel.ask()
    failed = panel.answers[-1]
    open_studio.until(lambda: failed.retry is not None, "the button")

    panel.bench.rehearsal.turn = real  # type: ignore[method-assign]  # and its end
    assert failed.retry is not None
    assert not failed.bubble.isVisible()
    failed.retry.click()
    open_studio.until(lambda: panel.send.isVisible(), "the answer's end")

    assert len(panel.answers) == 1
    assert panel.answers[0] is not failed
    assert panel.answers[0].shown
    assert panel.answers[0].retry is None


def test_enter_asks_and_shift_enter_begins_a_line(open_studio: StudioUnderTest) -> None:
    panel = rehearsal_of(open_studio)
    QTest.keyClicks(panel.question, "Hello")
    QTest.keyClick(panel.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(panel.question, "you")
    typed, asked = panel.question.toPlainText(), len(panel.answers)

    QTest.keyClick(panel.question, Qt.Key.Key_Return)

    assert (typed, asked) == ("Hello\nyou", 0)
    assert len(panel.answers) == 1
    assert panel.question.toPlainText() == ""
    open_studio.until(lambda: panel.answers[-1].shown, "the first words")
    panel.cancel()


def test_the_lesson_goes_with_the_first_question_and_comes_back(open_studio: StudioUnderTest) -> None:
    panel = rehearsal_of(open_studio)
    assert panel.lesson is not None
    before = panel.lesson.isVisible()

    panel.question.setPlainText("Hello")
    panel.ask()
    after = panel.lesson.isVisible()
    open_studio.until(lambda: panel.answers[-1].shown, "the first words")
    panel.restart()

    assert (before, after) == (True, False)
    open_studio.until(panel.lesson.isVisible, "the lesson")
