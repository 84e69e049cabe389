"""What a turn considered and what it was given, for whoever rehearses: told in-process alone, never on a wire.

A caller hands a `TurnTrace` to `open_turn` and reads it whenever it likes: it grows while the turn is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import UUID

from shared.acting.director import Decision
from shared.acting.moments import Intent, Moment
from shared.acting.restraints import RESTRAINT_SENTENCES, Restraint
from shared.contract.acting import CueRule
from shared.knowledge.library import Found
from shared.providers.chat import Prompt

NOBODY: Final = UUID(int=0)

Fate = Literal["acted", "face", "dropped"]
"""The body moved, or did all that was asked; the face alone showed a part of it; nothing was seen."""
Reason = Restraint | Literal["corrected", "silenced", "sentence_acted", "marker_first"]

_OWN_SENTENCES: Final[dict[Reason, str]] = {
    "corrected": "your rule decides about these words",
    "silenced": "your rule wants nothing here",
    "sentence_acted": "its sentence is acted already",
    "marker_first": "the model's own marker at the start is trusted more",
}


def sentence_of(reason: Reason) -> str:
    """A reason in words."""
    return _OWN_SENTENCES.get(reason) or RESTRAINT_SENTENCES[reason]  # type: ignore[index]  # the rest are the director's


@dataclass(frozen=True, slots=True)
class ConsideredCue:
    """One cue as it was asked for, and what became of it. Offsets are those of `TurnCue`."""

    intent: Intent
    offset: int
    shown_offset: int
    fate: Fate
    reason: Reason | None = None
    decision: Decision | None = None
    rule: CueRule | None = None
    """The designer's rule that asked for it, or for nothing."""


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A clause of the answer: its words, and where they begin and end in the shown text."""

    words: str
    shown_start: int
    shown_end: int


@dataclass(slots=True)
class Staging:
    """What an answer was acted from: the same again gives the same cues, and other rules give others."""

    turn_id: UUID = NOBODY
    recent_clips: tuple[str, ...] = ()
    found: Sequence[Found] = ()
    opening: Moment | None = None
    citing: Moment | None = None
    reply: str = ""
    """The model's text as it came, markers and all."""
    endings: list[Moment] = field(default_factory=list)
    """Events after the text."""


@dataclass(slots=True)
class TurnTrace:
    """Everything about one turn that its visitor never hears of."""

    searched: str = ""
    """The question as the knowledge was asked."""
    found: tuple[Found, ...] = ()
    prompt: Prompt | None = None
    """None where no model was asked."""
    cues: list[ConsideredCue] = field(default_factory=list)
    clauses: list[SaidClause] = field(default_factory=list)
    staging: Staging = field(default_factory=Staging)

    def clause_at(self, shown_offset: int) -> SaidClause | None:
        """The clause that a place of the shown text lies in or just before, else the last one: between two clauses
        what is asked for belongs to the words that come.
        """
        after = (clause for clause in self.clauses if clause.shown_end > shown_offset)
        return next(after, self.clauses[-1] if self.clauses else None)
