"""The Rehearsal panel: talk, saved conversations and rules, with the cue timeline in a drawer under the viewport."""

from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from shared.contract.acting import CueRule
from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import TurnCue
from shared.dialogue.staging import restaged
from shared.dialogue.trace import ConsideredCue
from studio.rehearsal.wording import sendable
from studio.ui.bench import Bench
from studio.ui.panels.chat_bubbles import ChatbotMessage
from studio.ui.panels.cue_drawer import CueDrawer
from studio.ui.panels.desk_keys import DeskKeys
from studio.ui.panels.panel import Panel
from studio.ui.panels.rehearsal_rules import RulesPage
from studio.ui.panels.rehearsal_saved import SavedPage
from studio.ui.panels.rehearsal_talk import TalkPage
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.layout import box, row
from studio.ui.parts.links import link
from studio.ui.parts.tabs import Tabs
from studio.ui.theme.tokens import ROOM

TALK, SAVED, RULES = range(3)
PAGES = (
    ("Talk", "Ask as a visitor would"),
    ("Saved", "Conversations that are replayed as tests"),
    ("Rules", "What you decided about words, instead of the model"),
)


class RehearsalPanel(Panel):
    """Joins the pages and the drawer: whose answer is looked at, and what becomes of a correction."""

    def __init__(self, bench: Bench) -> None:
        purpose = "Talk to your character as a visitor would. It acts in the viewport."
        super().__init__(bench, "Rehearsal", purpose, scrolls=False)
        self.cues = CueDrawer(bench.theme)
        self.drawer = self.cues
        self._shown: ChatbotMessage | None = None
        self._rules = bench.draft.acting
        self.tabs = Tabs(bench.theme, [(word, f"{tip} (Ctrl+Page Up, Ctrl+Page Down)") for word, tip in PAGES])
        self.talk, self.saved, self.rules = TalkPage(bench), SavedPage(bench), RulesPage(bench)
        self._pages = QStackedWidget()
        for page in (self.talk, self.saved, self.rules):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.heading.addWidget(IconButton(bench.theme, "key", "Models and keys of this desk…", self.show_keys))
        self.heading.addWidget(button(bench.theme, "Start again", self.restart, kind="quiet", icon="refresh"))
        tabs = row([self.tabs, None])
        tabs.setContentsMargins(ROOM, 0, ROOM, 0)
        self._whole.insertWidget(1, box(tabs, "panelhead"))
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda step=step: self._turn(step))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._pages)
        self._connect()
        self.follow_draft()

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(PAGES))

    def _connect(self) -> None:
        self.talk.answer_changed.connect(self._show_answer)
        self.talk.place_changed.connect(self._show_place)
        self.talk.chosen.connect(self._choose)
        self.talk.restarted.connect(self._clear)
        self.cues.cue_wanted.connect(self._act)
        self.cues.rule_wanted.connect(self._make_rule)
        self.cues.answer_wanted.connect(self._act_answer)
        self.saved.failing_changed.connect(self._show_failing)
        link(self, self.bench.parts.keys_changed, lambda: self.saved.show_draft(self.bench.draft))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft on every page; an answer on the timeline is acted by the rules of now."""
        self.talk.show_draft(draft)
        self.saved.show_draft(draft)
        self.rules.show_draft(draft)
        self.tabs.show_mark(RULES, str(len(draft.acting.rules) or ""))
        if draft.acting != self._rules:
            self._rules = draft.acting
            self._restage()

    def entered(self) -> None:
        """Ready to type; the knowledge is made ready meanwhile."""
        self.talk.question.setFocus()
        self.bench.tasks.spawn("Preparing the rehearsal", self._prepare())

    async def _prepare(self) -> None:
        await self.bench.index.library_for(self.bench.draft)

    def restart(self) -> None:
        """Begin a new conversation."""
        self.tabs.setCurrentIndex(TALK)
        self.talk.restart()
        self.talk.question.setFocus()

    def show_keys(self) -> None:
        """Open the models of this desk."""
        DeskKeys(self.bench.theme, self, self.bench.tasks, self.bench.parts).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the window have what no page takes."""
        event.ignore()

    def _clear(self) -> None:
        self._shown = None
        self.cues.clear()
        self.rules.show_clauses(())
        self.saved.show_performances(())

    def _show_answer(self, answer: ChatbotMessage) -> None:
        self._look_at(answer)
        text = answer.finished.text if answer.finished else answer.heard
        self.cues.show_answer(text, answer.trace, answer.finished, tuple(answer.citations))
        if answer.finished is not None:
            self.rules.show_clauses(answer.trace.clauses)
            self.saved.show_performances(self.talk.performances)

    def _look_at(self, answer: ChatbotMessage) -> None:
        if answer is self._shown:
            return
        for one in self.talk.answers:
            one.show_chosen(chosen=one is answer)
        self._shown = answer

    def _show_place(self, answer: ChatbotMessage, place: int | None) -> None:
        if answer is self._shown:
            self.cues.show_place(place)

    def _choose(self, answer: ChatbotMessage, cue: TurnCue | None) -> None:
        self._show_answer(answer)
        if cue is None:
            return
        same = (one for one in self.cues.timeline.cues if one.shown_offset == cue.shown_offset)
        found = next((one for one in same if one.intent.source == cue.source), None)
        if found is not None:
            self.cues.choose(found)

    def _act(self, cue: ConsideredCue) -> None:
        sent = sendable(cue)
        if sent is not None and not self.talk.running:
            self.bench.actor.perform(sent)

    def _act_answer(self) -> None:
        if self._shown is not None:
            _, cues = restaged(self._shown.trace, self.bench.draft.acting)
            self.talk.act_again(self._shown, cues)

    def _make_rule(self, rule: CueRule, edit: bool) -> None:
        self.rules.add(rule, edit=edit)
        if edit:
            self.tabs.setCurrentIndex(RULES)
        else:
            words = "Nothing is acted" if rule.suppress else "Always acted like this"
            self.bench.toasts.tell("It is a rule now", f"{words} at “{rule.words}”. See Rules; Ctrl+Z takes it back.")

    def _restage(self) -> None:
        """Act the answer on the timeline by the rules of now, without asking a model."""
        answer = self._shown
        if answer is None or answer.finished is None:
            return
        answer.trace, answer.sent = restaged(answer.trace, self.bench.draft.acting)
        self._show_answer(answer)

    def _show_failing(self, failing: int, replayed: int) -> None:
        word = str(failing or (len(self.bench.draft.rehearsals) or ""))
        self.tabs.show_mark(SAVED, word, "danger" if failing else ("fine" if replayed else "muted"))
