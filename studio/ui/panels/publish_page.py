"""The first page of publishing: as whom, what stands in the way, what is sent where, and how far it is."""

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from shared.contract.chatbot import ChatbotDraft
from shared.errors import BadRequest, RevisionConflict
from studio.files.binding import last_binding
from studio.files.creation import refreshed
from studio.files.evidence import gather
from studio.model.readiness import Item, checklist
from studio.model.signals import Signal
from studio.rehearsal.preparing import prepare, would_differ
from studio.remote.publishing import (
    Progress,
    Published,
    Stage,
    publish,
    published_already,
    said,
)
from studio.remote.showcase import SITE, Showcase
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.panels.publish_account import AccountCard
from studio.ui.panels.publish_checks import CheckCard
from studio.ui.panels.publish_licence import LicenceCard
from studio.ui.panels.publish_lighter import LighterCard
from studio.ui.panels.publish_parts import SnippetCard, StepList
from studio.ui.panels.publish_server import ServerSide
from studio.ui.panels.publish_sync import SyncCard
from studio.ui.panels.publish_where import WhereCard
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import Pill
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import label, overline
from studio.ui.problems import ProblemText
from studio.ui.theme.tokens import SNUG

_PAUSE_MILLISECONDS = 350
"""After a change, before the files are looked at again: somebody may be typing."""
Result = TypeVar("Result")


class _Cancelled(Exception):
    """Somebody pressed Cancel while the avatar was being prepared."""


class PublishPage(Page):
    """Everything up to the snippet. `changed` tells when the foot should look again."""

    def __init__(self, bench: Bench, side: ServerSide, sync: SyncCard) -> None:
        super().__init__(bench)
        self.changed = Signal[[]]()
        self.published = Signal[[]]()
        self.side, self._sync = side, sync
        self.items: tuple[Item, ...] = ()
        self.task: asyncio.Task[None] | None = None
        self._stage: Stage = "prepare"
        self._stop = Event()
        self._showcase = Showcase()
        bench.tasks.at_close(self._showcase.close)
        self._build(bench)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        link(self, side.changed, self._show_standing)
        self._lay_out()

    def _build(self, bench: Bench) -> None:
        bound = last_binding(bench.opened.project)
        preferences = bench.desk.preferences
        self.account = AccountCard(
            bench.theme, self.side, bound.server if bound else preferences.server, preferences.email
        )
        self.checks = CheckCard(bench.theme)
        self.checks.licence_asked.connect(lambda: self.licence.licence.edit.setFocus())
        self._count = Pill(bench.theme)
        self._looking = label("Looking at the project…", tone="muted")
        self.licence = LicenceCard(bench)
        self.lighter = LighterCard(bench)
        self.where = WhereCard(bench, self.side)
        self.where.channel_chosen.connect(self._show_standing)
        self.outcome = Notice(bench.theme)
        self.steps = StepList(bench.theme)
        self.steps.hide()
        self.snippet = SnippetCard(bench.theme)
        self.snippet.shown.connect(lambda: bench.tasks.spawn("Opening the test page", self._show_page()))
        self.snippet.setVisible(bool(bound and bound.snippet))
        if bound:
            self.snippet.show_snippet(bound.snippet)

    def _lay_out(self) -> None:
        self.body.addLayout(column([overline("ACCOUNT"), self.account]))
        self.body.addLayout(column([row([overline("CHECKLIST"), None, self._count]), self._looking, self.checks]))
        self.body.addLayout(column([overline("LICENCE OF THE AVATAR"), self.licence]))
        self.body.addLayout(column([overline("WHAT GOES WHERE"), self.where, self.lighter]))
        self.body.addLayout(column([self.outcome, self.steps, self.snippet], spacing=SNUG))
        self.body.addStretch(1)

    def entered(self) -> None:
        """See who is signed in, and how the files and the server stand."""
        self.side.turn_to(self.account.server.edit.text())
        self.side.refresh()
        self._look()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the licence, and look at the checklist again in a moment."""
        self.licence.show_draft(draft)
        self.lighter.show_draft(draft)
        self._pause.start()

    @property
    def blocking(self) -> tuple[Item, ...]:
        """What must be mended before publishing."""
        return tuple(item for item in self.items if item.blocks)

    @property
    def ready(self) -> bool:
        """Whether Publish may be pressed."""
        return bool(self.items) and not self.blocking and self.side.signed_in and self.task is None

    def _look(self) -> None:
        if self.isVisible():
            self.bench.tasks.spawn("Going through the checklist", self._check())

    async def _check(self) -> None:
        draft, document = self.bench.draft, self.bench.document
        project, measured = self.bench.opened.project, (document.facts, document.proposals)
        evidence = await _to_the_end(partial(gather, project, draft, *measured))
        if draft == self.bench.draft:
            self.items = checklist(draft, evidence)
            self.changed.emit()

    def show_items(self) -> None:
        """Show the checklist as it was found."""
        self.checks.setVisible(bool(self.items))
        self._count.setVisible(bool(self.items))
        self._looking.setVisible(not self.items)
        self.checks.show_items(self.items)
        warnings = sum(item.state == "warning" for item in self.items)
        if self.blocking:
            self._count.show_word(f"{len(self.blocking)} to mend", "danger")
        elif warnings:
            self._count.show_word(f"{warnings} to look at", "warning")
        else:
            self._count.show_word("ready", "fine")

    def _show_standing(self) -> None:
        """Show the snippet of the channel."""
        embed = self.where.embed
        if embed is not None and self.task is None:
            self.snippet.show_snippet(embed.snippet)
            self.snippet.show()
        self.changed.emit()

    def start(self) -> None:
        """Publish what is on the desk now."""
        self.outcome.tell("")
        self.steps.reset()
        self.steps.show()
        self._stop = Event()
        self.task = self.bench.tasks.spawn("Publishing", self._publish(), failed=self._show_problem, ended=self._ended)
        self.changed.emit()

    async def _publish(self) -> None:
        account, wish, project = self.side.signed_account(), self.where.wish(), self.bench.opened.project
        draft = await asyncio.to_thread(refreshed, project, self.bench.draft)
        lightness = self.lighter.lightness
        done = await published_already(
            account, project, draft, wish, lambda shown: would_differ(project, shown, draft, lightness)
        )
        if done is not None:
            self._show_published(done)
            return
        draft = await self._prepared(draft)
        self.bench.document.change("Prepare for publishing", draft)
        self.bench.desk.save()
        try:
            made = await publish(account, project, draft, wish, self._show_progress)
        except RevisionConflict:
            self.outcome.tell("Somebody saved meanwhile: bring both versions together, then publish.", "warning")
            await self._sync.meet(self._publish_again)
            return
        self._show_published(made)

    async def _publish_again(self) -> None:
        self.start()

    async def _prepared(self, draft: ChatbotDraft) -> ChatbotDraft:
        loop = asyncio.get_running_loop()

        def report(sentence: str, fraction: float) -> None:
            if self._stop.is_set():
                raise _Cancelled
            loop.call_soon_threadsafe(self._show_progress, Progress("prepare", fraction, sentence))

        project, lightness = self.bench.opened.project, self.lighter.lightness
        try:
            made = await _to_the_end(partial(prepare, project, draft, lightness, report), self._stop.set)
        except _Cancelled as error:
            raise asyncio.CancelledError from error
        self.outcome.tell(" ".join(made.remarks), "warning")
        return made.draft

    def _show_progress(self, progress: Progress) -> None:
        if not self._stop.is_set():
            self._stage = progress.stage
            self.steps.show_progress(progress)

    def _show_published(self, made: Published) -> None:
        number, place = made.release.number, said(made.embed.channel)
        warnings = " ".join(finding.sentence for finding in made.release.findings if finding.severity == "warning")
        if made.fresh:
            self.outcome.tell(f"Release {number} is {place}. {warnings}".strip(), "fine")
            self.where.note.show_text("")
        else:
            self.steps.hide()
            told = f"Nothing to publish: your draft says what release {number} says, which is {place}."
            self.outcome.tell(f"{told} The sites are saved.", "accent")
        self.snippet.show_snippet(made.embed.snippet)
        self.snippet.show()
        self.published.emit()
        self.side.refresh()

    def _show_problem(self, problem: ProblemText) -> None:
        self.steps.show_failed(self._stage)
        self.outcome.tell(problem.sentence, "danger")

    def _ended(self) -> None:
        self.task = None
        self.changed.emit()

    def stop(self) -> None:
        """Cancel the publish; what was sent stays, and the next one goes on from there."""
        if self.task is not None:
            self._stop.set()
            self.task.cancel()
            self.steps.show_failed(self._stage)
            self.outcome.tell("Cancelled. What was sent stays there: publish again to go on.", "warning")

    async def _show_page(self) -> None:
        bound = last_binding(self.bench.opened.project)
        if bound is None or SITE not in bound.sites:
            raise BadRequest("Tick the test page among the allowed sites and publish again.")
        address = await self._showcase.show(self.bench.draft.name, bound.snippet)
        QDesktopServices.openUrl(QUrl(address))


async def _to_the_end(work: Callable[[], Result], cancelled: Callable[[], None] = lambda: None) -> Result:
    """Do work in a thread, and wait for the thread even when cancelled: it answers to a loop that must still be there.

    Args:
        cancelled: asks the work to end soon.
    """
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        cancelled()
        await asyncio.wait([running])
        if not running.cancelled():
            # Looked at, so that nobody complains of an error that nobody waits for.
            running.exception()
        raise
