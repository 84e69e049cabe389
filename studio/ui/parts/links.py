"""Connecting the model's signals to widgets that may go away before the model does."""

from collections.abc import Callable
from typing import ParamSpec

from PySide6.QtCore import QObject

from studio.model.signals import Signal

Payload = ParamSpec("Payload")


def link(owner: QObject, signal: Signal[Payload], listener: Callable[Payload, object]) -> None:
    """Call `listener` for as long as `owner` lives: a deleted widget must not hear any more."""
    disconnect = signal.connect(listener)
    owner.destroyed.connect(lambda: disconnect())
