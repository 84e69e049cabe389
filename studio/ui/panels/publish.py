"""The Publish panel: ready or not, what changes, what was released; and the one button at its foot."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import Channel
from studio.model.checklist import Section, counted
from studio.model.differences import Difference, differences
from studio.model.signals import Signal
from studio.remote.publishing import said
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page, PagedPanel
from studio.ui.panels.publish_changes import ChangeList
from studio.ui.panels.publish_page import PublishPage
from studio.ui.panels.publish_releases import ReleasesPage
from studio.ui.panels.publish_server import ServerSide
from studio.ui.panels.publish_sync import SyncCard
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, overline
from studio.ui.theme.tokens import SNUG

_CHANGES = 1
_NEVER = "Nothing was published yet: all of it is new."


class ChangesPage(Page):
    """What is different from what is shown, and the draft that colleagues share."""

    def __init__(self, bench: Bench, side: ServerSide, sync: SyncCard) -> None:
        super().__init__(bench)
        self.side = side
        self.channel: Channel = "live"
        self.number = 0
        self._heading = overline("")
        self.changes = ChangeList(bench.theme, "")
        self.body.addLayout(column([overline("SHARED DRAFT"), sync]))
        self.body.addLayout(column([self._heading, self.changes]))
        self.body.addStretch(1)

    def entered(self) -> None:
        """Ask what stands on the server."""
        self.show_draft(self.bench.draft)
        self.side.refresh()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what differs from what the channel shows."""
        shown = self.side.standing.on(self.channel) if self.side.standing else None
        if shown is None:
            self._heading.setText("CHANGES")
            told = _NEVER if self.side.signed_in else "Sign in to see what differs from what is published."
            self.number = 0
            self._show((), told)
            return
        self._heading.setText(f"SINCE RELEASE {shown.number}, WHICH IS {said(self.channel).upper()}")
        found = differences(shown.draft, draft)
        self.number = len(found)
        self._show(found, "Nothing differs: visitors get what you have.")

    def _show(self, found: Sequence[Difference], nothing: str) -> None:
        if self.isVisible():
            self.changes.show_changes(found, nothing)


class PublishPanel(PagedPanel):
    """From this desk to a website."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Publish", "Send your character to a server, and put one line into your site.")
        self.section_asked = Signal[[Section]]()
        self.side = ServerSide(bench.tasks, bench.desk, bench.opened.project)
        self.sync = SyncCard(bench, self.side)
        self.first = PublishPage(bench, self.side, self.sync)
        self.changes = ChangesPage(bench, self.side, self.sync)
        self.releases = ReleasesPage(bench, self.side)
        self.publish = button(bench.theme, "Publish", self._start, kind="primary", icon="publish")
        self.cancel = button(bench.theme, "Cancel", self.first.stop)
        self.cancel.hide()
        self._standing = ElidedLabel("", "caption")
        self._foot()
        self.first.checks.section_asked.connect(self.section_asked.emit)
        link(self, self.first.changed, self._show_state)
        link(self, self.side.changed, self._show_state)
        link(self, self.first.published, self._show_end)
        self.show_pages((
            ("Publish", "Checklist, licence, sites, snippet", self.first),
            ("Changes", "What differs from what is published", self.changes),
            ("Releases", "What was published, and going back", self.releases),
        ))  # fmt: skip
        self._show_state()

    def _foot(self) -> None:
        line = row([], spacing=SNUG)
        line.addWidget(self._standing, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.publish)
        holder = QWidget()
        holder.setLayout(line)
        self.add_foot(holder)

    def _start(self) -> None:
        self.show_page(0)
        self.first.start()
        self._show_end()

    def _show_end(self) -> None:
        """Scroll to the steps and what comes of them, once they have their place."""
        bar = self.areas[0].verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum()))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft while somebody looks: lists of changes cost more than a key press should."""
        if self.isVisible():
            super().show_draft(draft)
            self._show_number()

    def entered(self) -> None:
        """Show what changed meanwhile, and ask what stands on the server."""
        super().show_draft(self.bench.draft)
        super().entered()
        self._show_state()

    def _show_number(self) -> None:
        number = self.changes.number
        self.tabs.show_mark(_CHANGES, str(number) if number else "", "accent_text")

    def _show_state(self) -> None:
        self.first.show_items()
        self.changes.channel = self.first.where.chosen
        self.changes.show_draft(self.bench.draft)
        self._show_number()
        busy = self.first.task is not None
        self.cancel.setVisible(busy)
        self.publish.setText("Publish to staging" if self.first.where.chosen == "staging" else "Publish")
        self.publish.setEnabled(self.first.ready)
        self._standing.show_text("Publishing…" if busy else self._words())

    def _words(self) -> str:
        """What there is to know before pressing the button."""
        if not self.first.items:
            return "Looking at the project…"
        if self.first.blocking:
            return f"{self.first.blocking[0].title}: {self.first.blocking[0].sentence}"
        if not self.side.signed_in:
            return "Sign in to publish."
        if not self.side.known:
            return "Asking the server…"
        number = self.changes.number
        shown = self.side.standing.on(self.first.where.chosen) if self.side.standing else None
        if shown is None:
            return "The first release."
        return f"{counted(number, 'change')} since release {shown.number}." if number else "Nothing differs."
