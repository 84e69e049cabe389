"""The desk: which project is open, opening and saving it, and what this person prefers. Qt-free but for its place."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from shared.acting.matching import Matching, matched
from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import AvatarRef, ChatbotDraft
from shared.errors import BadProject
from studio.config import Settings
from studio.files.avatars import keep_avatar, restored_avatar
from studio.files.creation import (
    MeasuredAvatar,
    measure_avatar,
    new_project,
    read_avatar_file,
    store_avatar,
    with_avatar,
)
from studio.files.desk import load_preferences, save_preferences
from studio.files.journal import clear_journal, recovered_draft, write_journal
from studio.files.project import Project, load_draft, save_draft
from studio.files.source import Source, load_source, save_source, source_at
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
    shown: AvatarRef | None = None
    """The avatar that was measured: undoing a replacement makes the draft name another."""
    matching: Matching | None = None
    """What became of every clip, when the avatar has just been replaced."""


class Desk:
    """One project at a time. Reading and measuring run beside the loop; the document is only touched on it."""

    def __init__(self, settings: Settings) -> None:
        self.opened = Signal[[OpenProject | None]]()
        self.saved = Signal[[]]()
        self.preferences_changed = Signal[[Preferences]]()
        self.source_changed = Signal[[]]()
        self.settings = settings
        self.preferences = load_preferences(settings.config_folder)
        self.current: OpenProject | None = None
        self.source: Source | None = None
        """Where the open project's avatar came from, on this desk."""

    async def create(self, folder: Path, glb: Path) -> None:
        """Make a project from an avatar and open it.

        Raises: BadGlb, BadProject: nothing was opened.
        """
        project, draft = await asyncio.to_thread(new_project, folder, glb)
        await asyncio.to_thread(save_source, project, source_at(glb))
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
        self.source = await asyncio.to_thread(load_source, project)
        self.current = OpenProject(project, document, avatar, recovered, problem, draft.avatar)
        self.prefer(self.preferences.with_recent(str(project.folder.resolve())))
        self.opened.emit(self.current)
        self.source_changed.emit()

    async def replace_avatar(self, glb: Path, step: str = "Replace the avatar") -> None:
        """Give the open project another avatar, or the same exported again; what was decided goes with its clips.

        Args:
            step: what the history calls it; it can be undone.
        Raises: BadGlb: it cannot be read; nothing changed. BadProject: the disk refused.
        """
        current = self.current
        if current is None:
            return
        source = source_at(glb, watch=self.source.watch if self.source else True)
        content = await asyncio.to_thread(read_avatar_file, glb)
        measured = await asyncio.to_thread(measure_avatar, content)
        await asyncio.to_thread(keep_avatar, current.project, current.shown)
        stored = with_avatar(current.document.draft, glb.name, content, measured)
        await asyncio.to_thread(store_avatar, current.project, stored, content)
        await asyncio.to_thread(save_source, current.project, source)
        if self.current is not current:
            return
        # From the draft as it is now: it may have been edited meanwhile.
        before = current.document.draft
        draft = with_decisions_of(before, with_avatar(before, glb.name, content, measured), measured.facts)
        matching = None if before.avatar is None else matched(before.acting, measured.facts)
        self.source = source
        self._exchange(current, measured, matching, (step, draft))
        self.source_changed.emit()

    async def follow_avatar(self) -> None:
        """Show the avatar that the draft names, after a replacement was undone or done again.

        Raises: BadProject: its file is nowhere.
        """
        current = self.current
        if current is None or not self.must_follow:
            return
        await asyncio.to_thread(keep_avatar, current.project, current.shown)
        content = await asyncio.to_thread(restored_avatar, current.project, current.document.draft)
        measured = await asyncio.to_thread(measure_avatar, content) if content is not None else None
        if self.current is current:
            self._exchange(current, measured)

    @property
    def must_follow(self) -> bool:
        """Whether the draft names another avatar than the one on stage."""
        current = self.current
        if current is None:
            return False
        wanted, shown = current.document.draft.avatar, current.shown
        return (wanted.glb.sha256 if wanted else "") != (shown.glb.sha256 if shown else "")

    def _exchange(
        self,
        current: OpenProject,
        measured: MeasuredAvatar | None,
        matching: Matching | None = None,
        change: tuple[str, ChatbotDraft] | None = None,
    ) -> None:
        """Go on with another avatar, and with the history so far."""
        facts, proposals = (measured.facts, measured.proposals) if measured else (AvatarFacts(), ())
        document = current.document.continued(facts, proposals)
        if change is not None:
            document.change(*change)
        shown = document.draft.avatar
        self.current = OpenProject(current.project, document, measured, shown=shown, matching=matching)
        self.opened.emit(self.current)

    def watch_source(self, *, watch: bool) -> None:
        """Take new exports by itself from now on, or not."""
        if self.source is not None and self.current is not None:
            self.source = self.source.model_copy(update={"watch": watch})
            save_source(self.current.project, self.source)
            self.source_changed.emit()

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
        content = restored_avatar(project, draft)
    except BadProject as error:
        return None, error.sentence
    return (measure_avatar(content), "") if content is not None else (None, "")
