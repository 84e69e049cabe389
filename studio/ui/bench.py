"""What a panel is given: the open project, and the means to act on it."""

from dataclasses import dataclass

from shared.contract.chatbot import ChatbotDraft
from studio.model.document import Document
from studio.rehearsal.indexing import KnowledgeIndex
from studio.rehearsal.models import RehearsalParts
from studio.rehearsal.turns import Conversation
from studio.ui.desk import Desk, OpenProject
from studio.ui.parts.notices import Toasts
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.viewport.actor import Actor
from studio.ui.viewport.canvas import Canvas


@dataclass(frozen=True)
class Bench:
    """One open project's surroundings. Panels live and die with it."""

    theme: Theme
    tasks: Tasks
    toasts: Toasts
    desk: Desk
    opened: OpenProject
    actor: Actor
    canvas: Canvas
    index: KnowledgeIndex
    rehearsal: Conversation
    parts: RehearsalParts
    """The desk's models and keys, which outlive the project."""

    @property
    def document(self) -> Document:
        """The document being edited."""
        return self.opened.document

    @property
    def draft(self) -> ChatbotDraft:
        """The draft as it stands."""
        return self.opened.document.draft
