"""Open from server: sign in, choose a published chatbot, and have it as a project on this desk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shared.contract.sync import ChatbotView
from studio.files.blobs import safe_name
from studio.model.signals import Signal
from studio.remote.publishing import Progress
from studio.remote.pulling import chosen_release, pull
from studio.remote.releases import chatbots_of
from studio.ui.choosing import HOME
from studio.ui.desk import Desk
from studio.ui.panels.publish_account import AccountCard
from studio.ui.panels.publish_server import ServerSide
from studio.ui.parts.buttons import Combo, button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import label
from studio.ui.problems import ProblemText
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG, WIDE


class FromServerDialog(QDialog):
    """Asks which chatbot and where to; `pulled` gets the project's folder."""

    def __init__(
        self, theme: Theme, parent: QWidget, desk: Desk, tasks: Tasks, pulled: Callable[[Path], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Open from server")
        self.setMinimumWidth(540)
        self._tasks = tasks
        self._pulled = pulled
        self.listed = Signal[[list[ChatbotView], str]]()
        self.told = Signal[[Progress]]()
        self.failed = Signal[[ProblemText]]()
        self._chatbots: list[ChatbotView] = []
        self._asked = ""
        self.side = ServerSide(tasks, desk)
        self.account = AccountCard(theme, self.side, desk.preferences.server, desk.preferences.email)
        self.which = Combo(theme)
        self.which.setAccessibleName("Chatbot")
        self.which.currentIndexChanged.connect(lambda _place: self._propose())
        self.home = LineField("Into the folder", maximum=1_000)
        self.notice = Notice(theme)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.words = label("", "caption")
        self.open_it = button(theme, "Open", self._pull, kind="primary", icon="cloud-download")
        self.open_it.setDefault(True)
        self.choice = QWidget()
        self._lay_out(theme)
        # By links: the dialog may be closed while something is under way.
        link(self, self.side.changed, self._show)
        link(self, self.listed, self._show_chatbots)
        link(self, self.told, self._tell)
        link(self, self.failed, self._fail)
        self.side.turn_to(desk.preferences.server)
        self._show()

    def _lay_out(self, theme: Theme) -> None:
        browse = button(theme, "Browse…", self._browse)
        cancel = button(theme, "Cancel", self.close)
        for other in (browse, cancel):
            other.setAutoDefault(False)
        place: QHBoxLayout = row([self.home, browse])
        place.setAlignment(browse, Qt.AlignmentFlag.AlignBottom)
        which = column([label("Chatbot", "strong"), self.which], spacing=5)
        self.choice.setLayout(column([which, place], spacing=SNUG))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(SNUG)
        layout.addWidget(label("Open from server", "title"))
        told = "What is live becomes a project on this desk: avatar, knowledge and all that was written."
        layout.addWidget(label(told, tone="muted", wrap=True))
        layout.addWidget(self.account)
        layout.addWidget(self.choice)
        layout.addWidget(self.notice)
        layout.addLayout(column([self.bar, self.words], spacing=4))
        layout.addLayout(row([None, cancel, self.open_it]))

    def _show(self) -> None:
        self.choice.setVisible(self.side.signed_in)
        self.open_it.setEnabled(self.side.signed_in and bool(self._chatbots))
        who = f"{self.side.account.server} {self.side.account.email}" if self.side.account else ""
        if self.side.signed_in and self._asked != who:
            self._asked = who
            self._tasks.spawn("Asking for chatbots", self._ask(), failed=self.failed.emit)

    async def _ask(self) -> None:
        found = [one for one in await chatbots_of(self.side.signed_account()) if one.live_release is not None]
        told = "" if found else "Nothing was published there yet."
        self.listed.emit(found, told)

    def _show_chatbots(self, found: list[ChatbotView], told: str) -> None:
        self._chatbots = found
        self.notice.tell(told)
        self.which.clear()
        for chatbot in found:
            self.which.addItem(f"{chatbot.name or 'Untitled'}, changed {chatbot.updated_at.astimezone():%d %b %Y}")
        self.open_it.setEnabled(bool(found))
        self._propose()

    def _propose(self) -> None:
        chatbot = self._chosen()
        if chatbot is not None:
            self.home.show_text(str(free_folder(HOME, chatbot.name)))

    def _chosen(self) -> ChatbotView | None:
        place = self.which.currentIndex()
        return self._chatbots[place] if 0 <= place < len(self._chatbots) else None

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "An empty folder", str(HOME))
        if chosen:
            self.home.show_text(chosen)

    def _pull(self) -> None:
        chatbot = self._chosen()
        if chatbot is None:
            return
        folder = Path(self.home.edit.text()).expanduser()
        self.open_it.setEnabled(False)
        self.notice.tell("")
        self.bar.show()
        work = self._fetch(chatbot, folder)
        task = self._tasks.spawn(f"Fetching {chatbot.name}", work, failed=self.failed.emit)
        self.finished.connect(lambda _result: task.cancel())

    async def _fetch(self, chatbot: ChatbotView, folder: Path) -> None:
        account = self.side.signed_account()
        await pull(account, await chosen_release(account, chatbot), folder, self.told.emit)
        self._pulled(folder)

    def _tell(self, progress: Progress) -> None:
        self.bar.setValue(round(progress.fraction * 1000))
        self.words.setText(progress.sentence)

    def _fail(self, problem: ProblemText) -> None:
        self.bar.hide()
        self.words.setText("")
        self.notice.tell(problem.sentence, "danger")
        self.open_it.setEnabled(bool(self._chatbots))


def free_folder(home: Path, name: str) -> Path:
    """A folder for a project of this name that is not there yet."""
    plain = safe_name(name or "Untitled")
    names = (plain if number == 1 else f"{plain} {number}" for number in range(1, 1_000))
    return next((home / one for one in names if not (home / one).exists()), home / plain)
