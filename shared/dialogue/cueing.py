"""From what asks to be acted to placed cues: the designer's rules first, then the director's measure.

Where a designer has made rules, what else asks for a cue waits for its clause to end: only then is it known whether a
rule decides about these words. Without rules nothing waits.
"""

from collections.abc import Callable
from dataclasses import dataclass

from shared.acting.clauses import Clause, intent_of_clause
from shared.acting.director import Decision, Director
from shared.acting.moments import Intent
from shared.acting.rules import intent_of_rule, rule_for
from shared.contract.acting import CueRule, CueSource
from shared.dialogue.trace import ConsideredCue, Fate, Reason, SaidClause, TurnTrace


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A decision at its place in the spoken and the shown text."""

    decision: Decision
    offset: int
    shown_offset: int
    source: CueSource
    confidence: float


@dataclass(frozen=True, slots=True)
class _Asked:
    intent: Intent
    offset: int
    shown_offset: int
    sentence: int
    rule: CueRule | None = None


class Cueing:
    """The cues of one answer.

    Args:
        director: decides what is acted.
        shown_offset: gives the place in the shown text of a place in the spoken one.
        trace: hears of everything that was considered.
    """

    def __init__(self, director: Director, shown_offset: Callable[[int], int], trace: TurnTrace | None) -> None:
        self.placed: list[PlacedCue] = []
        """Decided, in order; whoever sends them takes them out."""
        self._director = director
        self._shown_offset = shown_offset
        self._trace = trace
        self._rules = director.acting.rules
        self._asked: list[_Asked] = []
        self._acted_sentences: set[int] = set()
        self._waits = bool(self._rules)

    def ask(self, intent: Intent, offset: int, shown_offset: int, sentence: int) -> None:
        """Something asks to be acted at a place."""
        self._acted_sentences.add(sentence)
        asked = _Asked(intent, offset, shown_offset, sentence)
        if self._waits:
            self._asked.append(asked)
        else:
            self._decide(asked)

    def has_acted(self, sentence: int) -> bool:
        """Has anything of a sentence asked to be acted?"""
        return sentence in self._acted_sentences

    def hear(self, clause: Clause) -> None:
        """A clause has ended: a rule decides about it, or what waited in it is decided, or its own words speak."""
        end = clause.start + len(clause.text.lstrip())
        if self._trace is not None:
            words = clause.text.strip()
            places = self._shown_offset(clause.start), self._shown_offset(clause.start + len(words))
            self._trace.clauses.append(SaidClause(words, *places))
        waited = [asked for asked in self._asked if asked.offset < end]
        self._asked = [asked for asked in self._asked if asked.offset >= end]
        fitting = rule_for(clause.text, self._rules)
        if fitting is not None:
            self._obey(fitting[0], end - len(clause.text) + fitting[1], clause, waited)
            return
        for asked in waited:
            self._decide(asked)
        self._let_speak(clause)

    def close(self) -> None:
        """No more clauses come: what asks from now on is decided at once."""
        self._waits = False
        for asked in self._asked:
            self._decide(asked)
        self._asked.clear()

    def pass_over(self, intent: Intent, offset: int, shown_offset: int, reason: Reason) -> None:
        """Note that something was not even asked for."""
        self._note(_Asked(intent, offset, shown_offset, 0), "dropped", reason)

    def _obey(self, rule: CueRule, offset: int, clause: Clause, waited: list[_Asked]) -> None:
        reason: Reason = "silenced" if rule.suppress else "corrected"
        for asked in waited:
            self._note(asked, "dropped", reason)
        if (spoken := intent_of_clause(clause.text)) is not None:
            self.pass_over(spoken, clause.start, self._shown_offset(clause.start), reason)
        self._acted_sentences.add(clause.sentence)
        asked = _Asked(intent_of_rule(rule), offset, self._shown_offset(offset), clause.sentence, rule)
        if rule.suppress:
            self._note(asked, "dropped", "silenced")
        else:
            self._decide(asked)

    def _let_speak(self, clause: Clause) -> None:
        intent = intent_of_clause(clause.text)
        if intent is None:
            return
        place = self._shown_offset(clause.start)
        if clause.sentence in self._acted_sentences:
            self.pass_over(intent, clause.start, place, "sentence_acted")
            return
        self._acted_sentences.add(clause.sentence)
        self._decide(_Asked(intent, clause.start, place, clause.sentence))

    def _decide(self, asked: _Asked) -> None:
        verdict = self._director.consider(asked.intent, asked.offset, asked.sentence)
        decision = verdict.decision
        if decision is None:
            self._note(asked, "dropped", verdict.restraint)
            return
        self._note(asked, "face" if verdict.restraint else "acted", verdict.restraint, decision)
        source, confidence = asked.intent.source, asked.intent.confidence
        self.placed.append(PlacedCue(decision, asked.offset, asked.shown_offset, source, confidence))

    def _note(self, asked: _Asked, fate: Fate, reason: Reason | None, decision: Decision | None = None) -> None:
        if self._trace is not None:
            considered = ConsideredCue(
                asked.intent, asked.offset, asked.shown_offset, fate, reason, decision, asked.rule
            )
            self._trace.cues.append(considered)
