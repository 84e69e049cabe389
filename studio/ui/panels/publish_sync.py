"""The draft on the desk and the one on the server: saving, fetching, and merging where both moved on."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QFrame

from shared.contract.chatbot import ChatbotDraft
from shared.errors import RevisionConflict
from studio.files.avatars import keep_avatar
from studio.files.binding import last_synced, load_binding
from studio.files.creation import refreshed
from studio.model.differences import as_written
from studio.remote.publishing import Progress, save_to_server
from studio.remote.syncing import Meeting, meet, take
from studio.ui.bench import Bench
from studio.ui.panels.publish_merge import MergeDialog
from studio.ui.panels.publish_server import ServerSide
from studio.ui.parts.buttons import button
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

MERGED = "Merge with the server's draft"


class SyncCard(QFrame):
    """How desk and server stand to each other, and both ways between them."""

    def __init__(self, bench: Bench, side: ServerSide) -> None:
        super().__init__()
        self._bench, self._side = bench, side
        self.setProperty("kind", "card")
        self._icon = IconLabel(bench.theme, "waiting", "faint", 20)
        self.words = label("", wrap=True)
        self.save = button(bench.theme, "Save to server", self.save_draft, icon="cloud-upload")
        self.fetch = button(bench.theme, "Fetch changes", self.fetch_draft, icon="cloud-download")
        head = row([self._icon], spacing=SNUG)
        head.addWidget(self.words, 1)
        acts = Flow(TIGHT)
        acts.addWidget(self.fetch)
        acts.addWidget(self.save)
        self.setLayout(column([head, acts], spacing=SNUG, margin=ROOM))
        link(self, bench.document.draft_changed, lambda _draft: self.show_state())
        link(self, side.changed, self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say who has what the other has not."""
        icon, tone, words = self._state()
        self._icon.show_icon(icon, tone)
        self.words.setText(words)
        self.save.setEnabled(self._side.signed_in)
        self.fetch.setEnabled(self._side.signed_in and self._side.standing is not None)

    def _state(self) -> tuple[str, str, str]:
        standing = self._side.standing
        if not self._side.signed_in:
            return "waiting", "faint", "Sign in to share this draft with your colleagues."
        if standing is None:
            told = "This draft is on your desk alone." if self._side.known else "Asking the server…"
            return "waiting", "faint", told
        binding = load_binding(self._bench.opened.project, self._side.signed_account().server)
        base = last_synced(self._bench.opened.project, binding) if binding else None
        newer = binding is None or standing.view.revision != binding.revision
        changed = base is None or as_written(base) != as_written(self._bench.draft)
        if newer and changed:
            return "git-branch", "warning", "You and a colleague have both changed it since. Fetching merges."
        if newer:
            return (
                "cloud-download",
                "accent_text",
                f"The server has something newer: revision {standing.view.revision}.",
            )
        if changed:
            return "cloud-upload", "accent_text", "You changed it since it was last saved to the server."
        return "circle-check", "fine", f"The server has the same draft: revision {standing.view.revision}."

    def save_draft(self) -> None:
        """Save to the server without publishing."""
        self._bench.tasks.spawn("Saving to the server", self._save())

    async def _save(self) -> None:
        project, account = self._bench.opened.project, self._side.signed_account()
        draft = await asyncio.to_thread(refreshed, project, self._bench.draft)
        self._bench.document.change("Read documents anew", draft)
        try:
            await save_to_server(account, project, draft, self._teller())
        except RevisionConflict:
            await self.meet(self._save)
            return
        self._side.refresh()

    def fetch_draft(self) -> None:
        """Take in what is newer on the server."""
        self._bench.tasks.spawn("Fetching changes", self._fetch())

    async def _fetch(self) -> None:
        if not await self.meet(None):
            self._bench.toasts.tell("Nothing new", "The server has what you have, or less.", "accent")
        self._side.refresh()

    async def meet(self, then: Callable[[], Coroutine[Any, Any, None]] | None) -> bool:
        """Open the merge where the server has something newer. Returns: whether it has.

        Args:
            then: goes on once the merge was taken.
        """
        meeting = await meet(self._side.signed_account(), self._bench.opened.project, self._bench.draft)
        if meeting is None:
            return False

        def taken(merged: ChatbotDraft) -> None:
            self._bench.tasks.spawn("Merging", self._take(meeting, merged, then))

        MergeDialog(self._bench.theme, self.window(), meeting, taken).open()
        return True

    async def _take(
        self, meeting: Meeting, merged: ChatbotDraft, then: Callable[[], Coroutine[Any, Any, None]] | None
    ) -> None:
        project = self._bench.opened.project
        await asyncio.to_thread(keep_avatar, project, self._bench.opened.shown)
        await take(self._side.signed_account(), project, meeting, merged, self._teller())
        self._bench.document.settle()
        self._bench.document.change(MERGED, merged)
        self._bench.desk.save()
        if self._bench.desk.must_follow:
            # The stage changes its avatar, and every panel with it: this one does not go on.
            self._bench.toasts.tell("Merged", "Both versions are together, with another avatar. Go on when it stands.")
            return
        self._bench.toasts.tell("Merged", "Both versions are together. Undo brings yours back.")
        if then is not None:
            await then()
        self._side.refresh()

    def _teller(self) -> Callable[[Progress], None]:
        report = self._bench.tasks.reporter()
        return lambda progress: report(progress.fraction, progress.sentence)
