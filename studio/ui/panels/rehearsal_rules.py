"""The designer's rules: made from corrections, edited here, in force on the desk and on the server alike."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shared.acting.rules import can_fit, intent_of_rule, rule_for
from shared.contract.acting import CueRule
from shared.contract.chatbot import ChatbotDraft
from shared.dialogue.trace import SaidClause
from studio.model.rehearsing import with_rule_added, with_rule_changed, with_rule_moved, without_rule
from studio.ui.bench import Bench
from studio.ui.panels.rule_card import RuleCard
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import row, scrolled
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT, WIDE

NEW_WORDS = "words that the character says"


class RulesPage(QWidget):
    """A card for each rule, in the order in which they decide."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.cards: list[RuleCard] = []
        self._open: int | None = None
        self._clauses: Sequence[SaidClause] = ()
        add = button(bench.theme, "New rule", self.add_new, icon="plus")
        self._hint = label("The first rule that fits a clause decides about it.", "caption", "muted", wrap=True)
        self._head = row([self._hint, add], spacing=SNUG)
        self._head.setStretch(0, 1)
        self._empty = EmptyState(
            bench.theme,
            "pin",
            "No rules yet",
            "Ask something, click a cue on the timeline under the viewport and pin it, correct it, or keep the words "
            "still. What you decide is a rule: it wins over the model from then on, here and for your visitors.",
            button(bench.theme, "Write a rule by hand", self.add_new, icon="plus"),
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        inside = QVBoxLayout()
        inside.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        inside.setSpacing(SNUG)
        inside.addWidget(self._empty)
        inside.addLayout(self._head)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self._add = add
        content = QWidget()
        content.setLayout(inside)
        self.area = scrolled(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft's rules."""
        rules = draft.acting.rules
        while len(self.cards) > len(rules):
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(rules):
            self._add_card(len(self.cards))
        clips = tuple(sorted(draft.acting.clips, key=str.casefold))
        for place, (card, rule) in enumerate(zip(self.cards, rules, strict=True)):
            card.show_rule(rule, clips)
            card.show_place(first=place == 0, last=place == len(rules) - 1)
            card.show_open(is_open=place == self._open)
        self._empty.setVisible(not rules)
        self._hint.setVisible(bool(rules))
        self._add.setVisible(bool(rules))
        self._show_fits(rules)

    def show_clauses(self, clauses: Sequence[SaidClause]) -> None:
        """Hold the rules against the clauses of an answer."""
        self._clauses = clauses
        self._show_fits(self.bench.draft.acting.rules)

    def add(self, rule: CueRule, *, edit: bool) -> None:
        """Make a rule, as one step; one that is there already is only opened."""
        rules = self.bench.draft.acting.rules
        self._open = (rules.index(rule) if rule in rules else 0) if edit else None
        if rule in rules:
            self.show_draft(self.bench.draft)
            return
        name = "Keep words still" if rule.suppress else "Correct a cue"
        self.bench.document.change(name, with_rule_added(self.bench.draft, rule))
        self.show_draft(self.bench.draft)

    def add_new(self) -> None:
        """Begin a rule by hand."""
        self.add(CueRule(words=NEW_WORDS, emotion="happy"), edit=True)
        self.cards[0].words.edit.setFocus()
        self.cards[0].words.edit.selectAll()

    def _add_card(self, place: int) -> None:
        card = RuleCard(self.bench.theme)
        card.changed.connect(partial(self._change, place))
        card.settled.connect(self.bench.document.settle)
        card.moved.connect(partial(self._move, place))
        card.removed.connect(partial(self._remove, place))
        card.opened.connect(partial(self._toggle, place))
        card.tried.connect(partial(self._try, place))
        self.cards.append(card)
        self._list.addWidget(card)

    def _change(self, place: int, fields: dict[str, object], gesture: str) -> None:
        after = with_rule_changed(self.bench.draft, place, **fields)
        self.bench.document.change("Change a rule", after, gesture=f"rule.{place}.{gesture}")
        if gesture in {"emotion", "role", "clip", "suppress"}:
            self.bench.document.settle()

    def _move(self, place: int, by: int) -> None:
        if self._open == place:
            self._open = place + by
        self.bench.document.change("Move a rule", with_rule_moved(self.bench.draft, place, place + by))

    def _remove(self, place: int) -> None:
        self._open = None
        self.bench.document.change("Delete a rule", without_rule(self.bench.draft, place))

    def _toggle(self, place: int) -> None:
        self._open = None if self._open == place else place
        self.show_draft(self.bench.draft)

    def _try(self, place: int) -> None:
        self.bench.actor.perform_intent(intent_of_rule(self.bench.draft.acting.rules[place]))

    def _show_fits(self, rules: Sequence[CueRule]) -> None:
        for place, (card, rule) in enumerate(zip(self.cards, rules, strict=True)):
            card.show_fit(*self._fit(place, rule, rules))

    def _fit(self, place: int, rule: CueRule, rules: Sequence[CueRule]) -> tuple[str, str]:
        """What a rule does to the answer on the timeline, and the tone to say it in."""
        if not can_fit(rule.words):
            return "Never fits: a comma, a colon or a full stop parts these words. Take a part of them.", "warning"
        if not self._clauses:
            return "Ask something to see where it fits.", "muted"
        said = [clause.words for clause in self._clauses if rule_for(clause.words, [rule]) is not None]
        decided = [words for words in said if rule_for(words, rules[: place + 1]) == rule_for(words, [rule])]
        if not said:
            return "Does not fit the answer on the timeline.", "muted"
        if not decided:
            return "Fits the answer on the timeline, but a rule above decides first.", "warning"
        more = f" and {len(decided) - 1} more" if len(decided) > 1 else ""
        return f"Decides about “{decided[0].rstrip('.,;:')}”{more}.", "fine"
