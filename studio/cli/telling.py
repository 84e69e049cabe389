"""Tells on the error stream how far long work is: one line that is written over, or now and then a line in a log."""

import sys

import typer

_CLEAR = "\r\x1b[K"
_LOG_SHARE = 25
"""Per cent between two lines where they stay."""


class ProgressTeller:
    """Takes what is being done, and which share of it is done."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last: int | None = None

    def __call__(self, sentence: str, share: float) -> None:
        percent = int(share * 100)
        step = percent if self._terminal else percent // _LOG_SHARE
        if self._last is not None and step <= self._last:
            return
        self._last = step
        line = f"{percent:3d} %  {sentence}"
        typer.echo(f"{_CLEAR}{line}" if self._terminal else line, err=True, nl=not self._terminal)

    def done(self) -> None:
        """Leave the terminal's line to whatever is said next."""
        if self._terminal and self._last is not None:
            typer.echo(_CLEAR, err=True, nl=False)
