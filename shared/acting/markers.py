"""The push parser of a model's reply: text shown, text spoken and what lies between the words, all aligned.

`<act happy 0.7 nod/>` becomes a cue, `[2]` a citation when source 2 was given. Its result does not depend on where the
chunks were cut. It keeps back from `<` to the end of a possible marker, 64 characters at most, then lets go. Other
angle brackets are text; no marker ever reaches a reader.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from shared.acting.lanes import LONGEST_MARKER, MARKER, Lane
from shared.contract.acting import EMOTIONS, ROLES, Emotion, Role

DEFAULT_INTENSITY: Final = 0.6

_CITATION: Final = re.compile(r"\[ ?\^?\d{1,2}(?: ?, ?\d{1,2})* ?\]")
_LONGEST_CITATION: Final = 32
_CITATION_BEGUN: Final = re.compile(r"\[[ ^\d,]*$")
_MARKER_BEGUN: Final = re.compile(r"<(?:/?(?:a(?:c(?:t(?:[\s/][^<>\[]*)?)?)?)?)?$", re.IGNORECASE)
_MARKER_BROKEN: Final = re.compile(r"</?act(?:[\s/][^<>\[]*)?(?=[<\[])", re.IGNORECASE)
_MARKER_CUT: Final = re.compile(r"</?act[\s/][^<>\[]*$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_WORD: Final = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """More text: as shown, with citation marks, and as spoken, without them."""

    shown: str
    spoken: str


@dataclass(frozen=True, slots=True)
class MarkedCue:
    """What a marker asks for. `offset` counts code points of the spoken text, `shown_offset` of the shown text."""

    role: Role | None
    emotion: Emotion
    intensity: float
    offset: int
    shown_offset: int


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A citation, before the text that holds its mark; `number` is what the reader sees."""

    number: int


Piece = Words | MarkedCue | MarkedSource
Numbering = Callable[[int], int | None]
"""From the number that the model wrote to the number that the reader sees; None for a source that was not given."""


def as_written(number: int) -> int | None:
    """The numbering that keeps every citation as it stands."""
    return number


class MarkerParser:
    """Feed it chunks as they come; it gives pieces in the order of the text."""

    def __init__(self, numbering: Numbering = as_written) -> None:
        self._numbering = numbering
        self._held = ""
        self._shown = Lane()
        self._spoken = Lane()

    def feed(self, chunk: str) -> list[Piece]:
        """Take more of the reply; returns what is certain by now."""
        self._held += chunk
        return list(self._pieces(closing=False))

    def close(self) -> list[Piece]:
        """The reply has ended: lets go of what was held, except for a marker that was cut in its midst."""
        return list(self._pieces(closing=True))

    def _pieces(self, *, closing: bool) -> Iterator[Piece]:
        while self._held:
            start = _first_bracket(self._held)
            if start:
                yield from self._write(self._held[:start])
                self._held = self._held[start:]
            elif not closing and _may_become_mark(self._held):
                return
            else:
                yield from self._mark_or_text(closing=closing)

    def _mark_or_text(self, *, closing: bool) -> Iterator[Piece]:
        """Take one whole mark, or one bracket that turned out to be text, from the front of what is held."""
        if marker := MARKER.match(self._held[:LONGEST_MARKER]):
            yield from self._cue(self._drop(marker.end()))
        elif broken := _broken_marker(self._held, closing=closing):
            self._drop(broken)
        elif citation := _CITATION.match(self._held[:_LONGEST_CITATION]):
            text = self._held[: citation.end()]
            self._held = self._held[citation.end() :]
            yield from self._cite([int(number) for number in re.findall(r"\d+", text)])
        else:
            bracket, self._held = self._held[0], self._held[1:]
            yield from self._write(bracket)

    def _drop(self, length: int) -> str:
        dropped, self._held = self._held[:length], self._held[length:]
        self._shown.take_out()
        self._spoken.take_out()
        return dropped

    def _write(self, text: str) -> Iterator[Piece]:
        words = Words(self._shown.write(text), self._spoken.write(text))
        if words.shown or words.spoken:
            yield words

    def _cue(self, marker: str) -> Iterator[Piece]:
        meaning = read_marker(marker)
        if meaning is not None:
            role, emotion, intensity = meaning
            yield MarkedCue(role, emotion, intensity, self._spoken.length, self._shown.length)

    def _cite(self, numbers: list[int]) -> Iterator[Piece]:
        self._spoken.take_out()
        accepted = [shown for number in numbers if (shown := self._numbering(number)) is not None]
        for number in dict.fromkeys(accepted):
            yield MarkedSource(number)
            yield Words(self._shown.write(f"[{number}]"), "")
        if not accepted:
            self._shown.take_out()


def read_marker(marker: str) -> tuple[Role | None, Emotion, float] | None:
    """What a marker's words ask for: role, emotion, intensity in [0, 1]; None when no word of it is known."""
    words = _WORD.findall(marker.lower())
    emotion = next((word for word in words if word in EMOTIONS), None)
    rest = [word for position, word in enumerate(words) if position != _position(words, emotion)]
    role = next((word for word in rest if word in ROLES), None)
    if emotion is None and role is None:
        return None
    number = _NUMBER.search(marker)
    intensity = min(1.0, float(number.group())) if number else DEFAULT_INTENSITY
    return _role(role), _emotion(emotion), intensity


def _position(words: list[str], word: str | None) -> int:
    return words.index(word) if word is not None else -1


def _role(word: str | None) -> Role | None:
    return next((role for role in ROLES if role == word), None)


def _emotion(word: str | None) -> Emotion:
    return next((emotion for emotion in EMOTIONS if emotion == word), "neutral")


def _first_bracket(text: str) -> int:
    """Where the first `<` or `[` stands, or the end."""
    places = [place for place in (text.find("<"), text.find("[")) if place >= 0]
    return min(places, default=len(text))


def _may_become_mark(held: str) -> bool:
    if held[0] == "<":
        return len(held) < LONGEST_MARKER and _MARKER_BEGUN.match(held) is not None
    return len(held) < _LONGEST_CITATION and _CITATION_BEGUN.match(held) is not None


def _broken_marker(held: str, *, closing: bool) -> int:
    """Length of a marker that ends where another bracket begins, or with the reply; 0 when there is none."""
    beginning = held[:LONGEST_MARKER]
    found = _MARKER_BROKEN.match(beginning)
    if found is None and closing and len(held) < LONGEST_MARKER:
        found = _MARKER_CUT.match(beginning)
    return found.end() if found else 0
