"""The Publish panel: where to, as whom, for which sites; then the steps, and the snippet."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import SignIn, SignUp
from shared.errors import BadRequest
from studio.files.binding import last_binding, load_binding
from studio.files.creation import refreshed
from studio.model.checklist import publish_blockers
from studio.rehearsal.poster import POSTER_SIZE, standing_clip, with_poster
from studio.remote.account import Account, checked_credentials
from studio.remote.publishing import Progress, Published, PublishWish, Stage, clean_sites, publish
from studio.remote.showcase import SITE, Showcase
from studio.remote.vault import open_vault
from studio.remote.wire import Wire, clean_address
from studio.ui.bench import Bench
from studio.ui.dialogs import Answer, Question
from studio.ui.panels.panel import Panel
from studio.ui.panels.publish_parts import AccountCard, SnippetCard, StepList
from studio.ui.parts.buttons import Check, button
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.layout import card, column, row
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import overline
from studio.ui.problems import ProblemText
from studio.ui.theme.tokens import SNUG


class PublishPanel(Panel):
    """From this desk to a website."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Publish", "Send your character to a server, and put one line into your site.")
        self._account: Account | None = None
        self._wire: Wire | None = None
        self._stage: Stage = "upload"
        self._task: asyncio.Task[None] | None = None
        self._showcase = Showcase()
        bench.tasks.at_close(self._showcase.close)
        bound = last_binding(bench.opened.project)
        self.server = LineField("Server", placeholder="https://troupe.example.com", maximum=300)
        self.server.show_text(bound.server if bound else bench.desk.preferences.server)
        self.server.left.connect(self._connect)
        self.account = AccountCard(bench.theme)
        self.account.email.show_text(bench.desk.preferences.email)
        self.sites = TextField("Allowed sites", "One a line. The character shows itself there and nowhere else.",
                               "https://www.example.com", lines=2, maximum=8_000)  # fmt: skip
        self.sites.show_text("\n".join(site for site in (bound.sites if bound else ()) if site != SITE))
        self.here = Check(bench.theme, f"Also a test page on this desk ({SITE})")
        self.here.setChecked(bound is None or SITE in bound.sites)
        self.blockers = Notice(bench.theme)
        self.outcome = Notice(bench.theme)
        self.publish = button(bench.theme, "Publish", self.start, kind="primary", icon="publish")
        self.cancel = button(bench.theme, "Cancel", self.stop)
        self.steps = StepList(bench.theme)
        self.snippet = SnippetCard(bench.theme)
        self._fill()
        self._connect_parts()
        self.follow_draft()

    def _fill(self) -> None:
        self.body.addWidget(card([self.server]))
        self.body.addLayout(column([overline("ACCOUNT"), self.account]))
        self.body.addLayout(column([overline("WHERE IT MAY SHOW ITSELF"), card([self.sites, self.here])]))
        self.body.addWidget(self.blockers)
        self.body.addLayout(row([self.publish, self.cancel, None], spacing=SNUG))
        self.body.addWidget(self.outcome)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.snippet)
        self.body.addStretch(1)
        self.steps.hide()
        self.cancel.hide()
        bound = last_binding(self.bench.opened.project)
        self.snippet.setVisible(bool(bound and bound.snippet))
        if bound:
            self.snippet.show_snippet(bound.snippet)

    def _connect_parts(self) -> None:
        self.account.sign_in_asked.connect(
            lambda email, password: self._run("Signing in", self._sign_in(email, password))
        )
        self.account.sign_up_asked.connect(
            lambda email, password: self._run("Signing up", self._sign_up(email, password))
        )
        self.account.sign_out_asked.connect(lambda: self._run("Signing out", self._sign_out()))
        self.snippet.shown.connect(lambda: self.bench.tasks.spawn("Opening the test page", self._show_page()))
        self.account.show_account(None)

    def entered(self) -> None:
        """See who is signed in."""
        self._connect()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Say what stands in the way."""
        blockers = publish_blockers(draft, self.bench.document.facts)
        self.blockers.tell("\n".join(blockers), "warning")
        self._show_ready()

    def _show_ready(self) -> None:
        ready = not publish_blockers(self.bench.draft, self.bench.document.facts)
        signed_in = self._account is not None and self._account.email is not None
        self.publish.setEnabled(ready and signed_in and self._task is None)
        self.publish.setToolTip("" if signed_in else "Sign in first")

    def _run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self.account.setEnabled(False)
        self.bench.tasks.spawn(
            name, work, failed=self._show_account_problem, ended=lambda: self.account.setEnabled(True)
        )

    def _show_account_problem(self, problem: ProblemText) -> None:
        self.account.notice.tell(problem.sentence, "danger")
        self._show_account()

    def _connect(self) -> None:
        """Look at the server that the field names."""
        try:
            address = clean_address(self.server.edit.text())
        except BadRequest as error:
            self.account.notice.tell(error.sentence, "danger")
            self._account = None
            self._show_account()
            return
        if self._account is None or self._account.server != address:
            self._open(address)
        self._show_account()

    def _open(self, address: str) -> None:
        settings = self.bench.desk.settings
        if self._wire is not None:
            self.bench.tasks.spawn("Leaving the server", self._wire.close())
        self._wire = Wire(address, settings.server_timeout)
        self.bench.tasks.at_close(self._wire.close)
        self._account = Account(self._wire, open_vault(settings.config_folder, use_keyring=settings.keyring))
        self.account.notice.tell("")
        self.bench.desk.prefer(self.bench.desk.preferences.model_copy(update={"server": address}))
        bound = load_binding(self.bench.opened.project, address)
        self.snippet.setVisible(bound is not None and bool(bound.snippet))

    def _show_account(self) -> None:
        self.account.show_account(self._account.email if self._account else None)
        self._show_ready()

    def _signed_account(self) -> Account:
        self._connect()
        if self._account is None:
            raise BadRequest("Give the server's address first.")
        return self._account

    async def _sign_in(self, email: str, password: str) -> None:
        await self._signed_account().sign_in(checked_credentials(SignIn, email=email, password=password))
        self._remember(email)

    async def _sign_up(self, email: str, password: str) -> None:
        tenant = email.partition("@")[2].partition(".")[0].capitalize() or "Troupe"
        await self._signed_account().sign_up(
            checked_credentials(SignUp, email=email, password=password, tenant_name=tenant)
        )
        self._remember(email)

    def _remember(self, email: str) -> None:
        self.bench.desk.prefer(self.bench.desk.preferences.model_copy(update={"email": email.strip()}))
        self._show_account()

    async def _sign_out(self) -> None:
        try:
            await self._signed_account().sign_out()
        finally:
            self._show_account()

    def start(self, *, replace: bool = False) -> None:
        """Publish what is on the desk now."""
        self.outcome.tell("")
        self.steps.reset()
        self.steps.show()
        work = self._publish(replace=replace)
        self._task = self.bench.tasks.spawn("Publishing", work, failed=self._show_problem, ended=self._ended)
        self.cancel.show()
        self._show_ready()

    async def _publish(self, *, replace: bool) -> None:
        account = self._signed_account()
        sites = clean_sites(self.sites.edit.toPlainText()) + ((SITE,) if self.here.isChecked() else ())
        if not sites:
            raise BadRequest("Name at least one site where the character may show itself.")
        project = self.bench.opened.project
        draft = await asyncio.to_thread(refreshed, project, self.bench.draft)
        picture = self.bench.canvas.picture(standing_clip(draft), POSTER_SIZE, draft.look.framing)
        if picture is not None:
            draft = await asyncio.to_thread(with_poster, project, draft, picture)
        self.bench.document.change("Prepare for publishing", draft)
        self.bench.desk.save()
        made = await publish(account, project, draft, PublishWish(sites, replace=replace), self._show_progress)
        self._show_published(made)

    def _show_progress(self, progress: Progress) -> None:
        self._stage = progress.stage
        self.steps.show_progress(progress)

    def _show_published(self, made: Published) -> None:
        warnings = " ".join(finding.sentence for finding in made.release.findings if finding.severity == "warning")
        self.outcome.tell(f"Release {made.release.number} is live. {warnings}".strip(), "fine")
        self.snippet.show_snippet(made.embed.snippet)
        self.snippet.show()
        if self.area is not None:
            bar = self.area.verticalScrollBar()
            # The snippet takes its place first; then it is what should be seen.
            QTimer.singleShot(0, self.snippet, lambda: bar.setValue(bar.maximum()))

    def _show_problem(self, problem: ProblemText) -> None:
        self.steps.show_failed(self._stage)
        self.outcome.tell(problem.sentence, "danger")
        if problem.code == "sign_in_required":
            self._show_account()
        if problem.code == "revision_conflict":
            self._ask_to_replace(problem)

    def _ask_to_replace(self, problem: ProblemText) -> None:
        text = f"{problem.sentence} Publish yours in its place? Theirs stays in its release."
        answers: tuple[Answer, ...] = (
            ("Cancel", "plain", None),
            ("Replace theirs", "primary", lambda: self.start(replace=True)),
        )
        Question(self.bench.theme, self.window(), problem.title, text, answers).open()

    def _ended(self) -> None:
        self._task = None
        self.cancel.hide()
        self._show_ready()

    def stop(self) -> None:
        """Cancel the publish; what was sent stays, and the next one goes on from there."""
        if self._task is not None:
            self._task.cancel()
            self.steps.show_failed(self._stage)
            self.outcome.tell("Cancelled. What was sent stays there: publish again to go on.", "warning")

    async def _show_page(self) -> None:
        bound = last_binding(self.bench.opened.project)
        if bound is None or SITE not in bound.sites:
            raise BadRequest("Tick the test page among the allowed sites and publish again.")
        address = await self._showcase.show(self.bench.draft.name, bound.snippet)
        QDesktopServices.openUrl(QUrl(address))
