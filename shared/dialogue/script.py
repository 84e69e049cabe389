"""The script of an answer: from a model's text to deltas, citations and cues, each at its place.

Knows no clock and no queue. Feed it text; `take` what may be sent.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from shared.acting.clauses import ClauseCutter
from shared.acting.director import Director
from shared.acting.markers import MarkedCue, MarkedSource, MarkerParser, Piece, Words
from shared.acting.moments import Intent, Moment, intent_of
from shared.contract.turn import AnyTurnEvent, TurnCitation, TurnCue, TurnDelta
from shared.dialogue.cueing import Cueing, PlacedCue
from shared.dialogue.outlet import Stamps
from shared.dialogue.trace import TurnTrace
from shared.knowledge.library import Found

CITED_CHARACTERS = 400
_UNSENDABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What no wire and no database takes as text, though JSON can spell it."""
MARKER_CONFIDENCE = 0.95


class Script:
    """One answer in the making.

    Args:
        stamps: numbers the events.
        director: decides what is acted.
        found: the passages that were given, in the order of their numbers.
        opening: the event that the answer begins with; a marker at its very start is trusted more.
        citing: the event of its first citation, unless its sentence is acted already.
        trace: hears of every cue that was considered.
    """

    def __init__(
        self,
        stamps: Stamps,
        director: Director,
        found: Sequence[Found],
        opening: Moment | None = None,
        citing: Moment | None = None,
        trace: TurnTrace | None = None,
    ) -> None:
        self.sent = ""
        """The shown text that has been taken."""
        self._stamps = stamps
        self._found = found
        self._opening = opening
        self._citing = citing
        self._parser = MarkerParser(self._number)
        self._clauses = ClauseCutter()
        self._numbers: dict[int, int] = {}
        self._announced = 0
        self._waiting = ""
        self._cueing = Cueing(director, self._shown_offset, trace)
        self._spoken_length = 0
        self._spoken_at: list[int] = [0]
        self._shown_at: list[int] = [0]

    @property
    def cited(self) -> tuple[Found, ...]:
        """The passages that the answer cites, in the order of their marks."""
        return tuple(self._found[given - 1] for given in self._numbers)

    def feed(self, text: str) -> None:
        """Add text as the model gives it."""
        for piece in self._parser.feed(_UNSENDABLE.sub("\ufffd", text)):
            self._place(piece)

    def close(self) -> None:
        """The model has ended."""
        for piece in self._parser.close():
            self._place(piece)
        for clause in self._clauses.close():
            self._cueing.hear(clause)
        self._cueing.close()

    def act(self, moment: Moment) -> None:
        """An event of the turn happens at the present end of the text."""
        self._ask(intent_of(moment), self._spoken_length, len(self.sent) + len(self._waiting))

    def take(self) -> Iterator[AnyTurnEvent]:
        """What may be sent now: cues and new citations, then the text that they belong to, as one delta."""
        for cue in self._cueing.placed:
            yield self._cue_event(cue)
        self._cueing.placed.clear()
        for given in list(self._numbers)[self._announced :]:
            self._announced += 1
            yield self._citation(self._announced, self._found[given - 1])
        if self._waiting:
            text, offset = self._waiting, len(self.sent)
            self.sent, self._waiting = self.sent + text, ""
            yield TurnDelta(turn_id=self._stamps.turn_id, seq=self._stamps.seq(), offset=offset, text=text)

    def _number(self, given: int) -> int | None:
        if not 1 <= given <= len(self._found):
            return None
        return self._numbers.setdefault(given, len(self._numbers) + 1)

    def _place(self, piece: Piece) -> None:
        match piece:
            case Words():
                self._begin()
                self._write(piece)
            case MarkedCue():
                intent = Intent(piece.role, piece.emotion, piece.intensity, "marker", MARKER_CONFIDENCE)
                self._pass_opening_over()
                self._ask(intent, piece.offset, piece.shown_offset)
            case MarkedSource():  # its number is announced by `take`, before the delta that holds its mark
                self._cite()

    def _begin(self) -> None:
        if self._opening is not None:
            moment, self._opening = self._opening, None
            self._ask(intent_of(moment), 0, 0)

    def _pass_opening_over(self) -> None:
        moment, self._opening = self._opening, None
        if moment is not None:
            self._cueing.pass_over(intent_of(moment), 0, 0, "marker_first")

    def _cite(self) -> None:
        moment, self._citing = self._citing, None
        if moment is None:
            return
        if self._cueing.has_acted(self._clauses.sentence):
            place = len(self.sent) + len(self._waiting)
            self._cueing.pass_over(intent_of(moment), self._spoken_length, place, "sentence_acted")
        else:
            self.act(moment)

    def _write(self, words: Words) -> None:
        self._spoken_at.append(self._spoken_length)
        self._shown_at.append(len(self.sent) + len(self._waiting))
        self._spoken_length += len(words.spoken)
        self._waiting += words.shown
        for clause in self._clauses.feed(words.spoken):
            self._cueing.hear(clause)

    def _ask(self, intent: Intent, offset: int, shown_offset: int) -> None:
        self._cueing.ask(intent, offset, shown_offset, self._clauses.sentence)

    def _shown_offset(self, offset: int) -> int:
        """The place in the shown text of a place in the spoken one."""
        anchor = bisect_right(self._spoken_at, offset) - 1
        shown = self._shown_at[anchor] + offset - self._spoken_at[anchor]
        return min(shown, len(self.sent) + len(self._waiting))

    def _cue_event(self, cue: PlacedCue) -> TurnCue:
        return TurnCue(
            turn_id=self._stamps.turn_id,
            seq=self._stamps.seq(),
            role=cue.decision.role,
            emotion=cue.decision.emotion,
            intensity=cue.decision.intensity,
            clip=cue.decision.clip,
            offset=cue.offset,
            shown_offset=cue.shown_offset,
            source=cue.source,
            confidence=cue.confidence,
        )

    def _citation(self, number: int, found: Found) -> TurnCitation:
        return TurnCitation(
            turn_id=self._stamps.turn_id,
            seq=self._stamps.seq(),
            number=number,
            document_id=found.document_id,
            title=found.title,
            text=found.text[:CITED_CHARACTERS],
            page=found.page,
            heading=found.heading,
            url=found.url,
        )
