"""The server as the studio knows it at this moment: who is signed in there, and what stands there of the project."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shared.contract.sync import SignIn, SignUp
from shared.errors import BadRequest, SignInRequired
from studio.files.project import Project
from studio.model.signals import Signal
from studio.remote.account import Account, checked_credentials
from studio.remote.browser import sign_in_by_browser
from studio.remote.releases import Standing, standing_of
from studio.remote.vault import open_vault
from studio.remote.wire import Wire, clean_address
from studio.ui.desk import Desk
from studio.ui.problems import ProblemText
from studio.ui.tasks import Tasks


class ServerSide:
    """One server at a time. Everything that is awaited is a task; `changed` tells when there is something to show."""

    def __init__(self, tasks: Tasks, desk: Desk, project: Project | None = None) -> None:
        self.changed = Signal[[]]()
        self.account: Account | None = None
        self.standing: Standing | None = None
        """None: nothing of the project is there, or nobody has asked yet."""
        self.known = False
        """Whether the server was asked about the project."""
        self.problem = ""
        self.waiting_for_browser = False
        self._page = ""
        self._tasks, self._desk, self._project = tasks, desk, project
        self._entering: asyncio.Task[None] | None = None

    @property
    def signed_in(self) -> bool:
        """Whether somebody is."""
        return self.account is not None and self.account.email is not None

    def turn_to(self, server: str) -> None:
        """Look at another server. What cannot be an address is told as the problem."""
        try:
            address = clean_address(server)
        except BadRequest as error:
            self.account, self.problem = None, error.sentence
            self._forget()
            return
        if self.account is not None and self.account.server == address:
            return
        settings = self._desk.settings
        wire = Wire(address, settings.server_timeout)
        self._tasks.at_close(wire.close)
        self.account = Account(wire, open_vault(settings.config_folder, use_keyring=settings.keyring))
        self.problem = ""
        self._desk.prefer(self._desk.preferences.model_copy(update={"server": address}))
        self._forget()

    def refresh(self) -> None:
        """Ask again what stands there."""
        if self.signed_in and self._project is not None:
            self._tasks.spawn("Asking the server", self._ask(self._project), failed=self._fail)

    async def _ask(self, project: Project) -> None:
        account = self.signed_account()
        standing = await standing_of(account, project)
        if account is self.account:
            self.standing, self.known, self.problem = standing, True, ""
            self.changed.emit()

    def signed_account(self) -> Account:
        """The account to publish as.

        Raises: BadRequest: there is no server. SignInRequired: nobody is signed in.
        """
        if self.account is None:
            raise BadRequest("Give the server's address first.")
        if self.account.email is None:
            raise SignInRequired
        return self.account

    def sign_in(self, email: str, password: str) -> None:
        """Sign in with a password."""

        async def work(account: Account) -> None:
            await account.sign_in(checked_credentials(SignIn, email=email, password=password))

        self._enter("Signing in", work)

    def sign_up(self, email: str, password: str) -> None:
        """Make an account with a tenant of its own."""
        tenant = email.partition("@")[2].partition(".")[0].capitalize() or "Troupe"

        async def work(account: Account) -> None:
            await account.sign_up(checked_credentials(SignUp, email=email, password=password, tenant_name=tenant))

        self._enter("Signing up", work)

    def sign_in_by_browser(self) -> None:
        """Sign in on the server's own page."""
        self.waiting_for_browser = True

        async def work(account: Account) -> None:
            await sign_in_by_browser(account, self._show_page, self._desk.preferences.email)

        self._enter("Waiting for the browser", work)

    def _show_page(self, address: str) -> None:
        self._page = address
        self.show_page_again()

    def show_page_again(self) -> None:
        """Open the server's page once more: it was closed, or opened in the wrong browser."""
        QDesktopServices.openUrl(QUrl(self._page))

    def give_up(self) -> None:
        """Stop waiting for the browser."""
        if self._entering is not None:
            self._entering.cancel()

    def sign_out(self) -> None:
        """End the sign-in."""

        async def work(account: Account) -> None:
            await account.sign_out()

        self._enter("Signing out", work)

    def _enter(self, name: str, work: Callable[[Account], Coroutine[Any, Any, None]]) -> None:
        async def entering() -> None:
            if self.account is None:
                raise BadRequest("Give the server's address first.")
            await work(self.account)
            self.problem = ""
            if self.account.email:
                self._desk.prefer(self._desk.preferences.model_copy(update={"email": self.account.email}))
            self._forget()
            self.refresh()

        self._entering = self._tasks.spawn(name, entering(), failed=self._fail, ended=self._entered)
        self.changed.emit()

    @property
    def entering(self) -> bool:
        """Whether a sign-in is under way."""
        return self._entering is not None

    def _entered(self) -> None:
        self._entering, self.waiting_for_browser = None, False
        self.changed.emit()

    def _fail(self, problem: ProblemText) -> None:
        self.problem = problem.sentence
        self.changed.emit()

    def _forget(self) -> None:
        self.standing, self.known = None, False
        self.changed.emit()
