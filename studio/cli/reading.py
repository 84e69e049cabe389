"""Tells on the error stream which document is being read, and how far: only when that takes a person's patience."""

import sys
import time
from collections.abc import Sequence

import typer

from shared.contract.chatbot import DocumentRef
from studio.rehearsal.indexing import KnowledgeIndex

PATIENCE_SECONDS = 1.0
"""What is done by then needs no word."""
LINE_SHARE = 10
"""Per cent between two lines where they stay, as in a log; a terminal's one line is written over each time."""
_CLEAR = "\r\x1b[K"


class ReadingTeller:
    """Listens to an index and tells of its reading."""

    def __init__(self, documents: Sequence[DocumentRef], index: KnowledgeIndex) -> None:
        self._documents, self._index = documents, index
        self._terminal = sys.stderr.isatty()
        self._since: float | None = None
        self._last: tuple[str, int] | None = None
        index.changed.connect(self._tell)

    def _tell(self) -> None:
        read = next((one for one in self._documents if self._index.standing_of(one).state == "reading"), None)
        if read is None:
            self._clear()
            return
        self._since = self._since or time.monotonic()
        percent = int(self._index.standing_of(read).fraction * 100)
        step = 1 if self._terminal else LINE_SHARE
        told = (read.blob.name, percent // step)
        if told != self._last and time.monotonic() - self._since > PATIENCE_SECONDS:
            self._last = told
            self._write(f"Reading {read.blob.name} … {percent} %")

    def _write(self, line: str) -> None:
        typer.echo(f"{_CLEAR}{line}" if self._terminal else line, err=True, nl=not self._terminal)

    def _clear(self) -> None:
        if self._terminal and self._last:
            typer.echo(_CLEAR, err=True, nl=False)
