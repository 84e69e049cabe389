"""The desk: which project is open, opening and saving it, and what this person prefers. Qt-free but for its place."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from shared.contract.chatbot import ChatbotDraft
from shared.errors import BadProject
from studio.config import Settings
from studio.files.creation import (
    MeasuredAvatar,
    measure_avatar,
    new_project,
    read_avatar_file,
    store_avatar,
    stored_avatar,
    with_avatar,
)
from studio.files.desk import load_preferences, save_preferences
from studio.files.journal import clear_journal, recovered_draft, write_journal
from studio.files.project import Project, load_draft, save_draft
from studio.model.document import Document
from studio.model.edits import with_decisions_of
from studio.model.preferences import Preferences
from studio.model.signals import Signal

RECOVERY = "Recover unsaved changes"


@dataclass(frozen=True)
class OpenProject:
    """A project that is open: its folder, its draft with history, its avatar as measured."""

    project: Project
    document: Document
    avatar: MeasuredAvatar | None
    recovered: bool = False
    """Whether the draft is one that a crash left behind."""
    avatar_problem: str = ""
    """Why there is no avatar to see, when the draft names one."""


class Desk:
    """One project at a time. Reading and measuring run beside the loop; the document is only touched on it."""

    def __init__(self, settings: Settings) -> None:
        self.opened = Signal[[OpenProject | None]]()
        self.saved = Signal[[]]()
        self.preferences_changed = Signal[[Preferences]]()
        self.settings = settings
        self.preferences = load_preferences(settings.config_folder)
        self.current: OpenProject | None = None

    async def create(self, folder: Path, glb: Path) -> None:
        """Make a project from an avatar and open it.

        Raises: BadGlb, BadProject: nothing was opened.
        """
        project, draft = await asyncio.to_thread(new_project, folder, glb)
        await self._show(project, draft, draft, change="")

    async def open(self, folder: Path) -> None:
        """Open the project in `folder`, with what a crash left unsaved.

        Raises: BadProject: no project, or damaged; what was open stays open.
        """
        project = Project(folder)
        saved = await asyncio.to_thread(load_draft, project)
        recovered = await asyncio.to_thread(recovered_draft, project, saved)
        await self._show(project, recovered or saved, saved, change=RECOVERY)

    async def _show(self, project: Project, draft: ChatbotDraft, saved: ChatbotDraft, *, change: str) -> None:
        avatar, problem = await asyncio.to_thread(_measured, project, draft)
        document = Document(saved, avatar.facts if avatar else None, avatar.proposals if avatar else ())
        document.change(change, draft)
        recovered = not document.saved and change == RECOVERY
        self.current = OpenProject(project, document, avatar, recovered, problem)
        self.prefer(self.preferences.with_recent(str(project.folder.resolve())))
        self.opened.emit(self.current)

    async def replace_avatar(self, glb: Path) -> None:
        """Give the open project another avatar, or the same exported again; what was decided goes with its clips.

        Raises: BadGlb: it cannot be read; nothing changed. BadProject: the disk refused.
        """
        current = self.current
        if current is None:
            return
        content = await asyncio.to_thread(read_avatar_file, glb)
        measured = await asyncio.to_thread(measure_avatar, content)
        draft = with_avatar(current.document.draft, glb.name, content, measured)
        draft = with_decisions_of(current.document.draft, draft, measured.facts)
        await asyncio.to_thread(store_avatar, current.project, draft, content)
        saved = await asyncio.to_thread(load_draft, current.project)
        await self._show(current.project, draft, saved, change="Replace the avatar")

    def save(self) -> None:
        """Save the open project.

        Raises: BadProject: the disk refused; the draft stays as it is, unsaved.
        """
        if self.current is None:
            return
        draft = self.current.document.draft
        save_draft(self.current.project, draft)
        clear_journal(self.current.project)
        self.current.document.settle()
        self.current.document.mark_saved(draft)
        self.saved.emit()

    def keep_journal(self) -> None:
        """Write what is unsaved beside the project; an unwritable disk is told when saving, not every second."""
        if self.current is None:
            return
        try:
            if self.current.document.saved:
                # Undone back to what is on disk: there is nothing to come back to.
                clear_journal(self.current.project)
            else:
                write_journal(self.current.project, self.current.document.draft)
        except OSError:
            return

    def close(self, *, discard: bool = False) -> None:
        """Close the open project.

        Args:
            discard: unsaved changes are given up, and are not offered again.
        """
        if self.current is None:
            return
        if discard or self.current.document.saved:
            clear_journal(self.current.project)
        self.current = None
        self.opened.emit(None)

    def prefer(self, preferences: Preferences) -> None:
        """Keep preferences; a disk that refuses costs a preference, not work."""
        if preferences == self.preferences:
            return
        self.preferences = preferences
        try:
            save_preferences(self.settings.config_folder, preferences)
        except OSError:
            return
        finally:
            self.preferences_changed.emit(preferences)


def _measured(project: Project, draft: ChatbotDraft) -> tuple[MeasuredAvatar | None, str]:
    try:
        content = stored_avatar(project, draft)
    except BadProject as error:
        return None, error.sentence
    return (measure_avatar(content), "") if content is not None else (None, "")
