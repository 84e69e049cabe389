"""The rehearsal's bubbles and keys, in a real window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import AnyTurnEvent, TurnFailed
from shared.dialogue.trace import TurnTrace
from studio.remote.keys import KeptKey
from studio.ui.panels.rehearsal import RehearsalPanel
from studio.ui.panels.rehearsal_talk import TalkPage
from tests.providers.loopback import Loopback
from tests.providers.script import Script
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


def test_a_new_question_interrupts_a_real_stream(open_studio: StudioUnderTest) -> None:
    talk = talk_of(open_studio)
    words = ("<act happy 0.9 greet/>Hello ", "and welcome, ", "dear visitor.")
    server = Loopback(Script(tokens=words, pause_after=2))
    open_studio.run(entered(server))
    kept = KeptKey("test-key", f"{server.url}/v1", "llama")
    open_studio.run(talk.bench.parts.keep_key("compatible", kept))

    talk.question.setPlainText("Hello!")
    talk.ask()
    open_studio.until(lambda: talk.answers[0].shown == "Hello and welcome,", "the words that came")
    gestured = open_studio.window.view.actor.seen[1]
    server.script = Script(tokens=("Here ", "I am."))
    talk.question.setPlainText("Thanks!")
    talk.ask()
    cut = talk.answers[0].shown
    open_studio.until(lambda: talk.send.isVisible(), "the second answer's end")
    open_studio.run(left(server))

    assert gestured == "gesture"
    assert (cut, talk.answers[0].shown, talk.answers[0].finished) == ("Hello and welcome,", cut, None)
    assert talk.answers[1].shown == "Here I am."
    said = [message.text for message in talk.bench.rehearsal.history]
    assert said == ["Hello!", "Hello and welcome,", "Thanks!", "Here I am."]
    assert server.requests[1].body["messages"][1]["content"] == "Hello!"


async def entered(server: Loopback) -> None:
    await server.__aenter__()


async def left(server: Loopback) -> None:
    await server.__aexit__(None, None, None)
