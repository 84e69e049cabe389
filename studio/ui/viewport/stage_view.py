"""The viewport as the workspace holds it: canvas and transport, or what to do when there is no avatar."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from shared.contract.acting import ActingMap
from shared.contract.chatbot import ChatbotDraft
from studio.model.preferences import ViewportChoices
from studio.model.signals import Signal
from studio.render.framing import Framing
from studio.ui.desk import OpenProject
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG
from studio.ui.viewport.actor import Actor
from studio.ui.viewport.canvas import Canvas
from studio.ui.viewport.figures import Figures
from studio.ui.viewport.tools import Tools
from studio.ui.viewport.transport import Transport

PATIENCE = 250
"""Milliseconds after which an avatar that is not there yet is spoken of: words that flash by only unsettle."""
FIGURES_EVERY = 250
"""Milliseconds: numbers that change faster cannot be read."""


class StageView(QWidget):
    """Stays through all panels. One canvas for the window's life: a context is expensive to make."""

    def __init__(self, theme: Theme, choices: ViewportChoices, *, software: bool | None) -> None:
        super().__init__()
        self.failed = Signal[[BaseException]]()
        self.choices_changed = Signal[[ViewportChoices]]()
        self.actor = Actor()
        self.canvas = Canvas(theme, self.actor, software=software)
        self.transport = Transport(theme, self.actor)
        self.tools = Tools(theme, choices, lambda: self.canvas.frame(self.tools.choices.framing))
        self.figures = Figures(theme)
        self.arriving = label("The avatar is coming onto the stage…", "caption", "muted")
        self._since_figures = QElapsedTimer()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.arriving.show)
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
        self._lay_over(choices)
        self.transport.framing.chosen.connect(self._frame)
        self.canvas.framed.connect(self._show_framing)
        self.canvas.frameSwapped.connect(self._follow_frame)
        link(self, self.canvas.failed, self.failed.emit)
        link(self, self.canvas.key_pressed, self.tools.turn_by_key)
        link(self, self.canvas.arriving_changed, self._show_arriving)
        link(self, self.tools.chosen, self._take_choices)

    def show_avatar(self, opened: OpenProject | None) -> None:
        """Show a project's avatar, and follow its acting map; None is nobody."""
        if self._disconnect is not None:
            self._disconnect()
        self._disconnect = None
        again = opened is not None and self._opened is not None and opened.project.folder == self._opened.project.folder
        self._opened = opened
        avatar = opened.avatar if opened else None
        acting = opened.document.draft.acting if opened else ActingMap()
        self._shown = acting
        self._pages.setCurrentIndex(0 if opened is None or avatar is not None else 1)
        self.canvas.show_avatar(avatar.glb if avatar else None, acting, keep=again)
        if opened is not None:
            self._disconnect = opened.document.draft_changed.connect(self._follow)

    def _frame(self, key: str) -> None:
        if key in {"full", "half", "bust"}:
            self.canvas.frame(key)  # type: ignore[arg-type]  # checked against the three framings

    def _follow(self, draft: ChatbotDraft) -> None:
        before, self._shown = self._shown, draft.acting
        if before is not None and before.front != draft.acting.front and self._opened and self._opened.avatar:
            self.canvas.show_avatar(self._opened.avatar.glb, draft.acting, keep=True)
        else:
            self.canvas.follow(draft.acting)

    def _lay_over(self, choices: ViewportChoices) -> None:
        """Lay tools and statistics over the canvas, in its corners."""
        over = QGridLayout(self.canvas)
        over.setContentsMargins(SNUG, SNUG, SNUG, SNUG)
        over.addWidget(self.figures, 0, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        over.addWidget(self.tools, 0, 2, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        over.addWidget(self.arriving, 1, 0, 1, 3, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        over.setColumnStretch(1, 1)
        over.setRowStretch(1, 1)
        self.arriving.hide()
        self.canvas.choose(choices)
        self.figures.setVisible(choices.statistics)
        self.transport.framing.show_choice(choices.framing)

    def _take_choices(self, choices: ViewportChoices) -> None:
        self.canvas.choose(choices)
        self.figures.setVisible(choices.statistics)
        self.choices_changed.emit(choices)

    def _show_framing(self, framing: Framing) -> None:
        self.transport.framing.show_choice(framing)
        self.tools.choose(self.tools.choices.model_copy(update={"framing": framing}))

    def _show_arriving(self, arriving: bool) -> None:
        if arriving:
            self._patience.start()
        else:
            self._patience.stop()
            self.arriving.hide()

    def _follow_frame(self) -> None:
        self.transport.follow()
        if not self.figures.isVisible():
            return
        if not self._since_figures.isValid() or self._since_figures.elapsed() > FIGURES_EVERY:
            self._since_figures.start()
            self.figures.show_readings(self.canvas.readings)
