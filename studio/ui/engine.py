"""Qt's web engine, which is not ours to install: looked for, prepared, opened. Everything else works without it."""

import importlib
import importlib.util
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

ENGINE = "PySide6.QtWebEngineWidgets"
"""Of the package PySide6-Addons, in the version of the Qt that runs here."""


def has_engine() -> bool:
    """Whether the optional package is installed."""
    try:
        return importlib.util.find_spec(ENGINE) is not None
    except (ImportError, ValueError):
        return False


def prepare_engine() -> None:
    """Let contexts be shared, as the engine wants it from before the application on; nothing where there is none."""
    if has_engine():
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def engine_view() -> Any:
    """A new view of web pages: Qt's `QWebEngineView`, whose types are not installed with us.

    Raises: ImportError: the package is not there, or not of this Qt.
    """
    view = importlib.import_module(ENGINE).QWebEngineView()
    # A picture of a page has no scroll bars.
    view.settings().setAttribute(view.settings().WebAttribute.ShowScrollBars, False)
    return view
