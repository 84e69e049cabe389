"""The Acting panel: what each clip means and how it is played, in pages; the timeline lies below the viewport."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.ui.bench import Bench
from studio.ui.panels.acting_clips import ClipsPage
from studio.ui.panels.acting_emotions import EmotionPage
from studio.ui.panels.acting_health import HealthPage
from studio.ui.panels.acting_roles import RoleBoard, unsure_choices
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.panels.acting_transitions import TransitionsPage
from studio.ui.panels.motion import Timeline
from studio.ui.panels.panel import Panel
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.tabs import Tabs
from studio.ui.theme.tokens import WIDE

PAGES = (
    ("Roles", "Which clip plays which role"),
    ("Clips", "Every clip, and how it is played"),
    ("Emotions", "What each emotion does to face and body"),
    ("Transitions", "How far joints leap from clip to clip"),
    ("Health", "What will not look well, and what helps"),
)
ROLES_PAGE, CLIPS_PAGE, EMOTIONS_PAGE, TRANSITIONS_PAGE, HEALTH_PAGE = range(len(PAGES))
NO_CLIPS = (
    "Acting begins with clips. In Blender, push each action down to its own NLA track and export the GLB with "
    "the animation mode NLA Tracks; then replace the file under Avatar."
)


class ActingPanel(Panel):
    """Tabs over pages."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench, "Acting", "What each clip means. Roles are proposed; you have the last word.", scrolls=False
        )
        avatar = bench.opened.avatar
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        if avatar is None or not bench.document.facts.clips:
            self.body.addWidget(EmptyState(bench.theme, "acting", "This avatar has no clips", NO_CLIPS))
            self.body.addStretch(1)
            return
        self.stage = ActingStage(bench, avatar.glb, self)
        self.roles = RoleBoard(bench, self.stage)
        self.clips = ClipsPage(bench, self.stage)
        self.emotions = EmotionPage(bench, self.stage)
        self.transitions = TransitionsPage(bench, self.stage)
        self.health = HealthPage(bench, self.stage, self.roles.acts)
        self.drawer = self.timeline = Timeline(bench, self.stage.gallery)
        self.tabs = Tabs(bench.theme, PAGES)
        self._pages = QStackedWidget()
        self._lay_out()
        self.follow_draft()

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setObjectName("panelhead")
        holder.setFixedHeight(self.tabs.height() + 1)
        self.tabs.setParent(holder)
        self.tabs.move(WIDE - 8, 0)
        self.body.addWidget(holder)
        for page in (self.roles, self.clips, self.emotions, self.transitions, self.health):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self._turn_to)
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.show_page((self.tabs.currentIndex() + step) % len(PAGES)))
        link(self, self.stage.examiner.changed, self._show_health)
        self.stage.opened.connect(self._open_clip)

    def _open_clip(self, clip: str) -> None:
        self.show_page(CLIPS_PAGE)
        self.clips.show_clip(clip)
        self.timeline.show_clip(clip)

    def _turn_to(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        if place == TRANSITIONS_PAGE:
            self.transitions.entered()

    def _show_health(self) -> None:
        found = self.stage.examiner.ailments
        grave = sum(one.severity != "note" for one in found)
        self.tabs.show_mark(HEALTH_PAGE, str(len(found)) if found else "", "warning" if grave else "muted")
        self.clips.show_ailments(self.stage.examiner.sentences())

    def show_page(self, place: int) -> None:
        """Bring a page on screen."""
        self.tabs.setCurrentIndex(place)

    @property
    def place(self) -> object:
        """The page, and the clip that is open."""
        return (self.tabs.currentIndex(), self.clips.open_clip) if self.drawer is not None else None

    def return_to(self, place: object) -> None:
        """Go to a page, and to a clip if it is still there."""
        match place:
            case (int() as page, clip) if self.drawer is not None:
                self.show_page(page)
                if any(one.name == clip for one in self.bench.document.facts.clips):
                    self.clips.show_clip(str(clip))
                    self.timeline.show_clip(str(clip))

    def entered(self) -> None:
        """The panel came on screen: now its pictures are worth drawing."""
        if self.drawer is not None:
            self.stage.examiner.open()
            self.stage.gallery.open()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the map."""
        for page in (self.roles, self.clips, self.emotions, self.transitions):
            page.show_draft(draft)
        unsure = len(unsure_choices(draft, self.bench))
        self.tabs.show_mark(ROLES_PAGE, str(unsure) if unsure else "", "warning")
