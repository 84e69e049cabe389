"""The models of this desk: keys to enter, to try and to forget. They lie in the system's keyring, and nowhere else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from shared.providers.choosing import DEFAULT_MODELS, PAID, Paid
from studio.rehearsal.models import KeySource, RehearsalParts, try_key
from studio.remote.keys import NO_KEYRING, KeptKey
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import Pill
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import label
from studio.ui.problems import ProblemText
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT, WIDE

TITLES: dict[Paid, str] = {"anthropic": "Anthropic", "openai": "OpenAI", "compatible": "Compatible address"}
SOURCES: dict[KeySource, tuple[str, str]] = {
    "none": ("no key", "muted"),
    "environment": ("from the environment", "fine"),
    "keyring": ("in the keyring", "fine"),
    "memory": ("until you close Troupe", "warning"),
}
WIDTH = 560


class KeyCard(QFrame):
    """One provider: where its key comes from, and what can be done with it."""

    def __init__(self, theme: Theme, tasks: Tasks, parts: RehearsalParts, provider: Paid) -> None:
        super().__init__()
        self._tasks, self._parts, self.provider = tasks, parts, provider
        self.setProperty("kind", "card")
        self.state = Pill(theme)
        self.key = LineField("", placeholder="Paste the key", maximum=1_000)
        self.key.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.edit.setAccessibleName(f"Key for {TITLES[provider]}")
        self.key.edited.connect(lambda _text: self._show_buttons())
        self.key.edit.returnPressed.connect(self._keep)
        self.address = LineField("Address", placeholder="http://127.0.0.1:11434/v1", maximum=1_000)
        self.address.edited.connect(lambda _text: self._show_buttons())
        self.model = LineField("Model", placeholder="llama3.2")
        self.keep = button(theme, "Keep", self._keep, kind="primary")
        self.test = button(theme, "Test", self._test, tip="Asks for one word: a call at next to no cost")
        self.forget = button(theme, "Forget", self._forget, kind="quiet", icon="trash")
        self.told = Notice(theme)
        self._lay_out()
        link(self, parts.keys_changed, self.show_state)
        self.show_state()

    def _lay_out(self) -> None:
        usual = DEFAULT_MODELS[self.provider]
        hint = "Speaks OpenAI's wire: Ollama, vLLM, LM Studio and others." if self._open else f"Usually {usual}."
        head = row([label(TITLES[self.provider], "strong"), label(hint, "caption", "muted"), None, self.state])
        line = row([self.key, self.test, self.keep, self.forget], spacing=TIGHT)
        line.setStretch(0, 1)
        layout = column([head], spacing=SNUG, margin=ROOM)
        if self._open:
            where = row([self.address, self.model], spacing=TIGHT)
            where.setStretch(0, 2)
            where.setStretch(1, 1)
            layout.addLayout(where)
            self.key.edit.setPlaceholderText("Key, if it wants one")
        layout.addLayout(line)
        layout.addWidget(self.told)
        self.setLayout(layout)

    @property
    def _open(self) -> bool:
        """Does it take any address?"""
        return self.provider == "compatible"

    @property
    def _typed(self) -> KeptKey | None:
        """What stands in the fields; None where it reaches nobody."""
        key, address = self.key.edit.text().strip(), self.address.edit.text().strip()
        if not (address if self._open else key):
            return None
        return KeptKey(key, address if self._open else "", self.model.edit.text().strip() if self._open else "")

    def show_state(self) -> None:
        """Show where the key comes from now."""
        source = self._parts.source_of(self.provider)
        self.state.show_word(*SOURCES[source])
        self._show_buttons()

    def _show_buttons(self) -> None:
        source = self._parts.source_of(self.provider)
        self.keep.setEnabled(self._typed is not None)
        self.test.setEnabled(self._typed is not None or source != "none")
        self.forget.setVisible(source in {"keyring", "memory"})

    def _keep(self) -> None:
        typed = self._typed
        if typed is not None:
            self._tasks.spawn("Keeping the key", self._keep_typed(typed), failed=self._complain)

    async def _keep_typed(self, typed: KeptKey) -> None:
        await self._parts.keep_key(self.provider, typed)
        for field in (self.key, self.address, self.model):
            field.show_text("")
        self.told.tell("Kept. Rehearsals use it from now on.", "fine")
        self.show_state()

    def _test(self) -> None:
        self.test.setEnabled(False)
        self.told.tell("Asking for one word …")
        self._tasks.spawn("Testing the key", self._try(), failed=self._complain, ended=self._show_buttons)

    async def _try(self) -> None:
        typed = self._typed
        if typed is not None:
            answered_by = await try_key(self._parts.keys_with(self.provider, typed), self.provider)
        else:
            answered_by = await self._parts.try_provider(self.provider)
        self.told.tell(f"It works: {answered_by} answered.", "fine")

    def _forget(self) -> None:
        self._tasks.spawn("Forgetting the key", self._forget_kept(), failed=self._complain)

    async def _forget_kept(self) -> None:
        await self._parts.forget_key(self.provider)
        self.told.tell("Forgotten.")
        self.show_state()

    def _complain(self, problem: ProblemText) -> None:
        self.told.tell(problem.sentence, "danger")
        self._show_buttons()


class DeskKeys(QDialog):
    """A card for each provider."""

    def __init__(self, theme: Theme, parent: QWidget, tasks: Tasks, parts: RehearsalParts) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Models on this desk")
        self.setMinimumWidth(WIDTH)
        purpose = (
            "Rehearsals use these keys. They are yours, not the project's: the server that publishes has its own. "
            "Without any key the built-in understudy answers from your documents."
        )
        self.cards = {provider: KeyCard(theme, tasks, parts, provider) for provider in PAID}
        self.advice = Notice(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(SNUG)
        layout.addWidget(label("Models on this desk", "title"))
        words = label(purpose, tone="muted", wrap=True)
        words.setMinimumWidth(WIDTH - 2 * WIDE)
        layout.addWidget(words)
        layout.addWidget(self.advice)
        for card in self.cards.values():
            layout.addWidget(card)
        layout.addLayout(row([None, button(theme, "Close", self.close)]))
        tasks.spawn("Opening the keyring", self._open_keyring(parts))

    async def _open_keyring(self, parts: RehearsalParts) -> None:
        await parts.kept_keys()
        self.advice.tell("" if parts.vault.durable else NO_KEYRING, "warning")
        for card in self.cards.values():
            card.show_state()
