"""The gold questions: what must be found for each, scored before publishing, kept with what it was measured on."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QSizePolicy, QWidget

from shared.contract.chatbot import ChatbotDraft, GoldQuestion
from shared.dialogue.gold import score
from shared.errors import BadRequest
from studio.files.atomic import write_atomically
from studio.files.gold import KeptScore, keep_score, load_score
from studio.model.checklist import counted
from studio.model.gold import (
    MOST_GOLD,
    gold_csv,
    gold_question,
    read_gold,
    with_gold,
    with_gold_at,
    with_gold_questions,
)
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_gold_table import NOTHING, GoldRows, GoldTable
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Combo, button
from studio.ui.parts.fields import LineField
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT

PROMISED, POOR = 0.9, 0.75
"""From the first on a share is fine, below the second it is bad."""
TABLE_HEIGHT = 200
UNMEASURED = "\N{EN DASH}"
TEACHING = (
    "Write down what visitors really ask, and which document answers it. One click then tells whether each is found, "
    "before you publish and after every change. Ten questions are a good beginning; add one that nothing answers."
)


class GoldPage(Page):
    """Score, table, adding."""

    def __init__(self, bench: Bench, why: Callable[[str], object]) -> None:
        """`why` shows the search for a question."""
        super().__init__(bench)
        self.kept: KeptScore | None = load_score(bench.opened.project)
        self._scoring: asyncio.Task[None] | None = None
        self._why = why
        self._picked: str | None = None
        """The document that was chosen last; the next question often has the same."""
        self._shown: tuple[object, ...] = ()
        self.rows = GoldRows(bench.theme)
        self.rows.edited.connect(self._edit)
        self.table = GoldTable(self.rows)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.removed.connect(self._remove)
        self.table.why_asked.connect(self._ask_why)
        self.card = ScoreCard(bench, self.start, self.stop)
        self.question = LineField("", "", "Where can I leave my coat?", 600)
        self.question.edit.setAccessibleName("Question")
        self.question.edit.returnPressed.connect(self.add)
        self.document = Combo(bench.theme)
        self.document.setAccessibleName("Document that answers it")
        self.document.activated.connect(lambda place: self._pick(str(self.document.itemData(place))))
        self._empty = EmptyState(bench.theme, "target", "No gold questions yet", TEACHING)
        self._lay_out()
        link(self, bench.theme.changed, lambda: self._show_rows(bench.draft))

    def _lay_out(self) -> None:
        theme = self.bench.theme
        choice = row([self.document, button(theme, "Add", self.add, icon="plus")])
        choice.setStretch(0, 1)
        add = column([self.question, choice], spacing=HAIR + 2)
        self.remove = button(theme, "Remove", lambda: self._remove(self.table.chosen), kind="quiet", icon="trash")
        self.why = button(theme, "Why?", self._why_chosen, kind="quiet", icon="search", tip="Shows the search for it")
        self.export = button(theme, "Export…", self._export, kind="quiet", icon="upload")
        read = button(
            theme, "Import…", self._choose_table, kind="quiet", icon="download", tip="CSV: question, document"
        )
        foot = Flow(0)
        for one in (self.why, self.remove, read, self.export):
            foot.addWidget(one)
        self.table.selectionModel().selectionChanged.connect(lambda _in, _out: self._show_chosen())
        self.body.addWidget(self.card)
        self.body.addLayout(column([add, self.table, self._empty, foot], spacing=TIGHT), 1)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the questions and their last results."""
        state = (draft.gold, draft.knowledge, self.kept)
        if state == self._shown:
            return
        self._shown = state
        self.document.clear()
        for one in draft.knowledge:
            self.document.addItem(one.title, one.blob.name)
        self.document.addItem(NOTHING, "")
        self.document.setCurrentIndex(max(0, self.document.findData(self._picked)))
        self._show_rows(draft)

    def _show_rows(self, draft: ChatbotDraft) -> None:
        chosen = self.table.currentIndex().row()
        self.rows.show_rows(draft, self.kept.score if self.kept else None)
        self.table.setVisible(bool(draft.gold))
        self._empty.setVisible(not draft.gold)
        if 0 <= chosen < len(draft.gold):
            self.table.selectRow(chosen)
        self._show_chosen()
        self.card.show_score(draft, self.kept)

    def _show_chosen(self) -> None:
        self.remove.setEnabled(bool(self.table.chosen))
        self.why.setEnabled(len(self.table.chosen) == 1)
        self.export.setEnabled(bool(self.rows.gold))

    def _pick(self, document: str) -> None:
        self._picked = document

    def add(self) -> None:
        """Add what stands in the line."""
        made = gold_question(self.question.edit.text(), self.document.currentData() or None)
        if made is not None:
            self.question.show_text("")
            self.add_questions([made])

    def add_questions(self, added: list[GoldQuestion]) -> None:
        """Add questions as one step."""
        name = "Add a gold question" if len(added) == 1 else f"Add {counted(len(added), 'gold question')}"
        self.bench.document.change(name, with_gold_questions(self.bench.draft, added))

    def _edit(self, place: int, changed: GoldQuestion) -> None:
        self.bench.document.change("Edit a gold question", with_gold_at(self.bench.draft, place, changed))

    def _remove(self, places: tuple[int, ...]) -> None:
        kept = [one for place, one in enumerate(self.bench.draft.gold) if place not in places]
        name = "Remove a gold question" if len(places) == 1 else f"Remove {counted(len(places), 'gold question')}"
        self.bench.document.change(name, with_gold(self.bench.draft, kept))

    def _why_chosen(self) -> None:
        self._ask_why(self.table.chosen[0])

    def _ask_why(self, place: int) -> None:
        self._why(self.rows.gold[place].question)

    def _choose_table(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import gold questions", "", "Tables (*.csv *.tsv *.txt)")
        if name:
            self.read_table(Path(name))

    def read_table(self, path: Path) -> None:
        """Add the questions of a CSV file."""
        self.bench.tasks.spawn("Importing gold questions", self._read_table(path))

    async def _read_table(self, path: Path) -> None:
        try:
            text = (await asyncio.to_thread(path.read_bytes)).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadRequest(f"{path.name} is no text in UTF-8. Save it as CSV in UTF-8.") from error
        read = read_gold(text, self.bench.draft)
        room = MOST_GOLD - len(self.bench.draft.gold)
        if read.questions:
            self.add_questions(list(read.questions[:room]))
        problems = list(read.problems)
        if len(read.questions) > room:
            problems.append(f"{MOST_GOLD} questions are the most: {len(read.questions) - room} were left out.")
        if problems:
            more = f" And {len(problems) - 3} more." if len(problems) > 3 else ""
            self.bench.toasts.tell("Not every line was taken", " ".join(problems[:3]) + more, "warning")

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export gold questions", "gold.csv", "Tables (*.csv)")
        if name:
            write_atomically(Path(name), gold_csv(self.bench.draft.gold).encode())

    def start(self) -> None:
        """Ask all questions, in the background."""
        if self.bench.draft.gold and (self._scoring is None or self._scoring.done()):
            self._scoring = self.bench.tasks.spawn("Scoring", self._score(), ended=self.card.show_ended)

    def stop(self) -> None:
        """Leave it; the score before stays."""
        if self._scoring is not None:
            self._scoring.cancel()

    async def _score(self) -> None:
        draft, report = self.bench.draft, self.bench.tasks.reporter()
        self.card.show_progress(0, len(draft.gold))

        def told(done: int) -> None:
            self.card.show_progress(done, len(draft.gold))
            report(done / len(draft.gold), f"{done} of {len(draft.gold)}")

        library = await self.bench.index.library_for(draft)
        result = await score(library, draft.gold, told)
        self.kept = await asyncio.to_thread(keep_score, self.bench.opened.project, draft, result)
        self.show_draft(self.bench.draft)


class ScoreCard(QFrame):
    """The shares, when they were measured, whether they still hold; progress while they are measured anew."""

    def __init__(self, bench: Bench, start: Callable[[], object], stop: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.facts = {name: label(UNMEASURED, "fact") for name in ("first", "five", "declined")}
        captions = {"first": "found first", "five": "among five", "declined": "rightly declined"}
        tips = {"first": "recall@1", "five": "recall@5", "declined": "of the questions that nothing answers"}
        cells: list[QWidget] = []
        for name, fact in self.facts.items():
            cell = QWidget()
            cell.setLayout(column([fact, label(captions[name], "caption")], spacing=0))
            cell.setToolTip(tips[name])
            cells.append(cell)
        self.run = button(bench.theme, "Score", start, kind="primary", icon="play")
        self.cancel = button(bench.theme, "Stop", stop, icon="stop")
        self.cancel.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.words = label("", "caption", wrap=True)
        line = row([self.words, self.run, self.cancel], spacing=SNUG)
        line.setStretch(0, 1)
        self.setLayout(column([row([*cells, None], spacing=ROOM), self._bar, line], spacing=SNUG, margin=ROOM))

    def show_score(self, draft: ChatbotDraft, kept: KeptScore | None) -> None:
        """Show a score, and whether it still fits the draft."""
        found = kept.score if kept else None
        shares = (
            ("first", found.recall_at_1 if found else None),
            ("five", found.recall_at_5 if found else None),
            ("declined", found.right_declines if found else None),
        )
        for name, share in shares:
            self.facts[name].setText(UNMEASURED if share is None else f"{share:.0%}")
            self.facts[name].setProperty("tone", _tone(share))
            self.facts[name].style().polish(self.facts[name])
        self.run.setEnabled(bool(draft.gold))
        self.words.setText(_when(draft, kept))

    def show_progress(self, done: int, every: int) -> None:
        """Show how many questions are asked."""
        self.run.hide()
        self.cancel.show()
        self._bar.setVisible(True)
        self._bar.setRange(0, every)
        self._bar.setValue(done)
        self.words.setText(f"{done} of {every} asked" if done else "Preparing the knowledge")

    def show_ended(self) -> None:
        """It is over, however it ended."""
        self.cancel.hide()
        self._bar.hide()
        self.run.show()


def _tone(share: float | None) -> str:
    if share is None:
        return "faint"
    return "fine" if share >= PROMISED else "warning" if share >= POOR else "danger"


def _when(draft: ChatbotDraft, kept: KeptScore | None) -> str:
    if kept is None:
        return (
            "Not measured yet." if draft.gold else "Retrieval alone is measured: whether the right document is found."
        )
    local = kept.at.astimezone()
    today = local.date() == datetime.now().astimezone().date()
    when = local.strftime("today at %H:%M" if today else "on %d %B %Y")
    right = sum(one.right for one in kept.score.results)
    measured = f"{right} of {counted(len(kept.score.results), 'question')} right, measured {when}."
    return measured if kept.fits(draft) else f"{measured} Questions or documents have changed since: score again."
