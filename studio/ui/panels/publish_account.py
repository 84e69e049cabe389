"""Who publishes, and where: the server's address, signing in by browser or password, or who is signed in."""

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from studio.ui.panels.publish_server import ServerSide
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import IconLabel, Notice
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT


class AccountCard(QFrame):
    """Shows a `ServerSide` and asks it."""

    def __init__(self, theme: Theme, side: ServerSide, server: str, email: str) -> None:
        super().__init__()
        self._side = side
        self.setProperty("kind", "card")
        self.server = LineField("Server", placeholder="https://troupe.example.com", maximum=300)
        self.server.show_text(server)
        self.server.left.connect(self._turn_to)
        self.browser = button(theme, "Sign in with browser", self._browse, kind="primary", icon="external")
        self.other = button(theme, "With a password", self._turn, kind="quiet")
        self.email = LineField("E-mail", placeholder="you@example.com", maximum=254)
        self.email.show_text(email)
        self.password = LineField("Password", maximum=200)
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.edit.returnPressed.connect(self._sign_in)
        self.enter = button(theme, "Sign in", self._sign_in, kind="primary")
        self.join = button(theme, "Create account", self._sign_up, tip="A new account with a tenant of its own")
        self.wait = label("Answer in your browser; this card follows by itself.", tone="muted", wrap=True)
        self.cancel = button(theme, "Cancel", side.give_up)
        self.again = button(theme, "Open the page again", side.show_page_again, kind="quiet", icon="external")
        self.notice = Notice(theme)
        self._by_password = QWidget()
        self._by_password.setLayout(
            column([self.email, self.password, row([self.enter, self.join, None])], spacing=SNUG)
        )
        self._by_password.hide()
        self._out, self._in, self._waiting = QWidget(), QWidget(), QWidget()
        first = Flow(TIGHT)
        first.addWidget(self.browser)
        first.addWidget(self.other)
        self._out.setLayout(column([self.server, first, self._by_password], spacing=SNUG))
        self._waiting.setLayout(column([self.wait, row([self.cancel, self.again, None])], spacing=SNUG))
        self._fill_in(theme)
        self.setLayout(column([self.notice, self._out, self._waiting, self._in], spacing=SNUG, margin=ROOM))
        link(self, side.changed, self._show)
        self._show()

    def _fill_in(self, theme: Theme) -> None:
        self.who, self.where = ElidedLabel("", "strong"), ElidedLabel("", "caption")
        line = row([IconLabel(theme, "circle-user-round", "accent_text", 26)], spacing=SNUG)
        line.addLayout(column([self.who, self.where], spacing=1), 1)
        leave = button(theme, "Sign out", self._side.sign_out, kind="quiet")
        line.addWidget(leave)
        self._in.setLayout(line)
        for other in (leave, self.browser, self.other, self.join, self.cancel, self.again):
            # In a dialog Enter is for the dialog's own button.
            other.setAutoDefault(False)

    def _show(self) -> None:
        kept = self._side.account.kept if self._side.account else None
        waiting = self._side.waiting_for_browser
        self._out.setVisible(kept is None and not waiting)
        self._waiting.setVisible(waiting)
        self._in.setVisible(kept is not None and not waiting)
        self._out.setEnabled(not self._side.entering)
        self.notice.tell(self._side.problem, "danger")
        if kept is not None:
            self.password.edit.clear()
            self.who.show_text(f"{kept.name} ({kept.email})" if kept.name else kept.email)
            place = kept.server.partition("://")[2]
            self.where.show_text(" · ".join(part for part in (kept.tenant_name, kept.role, place) if part))

    def _turn_to(self) -> None:
        self._side.turn_to(self.server.edit.text())
        self._side.refresh()

    def _turn(self) -> None:
        """Offer the password, or take the offer back."""
        shown = not self._by_password.isVisible()
        self._by_password.setVisible(shown)
        self.other.setText("Without a password" if shown else "With a password")
        if shown:
            (self.password if self.email.edit.text() else self.email).edit.setFocus()

    def _browse(self) -> None:
        self._side.turn_to(self.server.edit.text())
        if self._side.account is not None:
            self._side.sign_in_by_browser()

    def _sign_in(self) -> None:
        self._side.turn_to(self.server.edit.text())
        self._side.sign_in(self.email.edit.text(), self.password.edit.text())

    def _sign_up(self) -> None:
        self._side.turn_to(self.server.edit.text())
        self._side.sign_up(self.email.edit.text(), self.password.edit.text())
