"""The Rehearsal panel: a chat by exactly the code that performs for visitors, with the avatar acting beside it."""

import asyncio

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import AnyTurnEvent, TurnCitation, TurnCue, TurnDelta, TurnFailed, TurnFinished
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.chat_bubbles import Bubble, ChatbotMessage, Lesson, VisitorMessage
from studio.ui.panels.panel import Panel
from studio.ui.panels.reveal import Reveal
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.fields import GrowingEdit
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import box, clear, column, row, scrolled
from studio.ui.parts.notices import Notice
from studio.ui.problems import ProblemText
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT, WIDE

FRAME_MILLISECONDS = 33
THINKING_AFTER_MILLISECONDS = 400
"""Without a word for so long, it visibly thinks. Source: acting.md section 2."""


class QuestionEdit(GrowingEdit):
    """Where to ask: Enter asks, Shift+Enter begins a line, Escape gives up the words, or else stops the answer."""

    def __init__(self) -> None:
        super().__init__(lines=1, maximum_lines=6)
        self.asked = Signal[[]]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something here."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not shifted:
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RehearsalPanel(Panel):
    """Ask, watch, stop, begin again."""

    def __init__(self, bench: Bench) -> None:
        purpose = "Talk to your character as a visitor would. It acts in the viewport."
        super().__init__(bench, "Rehearsal", purpose, scrolls=False)
        self.answers: list[ChatbotMessage] = []
        self._reveal: Reveal | None = None
        self._answer: ChatbotMessage | None = None
        self._task: asyncio.Task[None] | None = None
        self._failure: tuple[str, str | None] | None = None
        """Why the turn failed, told once its words are out; and what to ask again."""
        self._greeting: Bubble | None = None
        self.lesson: Lesson | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MILLISECONDS)
        self._clock.timeout.connect(self._advance)
        self._thinking = QTimer(self)
        self._thinking.setSingleShot(True)
        self._thinking.setInterval(THINKING_AFTER_MILLISECONDS)
        self._thinking.timeout.connect(lambda: bench.actor.take_posture("thinking"))
        self._messages = QVBoxLayout()
        self._suggestions = Flow(TIGHT)
        self._advice = Notice(bench.theme)
        self.heading.addWidget(button(bench.theme, "Start again", self.restart, kind="quiet", icon="refresh"))
        self._scroll = self._conversation()
        self.question = self._question_line()
        self.send = IconButton(bench.theme, "send", "Ask (Enter)", self.ask, tone="accent_text")
        self.stop = button(bench.theme, "Stop", self.cancel, icon="stop", tip="Stop the answer (Esc)")
        self._lay_out()
        self._show_running(running=False)
        self.restart()
        self.follow_draft()

    def _conversation(self) -> QScrollArea:
        self._messages.setContentsMargins(WIDE, ROOM, WIDE, ROOM)
        self._messages.setSpacing(SNUG)
        self._messages.addStretch(1)
        content = QWidget()
        content.setLayout(self._messages)
        area = scrolled(content)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))
        return area

    def _question_line(self) -> QuestionEdit:
        made = QuestionEdit()
        made.setPlaceholderText("Ask something")
        made.setAccessibleName("Question")
        made.setToolTip("Enter asks, Shift+Enter begins a line")
        made.asked.connect(self.ask)
        made.textChanged.connect(self._listen)
        return made

    def _listen(self) -> None:
        if self.question.toPlainText():
            self.bench.actor.take_posture("listening")

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        line = row([self.question, self.send, self.stop])
        foot = column([self._advice, self._suggestions, line], spacing=SNUG)
        foot.setContentsMargins(WIDE, SNUG, WIDE, ROOM)
        self.body.addWidget(box(foot, "transport"))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Offer the suggested questions, and greet in the present words."""
        self._suggestions.clear()
        for text in draft.personality.suggestions:
            self._suggestions.addWidget(self._suggestion(text))
        self._suggestions.invalidate()
        advice = "It has no documents yet, so it can only greet and decline: add some under Knowledge."
        self._advice.tell("" if draft.knowledge else advice)
        if self._greeting is not None and not self.bench.rehearsal.history:
            self._greeting.show_text(draft.personality.greeting)

    def _suggestion(self, text: str) -> QPushButton:
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 300)
        return button(self.bench.theme, shown, lambda: self._ask(text), tip=text)

    def entered(self) -> None:
        """Ready to type; the knowledge is made ready meanwhile."""
        self.question.setFocus()
        self.bench.tasks.spawn("Preparing the rehearsal", self._prepare())

    async def _prepare(self) -> None:
        await self.bench.index.library_for(self.bench.draft)

    def restart(self) -> None:
        """Begin a new conversation: it greets."""
        self.cancel()
        self.bench.rehearsal.forget()
        self.answers = []
        clear(self._messages)
        self._messages.addStretch(1)
        self._greeting = Bubble(self.bench.draft.personality.greeting, "answer")
        self._add(self._greeting)
        self.lesson = Lesson(self.bench.theme)
        self._add(self.lesson)
        self.bench.actor.perform_role("greet", "happy", 0.8)

    def ask(self) -> None:
        """Ask what stands in the line."""
        text = self.question.toPlainText().strip()
        if text:
            self.question.clear()
            self._ask(text)

    def _ask(self, text: str) -> None:
        self.cancel()
        if self.lesson is not None:
            self.lesson.hide()
        self._add(VisitorMessage(text))
        self._begin_answer(text)

    def _ask_again(self, text: str, failed: ChatbotMessage) -> None:
        self.cancel()
        self.answers.remove(failed)
        self._messages.removeWidget(failed)
        failed.hide()
        failed.deleteLater()
        self._begin_answer(text)

    def _begin_answer(self, text: str) -> None:
        self._answer, self._reveal = ChatbotMessage(self.bench), Reveal()
        self.answers.append(self._answer)
        self._add(self._answer)
        self._show_running(running=True)
        self._thinking.start()
        work = self._perform(text, self._answer, self._reveal)
        self._task = self.bench.tasks.spawn("Answering", work, failed=lambda problem: self._show_problem(text, problem))

    def _add(self, widget: QWidget) -> None:
        self._messages.insertWidget(self._messages.count() - 1, widget)

    async def _perform(self, text: str, answer: ChatbotMessage, reveal: Reveal) -> None:
        async with self.bench.rehearsal.turn(text, self.bench.draft) as events:
            async for event in events:
                self._take(text, event, answer, reveal)

    def _take(self, question: str, event: AnyTurnEvent, answer: ChatbotMessage, reveal: Reveal) -> None:
        if isinstance(event, TurnDelta):
            self._thinking.stop()
            reveal.take_delta(event)
            self._clock.start()
        elif isinstance(event, TurnCue):
            reveal.take_cue(event)
        elif isinstance(event, TurnCitation):
            answer.add_citation(event)
        elif isinstance(event, TurnFinished):
            self._finish(question, event, answer, reveal)
        elif isinstance(event, TurnFailed):
            self._failure = (event.sentence, question if event.retryable else None)
            reveal.complete(None)
            self._clock.start()

    def _finish(self, question: str, event: TurnFinished, answer: ChatbotMessage, reveal: Reveal) -> None:
        answer.show_finish(event)
        self.bench.rehearsal.remember(question, event.text)
        reveal.complete(event.text)
        self._clock.start()

    def _advance(self) -> None:
        if self._reveal is None or self._answer is None:
            self._clock.stop()
            return
        before = self._reveal.shown
        cues = self._reveal.advance(FRAME_MILLISECONDS / 1000)
        if self._reveal.shown != before:
            self._answer.show_text(self._reveal.shown)
            self.bench.actor.take_posture("talking")
            self.bench.actor.speak(self._reveal.shown[len(before) :])
        for cue in cues:
            self._answer.add_cue(cue)
            self.bench.actor.perform(cue)
        if self._reveal.over:
            self._end()

    def _end(self) -> None:
        self._clock.stop()
        self._thinking.stop()
        if self._failure is not None and self._answer is not None:
            self._show_failure(self._answer, *self._failure)
        self._failure = None
        self._reveal = self._answer = self._task = None
        self.bench.actor.take_posture("idle")
        self._show_running(running=False)

    def cancel(self) -> None:
        """Stop the answer: what is not out yet is dropped, text and gestures alike."""
        if self._task is not None:
            self._task.cancel()
        if self._reveal is not None and self._answer is not None:
            self._reveal.stop()
            self._answer.show_text(self._reveal.shown or "(stopped)")
        self.bench.actor.drop_cues()
        self._end()

    def _show_failure(self, answer: ChatbotMessage, sentence: str, question: str | None) -> None:
        again = None if question is None else lambda: self._ask_again(question, answer)
        answer.show_failure(sentence, again)

    def _show_problem(self, question: str, problem: ProblemText) -> None:
        self._failure = (problem.sentence, question)
        self._end()

    def _show_running(self, *, running: bool) -> None:
        self.send.setVisible(not running)
        self.stop.setVisible(running)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops the answer."""
        if event.key() == Qt.Key.Key_Escape and self._task is not None:
            self.cancel()
            return
        super().keyPressEvent(event)
