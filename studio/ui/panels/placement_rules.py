"""The rules builder: readable rows that open to be edited, a menu to add from, and the simulator below."""

from functools import partial
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from shared.contract.chatbot import ChatbotDraft
from shared.contract.placement import Placement
from shared.placement.evaluating import Rule, given_rules
from studio.model.looks import is_placement, with_placement
from studio.model.placement_words import rule_text
from studio.model.placing import KIND_OF, kinds_to_add, placement_advice, with_rule, without_rule
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.panels.placement_editors import RuleEditor, editor_for
from studio.ui.panels.placement_simulator import Simulator
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.notices import EmptyState, IconLabel, Notice
from studio.ui.parts.text import label, overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT


class RuleRow(QFrame):
    """One rule in a line; its editor opens below."""

    def __init__(self, theme: Theme, rule: Rule) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self.removed: Signal[[Rule]] = Signal()
        self.opened: Signal[[Rule]] = Signal()
        self.rule: Rule = rule
        self.is_open = False
        """Whether its editor is on screen."""
        kind = KIND_OF[rule]
        self.setProperty("kind", "card")
        self.sentence = label(wrap=True)
        self.editor = editor_for(theme, rule)
        name = kind.title.lower()
        self.open = IconButton(theme, "pencil", f"Edit: {name}", lambda: self.opened.emit(rule), size=15)
        self.open.setCheckable(True)
        self.open.setVisible(self.editor is not None)
        self.remove = IconButton(
            theme, "close", f"Remove: {kind.title.lower()}", lambda: self.removed.emit(rule), size=15
        )
        line = row([IconLabel(theme, kind.icon, "muted", 16), self.sentence, self.open, self.remove], spacing=TIGHT)
        line.setStretch(1, 1)
        self._inside = QWidget()
        hint = [label(kind.hint, "caption", wrap=True)] if kind.hint else []
        editors = [cast(QWidget, self.editor)] if self.editor is not None else []
        inside = column([*editors, *hint], spacing=HAIR)
        inside.setContentsMargins(16 + TIGHT, 0, 0, HAIR)
        for editor in editors:
            inside.setAlignment(editor, Qt.AlignmentFlag.AlignTop)
        self._inside.setLayout(inside)
        self._inside.hide()
        self.setLayout(column([line, self._inside], spacing=TIGHT, margin=TIGHT))
        if self.editor is not None:
            self.editor.changed.connect(self.changed.emit)

    def show_open(self, *, is_open: bool) -> None:
        """Open or close the editor."""
        self.is_open = is_open
        self.open.setChecked(is_open)
        self._inside.setVisible(is_open and self.editor is not None)

    def show_rule(self, placement: Placement) -> None:
        """Say what the placement says."""
        self.sentence.setText(rule_text(self.rule, placement))
        editor: RuleEditor | None = self.editor
        if editor is not None:
            editor.show_rule(placement)


class RulesPage(Page):
    """Rules, and what they do to a visitor."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.rows: dict[Rule, RuleRow] = {}
        self.add = self._add_button()
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.advice = Notice(bench.theme)
        self.empty = EmptyState(
            bench.theme, "globe", "On every page, for everybody",
            "Rules say where, for whom and when the widget shows itself. All of them must hold.",
        )  # fmt: skip
        self._lines = column([], spacing=TIGHT)
        self.simulator = Simulator(bench)
        self.body.addLayout(row([overline("SHOWS ITSELF"), None, self.add]))
        self.body.addWidget(self.advice)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._lines)
        self.body.addWidget(overline("TRY IT"))
        self.body.addWidget(self.simulator)
        self.body.addStretch(1)

    def _add_button(self) -> QPushButton:
        made = button(self.bench.theme, "Add a rule", lambda: None, icon="plus")
        made.setIconSize(QSize(20, 16))
        return made

    def _add(self, rule: Rule) -> None:
        self.bench.document.change(f"Add a rule: {KIND_OF[rule].title.lower()}", with_rule(self.bench.draft, rule))
        self._open(rule)

    def _remove(self, rule: Rule) -> None:
        self.bench.document.change(
            f"Remove a rule: {KIND_OF[rule].title.lower()}", without_rule(self.bench.draft, rule)
        )

    def _open(self, rule: Rule) -> None:
        for other, made in self.rows.items():
            made.show_open(is_open=other == rule and not made.is_open)

    def _change(self, rule: Rule, fields: dict[str, object], gesture: str | None) -> None:
        if not fields or not is_placement(self.bench.draft, **fields):
            self.bench.document.settle()
            if rule in self.rows:
                self.rows[rule].show_rule(self.bench.draft.placement)
            return
        name = f"Change a rule: {KIND_OF[rule].title.lower()}"
        self.bench.document.change(name, with_placement(self.bench.draft, **fields), gesture=gesture)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the rules, what is odd about them, and what can be added."""
        given = given_rules(draft.placement)
        if tuple(self.rows) != given:
            self._build(given)
        for made in self.rows.values():
            made.show_rule(draft.placement)
        self.empty.setVisible(not given)
        self.advice.tell(placement_advice(draft.placement), "warning")
        self._fill_menu(draft.placement)
        self.simulator.show_placement(draft.placement)

    def _build(self, given: tuple[Rule, ...]) -> None:
        open_before = {rule for rule, made in self.rows.items() if made.is_open}
        clear(self._lines)
        self.rows = {}
        for rule in given:
            made = RuleRow(self.bench.theme, rule)
            made.changed.connect(partial(self._change, rule))
            made.removed.connect(self._remove)
            made.opened.connect(self._open)
            made.show_open(is_open=rule in open_before)
            self.rows[rule] = made
            self._lines.addWidget(made)

    def _fill_menu(self, placement: Placement) -> None:
        self.menu.clear()
        for kind in kinds_to_add(placement):
            action = self.menu.addAction(
                self.bench.theme.icons.icon(kind.icon, self.bench.theme.palette.muted, 16), kind.title
            )
            action.triggered.connect(lambda _checked=False, rule=kind.rule: self._add(rule))
        self.add.setEnabled(not self.menu.isEmpty())
