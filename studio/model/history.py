"""Undo and redo over whole drafts. Drafts are immutable and share their parts, so a step costs a pointer or two."""

from dataclasses import dataclass, replace

from shared.contract.chatbot import ChatbotDraft
from studio.model.signals import Signal

MAXIMUM_STEPS = 500


@dataclass(frozen=True)
class Step:
    """One undoable change. Steps of the same `gesture` melt into one: a slider that moves is one change."""

    name: str
    before: ChatbotDraft
    after: ChatbotDraft
    gesture: str | None = None


class History:
    """The steps done and undone, and which state is on disk."""

    def __init__(self) -> None:
        self.changed = Signal[[]]()
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo_name(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What redo would do again; None when there is nothing."""
        return self._undone[-1].name if self._undone else None

    @property
    def last(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the done steps, oldest first."""
        return tuple(step.name for step in self._done)

    @property
    def undone_names(self) -> tuple[str, ...]:
        """Names of the undone steps, in the order in which redo would do them."""
        return tuple(step.name for step in reversed(self._undone))

    def continued(self) -> "History":
        """The same steps in a history of its own, that nobody listens to yet."""
        made = History()
        made._done, made._undone = list(self._done), list(self._undone)
        return made

    def record(self, step: Step) -> None:
        """Take a new step; what was undone can no longer be redone."""
        merged = self._merged(step)
        if merged is None:
            self._done.append(step)
            del self._done[:-MAXIMUM_STEPS]
        else:
            self._done[-1] = merged
        self._undone.clear()
        self.changed.emit()

    def _merged(self, step: Step) -> Step | None:
        if step.gesture is None or not self._done or self._undone:
            return None
        last = self._done[-1]
        return replace(last, after=step.after) if last.gesture == step.gesture else None

    def seal(self) -> None:
        """End a gesture: the next change of the same kind is a step of its own."""
        if self._done and self._done[-1].gesture is not None:
            self._done[-1] = replace(self._done[-1], gesture=None)

    def undo(self) -> ChatbotDraft | None:
        """Step back; the draft to show, or None when there is nothing to undo."""
        if not self._done:
            return None
        step = replace(self._done.pop(), gesture=None)
        self._undone.append(step)
        self.changed.emit()
        return step.before

    def redo(self) -> ChatbotDraft | None:
        """Step forward again; the draft to show, or None when there is nothing to redo."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self.changed.emit()
        return step.after
