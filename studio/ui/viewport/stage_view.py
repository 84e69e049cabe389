"""The viewport as the workspace holds it: canvas and transport, or what to do when there is no avatar."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from shared.contract.acting import ActingMap
from shared.contract.chatbot import ChatbotDraft
from studio.model.signals import Signal
from studio.ui.desk import OpenProject
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.theme.theme import Theme
from studio.ui.viewport.actor import Actor
from studio.ui.viewport.canvas import Canvas
from studio.ui.viewport.transport import Transport


class StageView(QWidget):
    """Stays through all panels. One canvas for the window's life: a context is expensive to make."""

    def __init__(self, theme: Theme, *, software: bool | None) -> None:
        super().__init__()
        self.failed = Signal[[BaseException]]()
        self.actor = Actor()
        self.canvas = Canvas(theme, self.actor, software=software)
        self.transport = Transport(theme, self.actor)
        self._opened: OpenProject | None = None
        self._shown: ActingMap | None = None
        self._disconnect: Callable[[], None] | None = None
        self._pages = QStackedLayout()
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(EmptyState(theme, "avatar", "Nobody on stage", "Choose a GLB under Avatar."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self.transport)
        self.transport.framing.chosen.connect(self._frame)
        self.canvas.framed.connect(self.transport.framing.show_choice)
        self.canvas.frameSwapped.connect(self.transport.follow)
        link(self, self.canvas.failed, self.failed.emit)

    def show_avatar(self, opened: OpenProject | None) -> None:
        """Show a project's avatar, and follow its acting map; None is nobody."""
        if self._disconnect is not None:
            self._disconnect()
        self._disconnect = None
        self._opened = opened
        avatar = opened.avatar if opened else None
        acting = opened.document.draft.acting if opened else ActingMap()
        self._shown = acting
        self._pages.setCurrentIndex(0 if opened is None or avatar is not None else 1)
        self.canvas.show_avatar(avatar.glb if avatar else None, acting)
        if opened is not None:
            self._disconnect = opened.document.draft_changed.connect(self._follow)

    def _frame(self, key: str) -> None:
        if key in {"full", "half", "bust"}:
            self.canvas.frame(key)  # type: ignore[arg-type]  # checked against the three framings

    def _follow(self, draft: ChatbotDraft) -> None:
        before, self._shown = self._shown, draft.acting
        if before is not None and before.front != draft.acting.front and self._opened and self._opened.avatar:
            self.canvas.show_avatar(self._opened.avatar.glb, draft.acting)
        else:
            self.actor.take_map(draft.acting)
