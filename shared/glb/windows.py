"""The part of a clip that is played, and where in it a time falls."""

from dataclasses import dataclass

from shared.contract.acting import ClipSettings


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a clip that is played at all; seconds of the clip."""

    start: float
    end: float

    def place(self, offset: float, elapsed: float, *, loop: bool) -> float:
        """Where in the clip it is, so many of its own seconds after it began at `offset`."""
        length = self.end - self.start
        if loop and length > 0:
            return self.start + (offset - self.start + elapsed) % length
        return min(offset + elapsed, self.end)


def window_of(settings: ClipSettings, seconds: float) -> Window:
    """What of a clip of `seconds` is played: all of it, or when it is trimmed its active window."""
    if not settings.trim:
        return Window(0.0, seconds)
    end = min(seconds if settings.active_end is None else settings.active_end, seconds)
    return Window(min(settings.active_start, end), end)
