"""What was pinned on an answer, held against the answer that came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from shared.acting.rules import place_of
from shared.contract.rehearsal import CueExpectation, Expectations
from shared.contract.turn import TurnCitation, TurnCue, TurnFinished
from shared.dialogue.trace import TurnTrace

CheckKind = Literal["says", "says_not", "cites", "declines", "cue"]
_MARK = re.compile(r"\s?\[\d+\]")
MOST_TOLD = 120


@dataclass(frozen=True)
class Performance:
    """One answer as it was performed."""

    question: str
    finished: TurnFinished
    citations: tuple[TurnCitation, ...] = ()
    cues: tuple[TurnCue, ...] = ()
    trace: TurnTrace = field(default_factory=TurnTrace)

    @property
    def declined(self) -> bool:
        """Did the knowledge hold no answer?"""
        return self.finished.outcome == "nothing_found"

    @property
    def cited(self) -> tuple[str, ...]:
        """File names of the documents that it cites, each once."""
        return tuple(dict.fromkeys(citation.document_id for citation in self.citations))


@dataclass(frozen=True)
class Check:
    """One expectation and how it went. `wanted` and `found` are for reading."""

    kind: CheckKind
    wanted: str
    held: bool
    found: str = ""


def checks_of(expect: Expectations, performed: Performance | None, failure: str = "") -> tuple[Check, ...]:
    """Every expectation with its outcome; none holds where no answer came, and `failure` says why."""
    if performed is None:
        return tuple(Check(kind, wanted, held=False, found=failure) for kind, wanted in _wanted(expect))
    return tuple(_checks(expect, performed))


def expected_of(performed: Performance) -> Expectations:
    """What is worth pinning on an answer at first: whether it declines, and the documents that it stands on."""
    if performed.finished.outcome == "small_talk":
        return Expectations()
    return Expectations(declines=performed.declined, cites=performed.cited)


def cue_in_words(cue: CueExpectation | TurnCue) -> str:
    """A cue as people read it: `nod, happy, clip Nod 2`."""
    parts = [cue.role.replace("_", " ") if cue.role else "", cue.emotion or "", f"clip {cue.clip}" if cue.clip else ""]
    return ", ".join(part for part in parts if part) or "any cue"


def _wanted(expect: Expectations) -> Iterator[tuple[CheckKind, str]]:
    for words in expect.says:
        yield "says", words
    for words in expect.says_not:
        yield "says_not", words
    for name in expect.cites:
        yield "cites", name
    if expect.declines is not None:
        yield "declines", "declines" if expect.declines else "answers"
    for cue in expect.cues:
        yield "cue", f"{cue_in_words(cue)}, at “{cue.words}”" if cue.words else cue_in_words(cue)


def _checks(expect: Expectations, performed: Performance) -> Iterator[Check]:
    said = _plain(performed.finished.text)
    told = said if len(said) <= MOST_TOLD else f"{said[:MOST_TOLD]}…"
    outcomes = [
        *((_plain(words).casefold() in said.casefold(), told) for words in expect.says),
        *((_plain(words).casefold() not in said.casefold(), told) for words in expect.says_not),
        *((name in performed.cited, ", ".join(performed.cited) or "no document") for name in expect.cites),
    ]
    if expect.declines is not None:
        outcomes.append((performed.declined == expect.declines, "declines" if performed.declined else "answers"))
    acted = "; ".join(cue_in_words(cue) for cue in performed.cues) or "no cue at all"
    outcomes += [(any(_is_like(cue, wanted, performed) for cue in performed.cues), acted) for wanted in expect.cues]
    for (kind, wanted_words), (held, found) in zip(_wanted(expect), outcomes, strict=True):
        yield Check(kind, wanted_words, held, found)


def _is_like(cue: TurnCue, wanted: CueExpectation, performed: Performance) -> bool:
    clause = performed.trace.clause_at(cue.shown_offset)
    placed = not wanted.words or (clause is not None and place_of(wanted.words, clause.words) is not None)
    return (
        placed
        and wanted.emotion in {None, cue.emotion}
        and wanted.role in {None, cue.role}
        and wanted.clip in {None, cue.clip}
    )


def _plain(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())
