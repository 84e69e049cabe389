"""Puts the studio together and opens it."""

from pathlib import Path

import structlog

from studio.config import Settings


def open_studio(settings: Settings, folder: Path | None = None) -> int:
    """Open the studio's window, with a project at once where one is given. Returns: the exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(20))
    from studio.ui.run import run_studio

    return run_studio(settings, folder)
