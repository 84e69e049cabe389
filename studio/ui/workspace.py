"""The open project on screen: rail, viewport, panel. The viewport stays while panels come and go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.files.project import Project
from studio.model.checklist import SECTIONS, Section, section_states
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.acting import ActingPanel
from studio.ui.panels.avatar import AvatarPanel
from studio.ui.panels.knowledge import KnowledgePanel
from studio.ui.panels.look import LookPanel
from studio.ui.panels.panel import Panel
from studio.ui.panels.personality import PersonalityPanel
from studio.ui.panels.publish import PublishPanel
from studio.ui.panels.rehearsal import RehearsalPanel
from studio.ui.parts.links import link
from studio.ui.rail import Rail
from studio.ui.theme.theme import Theme
from studio.ui.viewport.stage_view import StageView

KINDS: dict[Section, Callable[[Bench], Panel]] = {
    "avatar": AvatarPanel,
    "acting": ActingPanel,
    "personality": PersonalityPanel,
    "knowledge": KnowledgePanel,
    "rehearsal": RehearsalPanel,
    "look": LookPanel,
    "publish": PublishPanel,
}
LEAST_PANEL, MOST_PANEL = 430, 760


class Workspace(QWidget):
    """Shows one bench at a time."""

    def __init__(self, theme: Theme, view: StageView, panel_width: int) -> None:
        super().__init__()
        self.replace_asked = Signal[[]]()
        self.section_changed = Signal[[Section]]()
        self.rail = Rail(theme)
        self.rail.chosen.connect(self.show_section)
        self.view = view
        self.panels: dict[Section, Panel] = {}
        self._section: Section = "avatar"
        self._project: Project | None = None
        self._stack = QStackedWidget()
        self._stack.setObjectName("panel")
        self._stack.setMinimumWidth(LEAST_PANEL)
        self._stack.setMaximumWidth(MOST_PANEL)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self._drawers = QWidget()
        self._drawer_place = QVBoxLayout(self._drawers)
        self._drawer_place.setContentsMargins(0, 0, 0, 0)
        self._drawers.setObjectName("drawer")
        self._drawers.hide()
        self._upright = self._stage_and_drawer()
        self._heights: dict[Section, int] = {}
        """Of the drawers, as somebody left them."""
        self.splitter.addWidget(self._upright)
        self.splitter.addWidget(self._stack)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([10_000, panel_width])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.splitter, 1)

    def _stage_and_drawer(self) -> QSplitter:
        """The viewport, and under it what the panel on screen lays there."""
        made = QSplitter(Qt.Orientation.Vertical)
        made.setHandleWidth(1)
        made.setChildrenCollapsible(False)
        made.addWidget(self.view)
        made.addWidget(self._drawers)
        made.setStretchFactor(0, 1)
        made.setStretchFactor(1, 0)
        return made

    @property
    def section(self) -> Section:
        """The section on screen."""
        return self._section

    @property
    def panel_width(self) -> int:
        """How wide the panel is."""
        return self._stack.width()

    def show_bench(self, bench: Bench) -> None:
        """Show a project; the panels of the one before are gone. The same project again stays where it was."""
        again = bench.opened.project == self._project
        places = {section: panel.place for section, panel in self.panels.items()} if again else {}
        self._project = bench.opened.project
        self.clear()
        for section in SECTIONS:
            panel = KINDS[section](bench)
            self.panels[section] = panel
            self._stack.addWidget(panel)
            panel.return_to(places.get(section))
            if panel.drawer is not None:
                panel.drawer.hide()
                self._drawer_place.addWidget(panel.drawer)
        avatar = self.panels["avatar"]
        if isinstance(avatar, AvatarPanel):
            avatar.replace_asked.connect(self.replace_asked.emit)
        publish = self.panels["publish"]
        if isinstance(publish, PublishPanel):
            publish.section_asked.connect(self.show_section)
        link(avatar, bench.document.draft_changed, lambda draft: self._show_states(bench, draft))
        self._show_states(bench, bench.draft)
        self.show_section(self._section if again else "avatar")

    def clear(self) -> None:
        """Take all panels away."""
        for panel in self.panels.values():
            self._stack.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            if panel.drawer is not None:
                self._drawer_place.removeWidget(panel.drawer)
                panel.drawer.deleteLater()
        self.panels = {}

    def show_section(self, section: Section) -> None:
        """Bring a section on screen."""
        if section not in self.panels:
            return
        if self._drawers.isVisible():
            self._heights[self._section] = self._drawers.height()
        self._section = section
        self.rail.show_section(section)
        self._stack.setCurrentWidget(self.panels[section])
        drawer = self.panels[section].drawer
        self._drawers.setVisible(drawer is not None)
        if drawer is not None:
            self._open_drawer(drawer, self._heights.get(section))
        self.panels[section].entered()
        self.section_changed.emit(section)

    def _open_drawer(self, drawer: QWidget, height: int | None) -> None:
        """Show a drawer as high as it wants to be, or was left; the others do not hold it open."""
        for panel in self.panels.values():
            if panel.drawer is not None:
                panel.drawer.setVisible(panel.drawer is drawer)
        self._upright.setSizes([10_000, height or drawer.sizeHint().height()])

    def take_documents(self, paths: list[Path]) -> None:
        """Give dropped documents to the knowledge, and show it."""
        knowledge = self.panels.get("knowledge")
        if isinstance(knowledge, KnowledgePanel):
            self.show_section("knowledge")
            knowledge.add(paths)

    def _show_states(self, bench: Bench, draft: ChatbotDraft) -> None:
        self.rail.show_states(section_states(draft, bench.document.facts, bench.document.proposals))
