"""The rehearsal's bubbles and keys, in a real window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import AnyTurnEvent, TurnFailed
from shared.dialogue.trace import TurnTrace
from studio.ui.panels.rehearsal import RehearsalPanel
from studio.ui.panels.rehearsal_talk import TalkPage
from tests.studio.ui.conftest import StudioUnderTest

SENTENCE = "The model did not answer in time."


def talk_of(studio: StudioUnderTest) -> TalkPage:
    """The open project's chat, on screen."""
    studio.window.workspace.show_section("rehearsal")
    panel = studio.window.workspace.panels["rehearsal"]
    assert isinstance(panel, RehearsalPanel)
    return panel.talk


@asynccontextmanager
async def failing(
    text: str, draft: ChatbotDraft, trace: TurnTrace | None = None
) -> AsyncIterator[AsyncIterator[AnyTurnEvent]]:
    """A turn that fails before its first word."""

    async def events() -> AsyncIterator[AnyTurnEvent]:
        yield TurnFailed(turn_id=UUID(int=1), seq=1, code="model_failed", sentence=SENTENCE)

    yield events()


def test_a_failed_turn_can_be_asked_again(open_studio: StudioUnderTest) -> None:
    talk = talk_of(open_studio)
    real = talk.bench.rehearsal.turn
    talk.bench.rehearsal.turn = failing  # type: ignore[method-assign]  # a fault on purpose
    talk.question.setPlainText("Hello!")
    talk.ask()
    failed = talk.answers[-1]
    open_studio.until(lambda: failed.retry is not None, "the button")

    talk.bench.rehearsal.turn = real  # type: ignore[method-assign]  # and its end
    assert failed.retry is not None
    assert not failed.bubble.isVisible()
    failed.retry.click()
    open_studio.until(lambda: talk.send.isVisible(), "the answer's end")

    assert len(talk.answers) == 1
    assert talk.answers[0] is not failed
    assert talk.answers[0].shown
    assert talk.answers[0].retry is None


def test_enter_asks_and_shift_enter_begins_a_line(open_studio: StudioUnderTest) -> None:
    talk = talk_of(open_studio)
    QTest.keyClicks(talk.question, "Hello")
    QTest.keyClick(talk.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(talk.question, "you")
    typed, asked = talk.question.toPlainText(), len(talk.answers)

    QTest.keyClick(talk.question, Qt.Key.Key_Return)

    assert (typed, asked) == ("Hello\nyou", 0)
    assert len(talk.answers) == 1
    assert talk.question.toPlainText() == ""
    open_studio.until(lambda: talk.answers[-1].shown, "the first words")
    talk.cancel()
    QTest.keyClick(talk.question, Qt.Key.Key_Up)
    assert talk.question.toPlainText() == "Hello\nyou"


def test_escape_stops_the_answer_wherever_the_focus_is(open_studio: StudioUnderTest) -> None:
    talk = talk_of(open_studio)
    talk.question.setPlainText("Hello!")
    talk.ask()
    open_studio.until(lambda: talk.answers[-1].shown, "the first words")
    talk.question.setPlainText("A new question, half written")

    QTest.keyClick(open_studio.window.view.canvas, Qt.Key.Key_Escape)

    shown = talk.answers[-1].shown
    assert not talk.running
    assert talk.question.toPlainText() == "A new question, half written"
    open_studio.frames(3)
    assert talk.answers[-1].shown == shown


def test_the_lesson_goes_with_the_first_question_and_comes_back(open_studio: StudioUnderTest) -> None:
    talk = talk_of(open_studio)
    assert talk.lesson is not None
    before = talk.lesson.isVisible()

    talk.question.setPlainText("Hello")
    talk.ask()
    after = talk.lesson.isVisible()
    open_studio.until(lambda: talk.answers[-1].shown, "the first words")
    talk.restart()

    assert (before, after) == (True, False)
    open_studio.until(talk.lesson.isVisible, "the lesson")
