"""Revealing a streamed answer at reading speed: text and cues come out at their places, whenever they came in."""

from shared.contract.turn import TurnCue, TurnDelta

CHARACTERS_PER_SECOND = 45.0
"""A little faster than a voice would be. Source: acting.md section 6, about 50 ms a character without sound."""
CATCH_UP_SECONDS = 4.0
"""A backlog is shown within this time, however long it is."""


class Reveal:
    """Takes deltas and cues as they arrive; gives them out by the clock."""

    def __init__(self) -> None:
        self._text = ""
        self._cues: list[TurnCue] = []
        self._place = 0.0
        self._complete = False

    @property
    def shown(self) -> str:
        """The text that is out."""
        return self._text[: int(self._place)]

    @property
    def over(self) -> bool:
        """Whether all of a complete answer is out."""
        return self._complete and int(self._place) >= len(self._text)

    def take_delta(self, delta: TurnDelta) -> None:
        """Take more text. Text that replaces earlier text from its offset on is believed."""
        self._text = self._text[: delta.offset] + delta.text

    def take_cue(self, cue: TurnCue) -> None:
        """Take a cue for its place in the shown text."""
        self._cues.append(cue)
        self._cues.sort(key=lambda waiting: waiting.shown_offset)

    def complete(self, text: str | None) -> None:
        """Nothing more comes; `text` is the whole answer where the turn ended well."""
        if text is not None:
            self._text = text
        self._complete = True

    def advance(self, seconds: float) -> list[TurnCue]:
        """Let time go by. Returns: the cues whose places have come out, in order."""
        backlog = len(self._text) - self._place
        speed = max(CHARACTERS_PER_SECOND, backlog / CATCH_UP_SECONDS)
        self._place = min(self._place + speed * seconds, float(len(self._text)))
        due = [cue for cue in self._cues if cue.shown_offset <= self._place]
        if self.over:
            due = list(self._cues)
        del self._cues[: len(due)]
        return due

    def stop(self) -> None:
        """Drop what is not out yet: text and cues."""
        self._text = self.shown
        self._cues.clear()
        self._complete = True
