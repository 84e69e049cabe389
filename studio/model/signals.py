"""A small signal: the model tells, whoever is connected hears. Synchronous, in the order of connection."""

from collections.abc import Callable
from typing import Generic, ParamSpec

Payload = ParamSpec("Payload")


class Signal(Generic[Payload]):
    """Calls every connected listener. A listener may disconnect itself or others while it is called."""

    def __init__(self) -> None:
        self._listeners: list[Callable[Payload, object]] = []

    def connect(self, listener: Callable[Payload, object]) -> Callable[[], None]:
        """Add `listener`; the returned function takes it away again, and may be called twice."""
        self._listeners.append(listener)

        def disconnect() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return disconnect

    def emit(self, *args: Payload.args, **kwargs: Payload.kwargs) -> None:
        """Call the listeners that are connected now and still are when their place comes."""
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(*args, **kwargs)
