"""Saved conversations: replayed as tests with the present draft, one or all."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.rehearsal import Rehearsal
from studio.files.atomic import write_atomically
from studio.files.blobs import safe_name
from studio.files.replays import keep_replay
from studio.model.rehearsing import free_name, with_rehearsal, with_rehearsal_added, without_rehearsal
from studio.model.signals import Signal
from studio.rehearsal.expectations import Performance
from studio.rehearsal.replay import Replayed, judged_again, replay, saved_as
from studio.ui.bench import Bench
from studio.ui.panels.saved_card import SavedCard
from studio.ui.parts.buttons import Check, button
from studio.ui.parts.layout import box, column, row, scrolled
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import ElidedLabel
from studio.ui.problems import problem_of
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT, WIDE


class SavedPage(QWidget):
    """A card for each saved conversation, the newest first."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.failing_changed = Signal[[int, int]]()
        """How many conversations did not hold when they were last replayed, and how many were replayed."""
        self.cards: list[SavedCard] = []
        self.results: dict[str, Replayed] = {}
        """By the conversation's name."""
        self._performances: Sequence[Performance] = ()
        self._open: int | None = None
        self._task: asyncio.Task[None] | None = None
        theme = bench.theme
        self.save = button(
            theme, "Save this conversation", self._save, kind="primary", icon="save",
            tip="Keep the questions asked under Talk, to replay them later",
        )  # fmt: skip
        self.replay_all = button(theme, "Replay all", lambda: self._replay(range(len(self.cards))), icon="play")
        self.stop = button(theme, "Stop", self.cancel, icon="stop", tip="Stop replaying")
        self.frugal = Check(theme, "With the understudy")
        self.frugal.setToolTip("Repeatable, and free; otherwise the project's own model answers, and is paid for it")
        self._place = ElidedLabel("", "caption", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._running = box(column([self._place, self._bar], spacing=TIGHT))
        self._empty = EmptyState(
            theme,
            "list-checks",
            "No saved conversations",
            "Talk to your character until you like its answers, then save the conversation. Replayed after a change of "
            "documents, personality or model, it tells at once what became different. Pin what must stay.",
        )
        self._lay_out()
        self.save.setEnabled(False)
        self._show_running(running=False)

    def _lay_out(self) -> None:
        self._tools = box(row([self.frugal, None, self.replay_all, self.stop], spacing=TIGHT))
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        top: list[QWidget] = [self._empty, self.save, self._tools, self._running]
        inside = column(top, spacing=SNUG)
        inside.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self.area = scrolled(box(inside))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_performances(self, performances: Sequence[Performance]) -> None:
        """Know what could be saved now."""
        self._performances = performances
        self.save.setEnabled(bool(performances))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft's saved conversations."""
        saved = draft.rehearsals
        while len(self.cards) > len(saved):
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(saved):
            self._add_card(len(self.cards))
        documents = [document.blob.name for document in draft.knowledge]
        for place, (card, rehearsal) in enumerate(zip(self.cards, saved, strict=True)):
            card.show_rehearsal(rehearsal, self._result(rehearsal), documents, is_open=place == self._open)
        self._empty.setVisible(not saved)
        self._tools.setVisible(bool(saved))
        known = [one for rehearsal in saved if (one := self._result(rehearsal)) is not None]
        self.failing_changed.emit(sum(not one.held for one in known), len(known))

    def cancel(self) -> None:
        """Stop replaying; what has been replayed stays known."""
        if self._task is not None:
            self._task.cancel()

    def _result(self, rehearsal: Rehearsal) -> Replayed | None:
        """The last replay, held against the pins of now."""
        found = self.results.get(rehearsal.name)
        return judged_again(found, rehearsal) if found is not None else None

    def _add_card(self, place: int) -> None:
        card = SavedCard(self.bench.theme)
        card.changed.connect(partial(self._change, place))
        card.settled.connect(self.bench.document.settle)
        card.opened.connect(partial(self._toggle, place))
        card.removed.connect(partial(self._remove, place))
        card.replayed.connect(lambda: self._replay([place]))
        card.exported.connect(partial(self._export, place))
        self.cards.append(card)
        self._list.addWidget(card)

    def _save(self) -> None:
        draft = self.bench.draft
        made = saved_as(free_name(draft, self._performances[0].question), self._performances)
        self._open = 0
        self.bench.document.change("Save a conversation", with_rehearsal_added(draft, made))
        self.show_draft(self.bench.draft)

    def _change(self, place: int, rehearsal: Rehearsal) -> None:
        before = self.bench.draft.rehearsals[place]
        if before.name != rehearsal.name and before.name in self.results:
            self.results[rehearsal.name] = self.results.pop(before.name)
        after = with_rehearsal(self.bench.draft, place, rehearsal)
        self.bench.document.change("Change a saved conversation", after, gesture=f"rehearsal.{place}")

    def _toggle(self, place: int) -> None:
        self._open = None if self._open == place else place
        self.show_draft(self.bench.draft)

    def _remove(self, place: int) -> None:
        self._open = None
        self.bench.document.change("Delete a saved conversation", without_rehearsal(self.bench.draft, place))

    def _export(self, place: int) -> None:
        rehearsal = self.bench.draft.rehearsals[place]
        folder = Path(self.bench.desk.preferences.last_folder or Path.home())
        wanted = folder / f"{safe_name(rehearsal.name)}.json"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export the conversation", str(wanted), "Scripts (*.json)")
        if chosen:
            self.export_to(rehearsal, Path(chosen))

    def export_to(self, rehearsal: Rehearsal, path: Path) -> None:
        """Write a saved conversation as a script for the command line."""
        try:
            write_atomically(path, f"{rehearsal.model_dump_json(indent=2)}\n".encode())
        except OSError as error:
            self.bench.toasts.problem(problem_of(error))
            return
        self.bench.toasts.tell("Exported", f"troupe rehearse DIR {path.name} replays it.")

    def _replay(self, places: Sequence[int]) -> None:
        self.cancel()
        draft = self.bench.draft
        if self.frugal.isChecked():
            draft = draft.model_copy(update={"models": ModelChoice(provider="understudy")})
        chosen = [draft.rehearsals[place] for place in places]
        self._show_running(running=True)
        self._bar.setRange(0, sum(len(one.turns) for one in chosen))
        work = self._replay_each(chosen, draft)
        self._task = task = self.bench.tasks.spawn("Replaying conversations", work)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task is self._task:
            self._show_running(running=False)

    async def _replay_each(self, chosen: Sequence[Rehearsal], draft: ChatbotDraft) -> None:
        done = 0
        for number, rehearsal in enumerate(chosen, start=1):
            place = f"{rehearsal.name} ({number} of {len(chosen)})"

            def told(turns: int, place: str = place, of: int = len(rehearsal.turns), before: int = done) -> None:
                self._place.show_text(f"{place}: turn {min(turns + 1, of)} of {of}")
                self._bar.setValue(before + turns)

            conversation = self.bench.rehearsal.another()
            replayed = await replay(rehearsal, draft, conversation, told)
            self.results[rehearsal.name] = replayed
            keep_replay(self.bench.opened.project, rehearsal, held=replayed.held)
            done += len(rehearsal.turns)
            self.show_draft(self.bench.draft)

    def _show_running(self, *, running: bool) -> None:
        self._running.setVisible(running)
        self.stop.setVisible(running)
        self.replay_all.setVisible(not running)
        if not running:
            self._task = None
