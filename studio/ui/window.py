"""The studio's one window: start page or workspace, and what the menus ask for."""

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from shared.errors import BadProject
from studio.files.demo import demo_project
from studio.model.preferences import Appearance, ViewportChoices
from studio.model.signals import Signal
from studio.rehearsal.models import RehearsalParts
from studio.ui.autosave import Autosave
from studio.ui.bench import Bench
from studio.ui.brand import window_icon
from studio.ui.choosing import HOME, Choosing
from studio.ui.command_finder import CommandFinder
from studio.ui.desk import Desk, OpenProject
from studio.ui.first_steps import tour_stops
from studio.ui.from_server import FromServerDialog
from studio.ui.history_list import HistoryList
from studio.ui.leaving import UnsavedGuard
from studio.ui.menus import Commands, Menus
from studio.ui.parts.drop import dropped_paths
from studio.ui.parts.links import link
from studio.ui.parts.notices import Toasts
from studio.ui.problems import problem_of
from studio.ui.shortcuts import show_shortcuts
from studio.ui.start_page import AVATAR_SUFFIXES, StartPage
from studio.ui.start_rows import keep_thumbnail
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.topbar import TopBar
from studio.ui.tour import Tour
from studio.ui.viewport.stage_view import StageView
from studio.ui.workspace import Workspace

LEAST_SIZE = (1080, 680)
FIRST_SIZE = (1440, 900)


class StudioWindow(QMainWindow):
    """Composes the parts; holds no state of the project itself."""

    def __init__(self, theme: Theme, desk: Desk, tasks: Tasks, parts: RehearsalParts) -> None:
        super().__init__()
        self.left = Signal[[]]()
        self.theme, self.desk, self.tasks, self._parts = theme, desk, tasks, parts
        self._may_leave = False
        self._guard = UnsavedGuard(theme, self, desk, self.save)
        self._choosing = Choosing(theme, self, desk)
        self.setWindowIcon(window_icon())
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        self.menus = Menus(self, self._commands())
        self.topbar = TopBar(theme, self.menus, tasks)
        self.view = StageView(theme, desk.preferences.viewport, software=desk.settings.software_rendering)
        self.workspace = Workspace(theme, self.view, desk.preferences.panel_width)
        self.start = StartPage(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.workspace)
        self.setMenuWidget(self.topbar)
        self.setCentralWidget(self._pages)
        self.toasts = Toasts(theme, self._pages)
        self._autosave = Autosave(desk, self)
        self._connect()
        self._restore_place()
        self._show_project(desk.current)

    def _commands(self) -> Commands:
        return Commands(
            new_project=self.choose_avatar,
            open_project=self.choose_project,
            open_from_server=self.open_from_server,
            open_recent=self.open_project,
            save=self.save,
            close_project=self.close_project,
            leave=self.close,
            undo=self.undo,
            redo=self.redo,
            show_section=lambda section: self.workspace.show_section(section),
            play=lambda: self.view.actor.toggle_pause(),
            show_appearance=self.show_appearance,
            turn_appearance=lambda: self.show_appearance("light" if self.theme.palette.dark else "dark"),
            show_keys=lambda: show_shortcuts(self.theme, self),
            show_history=self.show_history,
            open_demo=self.open_demo,
            take_tour=self.take_tour,
            find_command=self.find_command,
        )

    def _connect(self) -> None:
        self.start.stage.chosen.connect(self.choose_avatar)
        self.start.stage.dropped.connect(self.ask_for_project)
        self.start.open_asked.connect(self.choose_project)
        self.start.server_asked.connect(self.open_from_server)
        self.start.recent_chosen.connect(self.open_project)
        self.start.recent_removed.connect(
            lambda folder: self.desk.prefer(self.desk.preferences.without_recent(str(folder)))
        )
        self.start.demo_chosen.connect(self.open_demo)
        self.workspace.replace_asked.connect(self.choose_replacement)
        link(self, self.tasks.failed, self.toasts.problem)
        link(self, self.view.failed, lambda error: self.toasts.problem(problem_of(error)))
        link(self, self.view.choices_changed, self._keep_viewport)
        link(self, self.desk.opened, self._show_project)
        link(self, self.desk.preferences_changed, lambda _preferences: self._show_preferences())
        link(self, self.theme.changed, self._dress)
        self._dress()
        self._show_preferences()

    def _dress(self) -> None:
        self.topbar.appearance.show_icon("sun" if self.theme.palette.dark else "moon")

    def _show_preferences(self) -> None:
        self.menus.show_preferences(self.desk.preferences)
        self.start.show_recent(self.desk.preferences)

    def _restore_place(self) -> None:
        # No larger than the screen leaves free: a first window half outside looks broken.
        free = self.screen().availableSize()
        self.resize(min(FIRST_SIZE[0], free.width()), min(FIRST_SIZE[1], free.height()))
        if self.desk.preferences.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.desk.preferences.geometry.encode()))

    def choose_avatar(self) -> None:
        """Ask for a GLB to make a project from."""
        self._choosing.avatar(self.ask_for_project)

    def ask_for_project(self, glb: Path) -> None:
        """Ask for the new project's name and place."""
        self._choosing.new_project(glb, self.create_project)

    def create_project(self, folder: Path, glb: Path) -> None:
        """Make a project and open it."""
        self._guard.then(lambda: self.tasks.spawn("Making the project", self.desk.create(folder, glb)))

    def close_project(self) -> None:
        """Back to the start page."""
        self._guard.then(self.desk.close)

    def choose_project(self) -> None:
        """Ask for a project's folder."""
        self._choosing.folder(self.open_project)

    def open_from_server(self) -> None:
        """Ask for a published chatbot, and open it as a project of this desk."""

        def pulled(folder: Path) -> None:
            dialog.close()
            self.open_project(folder)

        dialog = FromServerDialog(self.theme, self, self.desk, self.tasks, pulled)
        dialog.open()

    def open_project(self, folder: Path) -> None:
        """Open a project."""
        self._guard.then(lambda: self.tasks.spawn("Opening the project", self.desk.open(folder)))

    def open_demo(self, slug: str) -> None:
        """Open a demo character as a project of one's own; the first time, with the tour."""
        self._guard.then(lambda: self.tasks.spawn("Opening the demo character", self._open_demo(slug)))

    async def _open_demo(self, slug: str) -> None:
        await self.desk.open(await demo_project(slug, HOME))
        if not self.desk.preferences.toured:
            self.take_tour()

    def take_tour(self) -> None:
        """Walk through the window's parts."""
        tour = Tour(self.theme, self, tour_stops(self.workspace, self.topbar), self.workspace.show_section)
        tour.ended.connect(lambda: self.desk.prefer(self.desk.preferences.model_copy(update={"toured": True})))

    def choose_replacement(self) -> None:
        """Ask for another GLB for the open project."""
        self._choosing.avatar(self.replace_avatar)

    def replace_avatar(self, glb: Path) -> None:
        """Give the open project another avatar."""
        if self.desk.current is not None:
            self.tasks.spawn("Replacing the avatar", self.desk.replace_avatar(glb))

    def undo(self) -> None:
        """Take the last change back, whichever panel it came from."""
        if self.desk.current is not None:
            self.desk.current.document.undo()

    def redo(self) -> None:
        """Do the last undone change again."""
        if self.desk.current is not None:
            self.desk.current.document.redo()

    def show_history(self) -> None:
        """Open the list of all steps."""
        if self.desk.current is not None:
            HistoryList(self.theme, self, self.desk.current.document).open_below(self.topbar.history)

    def find_command(self) -> None:
        """Open the field that finds any command by its name."""
        CommandFinder(self.theme, self, self.actions()).open_over(self)

    def save(self) -> None:
        """Save, or say why not."""
        try:
            self.desk.save()
            self._keep_thumbnail()
        except BadProject as error:
            self.toasts.problem(problem_of(error))

    def show_appearance(self, appearance: Appearance) -> None:
        """Dress in another appearance, and remember it."""
        self.theme.choose(appearance)
        self.desk.prefer(self.desk.preferences.model_copy(update={"appearance": appearance}))

    def _keep_viewport(self, choices: ViewportChoices) -> None:
        self.desk.prefer(self.desk.preferences.model_copy(update={"viewport": choices}))

    def _show_project(self, opened: OpenProject | None) -> None:
        self.menus.show_open(is_open=opened is not None)
        if opened is None:
            self.workspace.clear()
            self.view.show_avatar(None)
            self._pages.setCurrentWidget(self.start)
        else:
            self._show_open_project(opened)
        self._show_title()

    def _show_open_project(self, opened: OpenProject) -> None:
        self.toasts.clear()
        index, rehearsal = self._parts.for_project(opened.project)
        self.view.show_avatar(opened)
        stage = (self.view.actor, self.view.canvas)
        bench = Bench(self.theme, self.tasks, self.toasts, self.desk, opened, *stage, index, rehearsal, self._parts)
        self.workspace.show_bench(bench)
        self._pages.setCurrentWidget(self.workspace)
        self.view.canvas.setFocus()
        document = opened.document
        document.draft_changed.connect(lambda _draft: self._show_title())
        document.saved_changed.connect(lambda _saved: self._show_title())
        document.history.changed.connect(self._show_history)
        self._show_history()
        if opened.recovered:
            self.toasts.tell("Recovered", "The studio broke off last time. Your unsaved changes are back.", "accent")

    def _show_history(self) -> None:
        if self.desk.current is not None:
            history = self.desk.current.document.history
            self.menus.show_history(history.undo_name, history.redo_name)
            self.topbar.show_history(history.undo_name, history.redo_name)

    def _show_title(self) -> None:
        current = self.desk.current
        if current is None:
            self.setWindowTitle("Troupe")
            self.topbar.show_project(None, saved=True)
            return
        document = current.document
        self.setWindowTitle(f"{document.draft.name}{'' if document.saved else ' •'}, Troupe")
        self.topbar.show_project(document.draft.name or "Untitled", saved=document.saved)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take avatars anywhere on the window, and documents too while a project is open."""
        if dropped_paths(event, AVATAR_SUFFIXES if self.desk.current is None else ()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped avatar begins a project, or goes into the open one; documents go to the knowledge."""
        event.acceptProposedAction()
        avatars = dropped_paths(event, AVATAR_SUFFIXES)
        if self.desk.current is None:
            self.ask_for_project(avatars[0])
        elif avatars:
            self._choosing.what_to_do_with(avatars[0], self.replace_avatar, self.ask_for_project)
        else:
            self.workspace.take_documents(dropped_paths(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, keep the window's place, then tell that it is over."""
        if not self._may_leave:
            event.ignore()
            self._guard.then(self._leave)
            return
        super().closeEvent(event)

    def leave_at_once(self) -> None:
        """Close without a question; what is unsaved is offered again at the next start."""
        self.desk.keep_journal()
        self._leave()

    def _keep_thumbnail(self) -> None:
        if self.desk.current is not None and self.view.canvas.frames_drawn:
            keep_thumbnail(self.desk.current.project, QPixmap.fromImage(self.view.canvas.grabFramebuffer()))

    def _leave(self) -> None:
        self._may_leave = True
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        width = max(self.workspace.panel_width, 320)
        kept = {"geometry": place, "panel_width": min(width, 900)}
        self.desk.prefer(self.desk.preferences.model_copy(update=kept))
        self.desk.close()
        self.close()
        self.left.emit()
