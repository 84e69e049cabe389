"""The rehearsal's chat: asked and answered by exactly the code that performs for visitors, and acted beside it."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import AnyTurnEvent, TurnCitation, TurnCue, TurnDelta, TurnFailed, TurnFinished
from studio.model.signals import Signal
from studio.rehearsal.expectations import Performance
from studio.ui.bench import Bench
from studio.ui.panels.chat_bubbles import Bubble, ChatbotMessage, Lesson, VisitorMessage
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
    """Where to ask: Enter asks, Shift+Enter begins a line, Up brings the last question back, Escape clears."""

    def __init__(self) -> None:
        super().__init__(lines=1, maximum_lines=6)
        self.asked = Signal[[]]()
        self.recalled = Signal[[]]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something here."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not shifted:
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.recalled.emit()
        else:
            super().keyPressEvent(event)


class TalkPage(QWidget):
    """Ask, watch, stop, begin again."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.answer_changed = Signal[[ChatbotMessage]]()
        """More of an answer is known: words, cues, its end."""
        self.place_changed = Signal[[ChatbotMessage, int | None]]()
        """So many characters of an answer are out; None is all."""
        self.chosen = Signal[[ChatbotMessage, TurnCue | None]]()
        self.restarted = Signal[[]]()
        self.answers: list[ChatbotMessage] = []
        self._reveal: Reveal | None = None
        self._answer: ChatbotMessage | None = None
        self._acts_again = False
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
        self._scroll = self._conversation()
        self.question = self._question_line()
        self.send = IconButton(bench.theme, "send", "Ask (Enter)", self.ask, tone="accent_text")
        self.stop = button(bench.theme, "Stop", self.cancel, icon="stop", tip="Stop the answer (Esc)")
        # Wherever the focus is: in the viewport, on the timeline, in a half-written question.
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self.cancel)
        self._lay_out()
        self._show_running(running=False)
        self.restart()

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
        made.setToolTip("Enter asks, Shift+Enter begins a line, Up brings the last question back")
        made.asked.connect(self.ask)
        made.recalled.connect(self._recall)
        made.textChanged.connect(self._listen)
        return made

    def _listen(self) -> None:
        if self.question.toPlainText():
            self.bench.actor.take_posture("listening")

    def _recall(self) -> None:
        if self.answers:
            self.question.setPlainText(self.answers[-1].question)
            self.question.moveCursor(self.question.textCursor().MoveOperation.End)

    def _lay_out(self) -> None:
        line = row([self.question, self.send, self.stop])
        foot = column([self._advice, self._suggestions, line], spacing=SNUG)
        foot.setContentsMargins(WIDE, SNUG, WIDE, ROOM)
        layout = column([self._scroll, box(foot, "transport")], spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    @property
    def running(self) -> bool:
        """Is an answer on its way, or being acted?"""
        return self._reveal is not None

    @property
    def performances(self) -> Sequence[Performance]:
        """The answers that ended well, in order."""
        return [one for answer in self.answers if (one := answer.performance) is not None]

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
        self.restarted.emit()

    def ask(self) -> None:
        """Ask what stands in the line."""
        text = self.question.toPlainText().strip()
        if text:
            self.question.clear()
            self._ask(text)

    def act_again(self, answer: ChatbotMessage, cues: Sequence[TurnCue]) -> None:
        """Let an answer that has ended come out once more, acted by these cues."""
        if answer.finished is None:
            return
        self.cancel()
        answer.drop_cues()
        self._answer, self._reveal, self._acts_again = answer, Reveal(), True
        for cue in cues:
            self._reveal.take_cue(cue)
        self._reveal.complete(answer.finished.text)
        self._show_running(running=True)
        self._clock.start()

    def _ask(self, text: str) -> None:
        self.cancel()
        if self.lesson is not None:
            self.lesson.hide()
        self._add(VisitorMessage(text))
        self._begin_answer(text)

    def _ask_again(self, failed: ChatbotMessage) -> None:
        self.cancel()
        self.answers.remove(failed)
        self._messages.removeWidget(failed)
        failed.hide()
        failed.deleteLater()
        self._begin_answer(failed.question)

    def _begin_answer(self, text: str) -> None:
        answer = self._answer = ChatbotMessage(self.bench, text)
        self._reveal, self._acts_again = Reveal(), False
        answer.chosen.connect(lambda cue: self.chosen.emit(answer, cue))
        self.answers.append(answer)
        self._add(answer)
        self._show_running(running=True)
        self._thinking.start()
        self.answer_changed.emit(answer)
        work = self._perform(answer, self._reveal)
        self._task = self.bench.tasks.spawn(
            "Answering", work, failed=lambda problem: self._show_problem(answer, problem)
        )

    def _add(self, widget: QWidget) -> None:
        self._messages.insertWidget(self._messages.count() - 1, widget)

    async def _perform(self, answer: ChatbotMessage, reveal: Reveal) -> None:
        async with self.bench.rehearsal.turn(answer.question, self.bench.draft, answer.trace) as events:
            async for event in events:
                self._take(event, answer, reveal)

    def _take(self, event: AnyTurnEvent, answer: ChatbotMessage, reveal: Reveal) -> None:
        if isinstance(event, TurnDelta):
            self._thinking.stop()
            reveal.take_delta(event)
            answer.heard = answer.heard[: event.offset] + event.text
            self._clock.start()
            self.answer_changed.emit(answer)
        elif isinstance(event, TurnCue):
            answer.sent.append(event)
            reveal.take_cue(event)
        elif isinstance(event, TurnCitation):
            answer.add_citation(event)
        elif isinstance(event, TurnFinished):
            self._finish(event, answer, reveal)
        elif isinstance(event, TurnFailed):
            self._failure = (event.sentence, answer.question if event.retryable else None)
            reveal.complete(None)
            self._clock.start()

    def _finish(self, event: TurnFinished, answer: ChatbotMessage, reveal: Reveal) -> None:
        answer.show_finish(event)
        clips = [cue.clip for cue in answer.sent if cue.clip]
        self.bench.rehearsal.remember(answer.question, event.text, clips)
        reveal.complete(event.text)
        self._clock.start()
        self.answer_changed.emit(answer)

    def _advance(self) -> None:
        if self._reveal is None or self._answer is None:
            self._clock.stop()
            return
        before = self._reveal.shown
        cues = self._reveal.advance(FRAME_MILLISECONDS / 1000)
        if self._reveal.shown != before:
            self._answer.show_text(self._reveal.shown)
            self.place_changed.emit(self._answer, len(self._reveal.shown))
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
        answer, failure = self._answer, self._failure
        self._failure = None
        self._reveal = self._answer = self._task = None
        self.bench.actor.take_posture("idle")
        self._show_running(running=False)
        if answer is None:
            return
        if failure is not None:
            answer.show_failure(failure[0], None if failure[1] is None else lambda: self._ask_again(answer))
        self.place_changed.emit(answer, None)

    def cancel(self) -> None:
        """Stop the answer: what is not out yet is dropped, text and gestures alike."""
        if self._task is not None:
            self._task.cancel()
        if self._reveal is not None and self._answer is not None:
            self._reveal.stop()
            self._keep(self._answer, self._reveal.shown)
        self.bench.actor.drop_cues()
        self._end()

    def _keep(self, answer: ChatbotMessage, shown: str) -> None:
        """What was out stays said, as on the server; an answer that was only acted again is whole as before."""
        if answer.finished is None and shown:
            self.bench.rehearsal.remember(answer.question, shown)
        whole = answer.finished.text if self._acts_again and answer.finished else shown
        answer.show_text(whole or "(stopped)")

    def _show_problem(self, answer: ChatbotMessage, problem: ProblemText) -> None:
        self._failure = (problem.sentence, answer.question)
        self._end()

    def _show_running(self, *, running: bool) -> None:
        self.send.setVisible(not running)
        self.stop.setVisible(running)
        self._escape.setEnabled(running)
