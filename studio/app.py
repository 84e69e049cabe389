"""Puts the studio together and opens it."""

import structlog

from studio.config import First, Settings


def open_studio(settings: Settings, first: First) -> int:
    """Open the studio's window, and stay until it is closed. Returns: the exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(20))
    from studio.ui.run import run_studio

    return run_studio(settings, first)
