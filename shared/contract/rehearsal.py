"""A conversation saved at rehearsal: replayed, its pinned expectations must hold again."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contract.acting import Emotion, Role
from shared.contract.base import FileName, Frozen, ShortText


class CueExpectation(Frozen):
    """Some cue of the answer must be like this; a field that is None may be anything."""

    words: ShortText = ""
    """The clause in which it is played; empty: anywhere."""
    emotion: Emotion | None = None
    role: Role | None = None
    clip: str | None = None


class Expectations(Frozen):
    """What was pinned on one answer. Nothing given, nothing asked."""

    says: tuple[ShortText, ...] = Field(default=(), max_length=20)
    """Each stands in the answer, found without regard to case."""
    says_not: tuple[ShortText, ...] = Field(default=(), max_length=20)
    cites: tuple[FileName, ...] = Field(default=(), max_length=20)
    """Each of these documents is cited, by file name."""
    declines: bool | None = None
    """Whether nothing was found."""
    cues: tuple[CueExpectation, ...] = Field(default=(), max_length=40)


class RehearsalTurn(Frozen):
    """One question of the visitor, the answer that was given when it was saved, and what must hold again."""

    visitor: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
    answered: Annotated[str, StringConstraints(max_length=40_000)] = ""
    expect: Expectations = Expectations()


class Rehearsal(Frozen):
    """A saved conversation."""

    name: ShortText
    turns: tuple[RehearsalTurn, ...] = Field(min_length=1, max_length=200)
