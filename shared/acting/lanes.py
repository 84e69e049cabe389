"""A lane of text that grows in chunks and stays tidy where something was taken out of it."""

import re
from typing import Final

MARKER: Final = re.compile(r"</?act(?:[\s/][^<>\[]*)?>", re.IGNORECASE)
"""A whole acting marker; `LONGEST_MARKER` characters at most."""
LONGEST_MARKER: Final = 64

_CLOSING: Final = frozenset(".,;:!?)]}»”\n")
_OPENED: Final = re.compile(r"</?a?c?t?$", re.IGNORECASE)


class Lane:
    """Text as one reader gets it: shown, or spoken.

    Spaces at the end are kept back until more comes, so that `word [9].` without its mark reads `word.` and
    `Hello. <act nod/> World` reads `Hello. World`. Nothing here depends on where the text was cut.
    """

    def __init__(self) -> None:
        self.length = 0
        """Code points given out so far."""
        self._kept = ""
        self._gap = False
        self._tail = ""

    def take_out(self) -> None:
        """Note that something of the model's text is not part of this lane, at this place."""
        self._gap = True

    def write(self, text: str) -> str:
        """Add text; returns what can be given out now."""
        if self.length == 0:
            text = text.lstrip()
        if self._gap:
            text = self._joined(text)
        whole = self._kept + text
        given = whole.rstrip(" ")
        self._kept = whole[len(given) :]
        self.length += len(given)
        self._tail = (self._tail + given)[-LONGEST_MARKER:]
        return given

    def _joined(self, text: str) -> str:
        """Close a gap: one space of two, none before closing marks, and no marker grown together from halves."""
        if self._kept:
            text = text.lstrip(" ")
        if not text:
            return text
        self._gap = False
        if text[0] in _CLOSING:
            self._kept = ""
        if not self._kept and _OPENED.search(self._tail) and not text[0].isspace():
            return " " + text
        return text
