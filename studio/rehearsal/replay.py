"""Saved conversations replayed with the present draft: the same questions in the same order, by the same code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.contract.chatbot import ChatbotDraft
from shared.contract.rehearsal import Rehearsal, RehearsalTurn
from shared.contract.turn import AnyTurnEvent, TurnCitation, TurnCue, TurnFailed, TurnFinished
from shared.dialogue.trace import TurnTrace
from studio.rehearsal.expectations import Check, Performance, checks_of, expected_of
from studio.rehearsal.turns import Conversation

Told = Callable[[int], object]
"""Hears how many turns are done."""


@dataclass(frozen=True)
class TurnResult:
    """One turn replayed: what came this time, or why nothing did."""

    turn: RehearsalTurn
    performed: Performance | None
    failure: str
    checks: tuple[Check, ...]

    @property
    def held(self) -> bool:
        """Did an answer come, and everything pinned hold?"""
        return self.performed is not None and all(check.held for check in self.checks)

    @property
    def answered(self) -> str:
        """What was said this time."""
        return self.performed.finished.text if self.performed else ""


@dataclass(frozen=True)
class Replayed:
    """A saved conversation after its replay."""

    rehearsal: Rehearsal
    turns: tuple[TurnResult, ...]

    @property
    def held(self) -> bool:
        """Did every turn hold?"""
        return all(turn.held for turn in self.turns)


def judged_again(replayed: Replayed, rehearsal: Rehearsal) -> Replayed | None:
    """A replay held against other pins, without asking again; None where other questions were asked."""
    if [one.turn.visitor for one in replayed.turns] != [turn.visitor for turn in rehearsal.turns]:
        return None
    turns = tuple(
        replace(one, turn=turn, checks=checks_of(turn.expect, one.performed, one.failure))
        for one, turn in zip(replayed.turns, rehearsal.turns, strict=True)
    )
    return Replayed(rehearsal, turns)


async def perform(conversation: Conversation, question: str, draft: ChatbotDraft) -> Performance | TurnFailed:
    """Ask one question, and remember the exchange where an answer comes."""
    trace = TurnTrace()
    events: list[AnyTurnEvent] = []
    async with conversation.turn(question, draft, trace) as stream:
        events.extend([event async for event in stream])
    last = events[-1]
    if isinstance(last, TurnFailed):
        return last
    performed = performance_of(question, events, trace)
    conversation.remember(question, performed.finished.text, [cue.clip for cue in performed.cues if cue.clip])
    return performed


def performance_of(question: str, events: Sequence[AnyTurnEvent], trace: TurnTrace) -> Performance:
    """The events of a turn that ended well, in order of kind."""
    finished = events[-1]
    assert isinstance(finished, TurnFinished)
    citations = tuple(event for event in events if isinstance(event, TurnCitation))
    cues = tuple(event for event in events if isinstance(event, TurnCue))
    return Performance(question, finished, citations, cues, trace)


async def replay(
    rehearsal: Rehearsal, draft: ChatbotDraft, conversation: Conversation, told: Told = lambda _done: None
) -> Replayed:
    """Replay a saved conversation. A failed turn is told as such, and the next question is asked all the same.

    Args:
        conversation: a new one.
        told: hears how many turns are done, from 0 on.
    """
    results: list[TurnResult] = []
    for number, turn in enumerate(rehearsal.turns):
        told(number)
        performed = await perform(conversation, turn.visitor, draft)
        if isinstance(performed, TurnFailed):
            checks = checks_of(turn.expect, None, performed.sentence)
            results.append(TurnResult(turn, None, performed.sentence, checks))
        else:
            results.append(TurnResult(turn, performed, "", checks_of(turn.expect, performed)))
    told(len(rehearsal.turns))
    return Replayed(rehearsal, tuple(results))


def saved_as(name: str, performed: Sequence[Performance]) -> Rehearsal:
    """A conversation as it is saved: its questions, the answers of today, and first expectations to edit."""
    turns = tuple(
        RehearsalTurn(visitor=one.question, answered=one.finished.text, expect=expected_of(one)) for one in performed
    )
    return Rehearsal(name=name, turns=turns)


def report_of(replayed: Replayed) -> dict[str, Any]:
    """A replay for programs."""
    return {
        "name": replayed.rehearsal.name,
        "held": replayed.held,
        "turns": [_turn_report(turn) for turn in replayed.turns],
    }


def _turn_report(result: TurnResult) -> dict[str, Any]:
    performed = result.performed
    told: dict[str, Any] = {
        "visitor": result.turn.visitor,
        "held": result.held,
        "before": result.turn.answered,
        "answered": result.answered,
        "failure": result.failure,
        "checks": [
            {"kind": one.kind, "wanted": one.wanted, "held": one.held, "found": one.found} for one in result.checks
        ],
    }
    if performed is not None:
        ended = performed.finished
        told |= {
            "outcome": ended.outcome,
            "answered_by": ended.answered_by,
            "cited": list(performed.cited),
            "cues": [cue.model_dump(mode="json", exclude={"turn_id", "seq", "type"}) for cue in performed.cues],
            "seconds": round(ended.timings.finished, 3),
            "cost_microunits": ended.usage.cost_microunits,
        }
    return told
