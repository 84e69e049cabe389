"""The releases of a project: what each channel shows, who published what and when, comparing, and going back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import Channel, ReleaseView
from studio.model.differences import differences
from studio.remote.releases import CHANNELS, release_draft, show_release
from studio.ui.bench import Bench
from studio.ui.dialogs import Answer, Question
from studio.ui.panels.paged import Page
from studio.ui.panels.publish_changes import CompareDialog
from studio.ui.panels.publish_server import ServerSide
from studio.ui.parts.buttons import Combo, button
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import Pill
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import label, overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

_TONES: dict[Channel, str] = {"live": "fine", "staging": "warning"}
_DESK = "This desk"


class ReleaseRow(QFrame):
    """One release: number, note, who and when, and the channels that could show it instead."""

    def __init__(self, theme: Theme, release: ReleaseView, asked: Callable[[ReleaseView, Channel], object]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.buttons: dict[Channel, QPushButton] = {}
        head = row([label(f"Release {release.number}", "strong")], spacing=TIGHT)
        for channel in release.channels:
            head.addWidget(Pill(theme, channel, _TONES[channel]))
        head.addStretch(1)
        acts = row([], spacing=HAIR)
        for channel in CHANNELS:
            if channel not in release.channels:
                words = "Make live" if channel == "live" else "To staging"
                act = button(theme, words, partial(asked, release, channel), kind="quiet")
                self.buttons[channel] = act
                acts.addWidget(act)
        head.addLayout(acts)
        body = column([head], spacing=2, margin=SNUG)
        if release.note:
            body.addWidget(label(release.note, wrap=True))
        body.addWidget(label(f"{release.author or 'Somebody'}, {when(release)}", "caption"))
        self.setLayout(body)


def when(release: ReleaseView) -> str:
    """When it was made, in this desk's time."""
    return release.created_at.astimezone().strftime("%d %b %Y, %H:%M")


class ReleasesPage(Page):
    """What was published so far."""

    def __init__(self, bench: Bench, side: ServerSide) -> None:
        super().__init__(bench)
        self.side = side
        self.rows: dict[int, ReleaseRow] = {}
        self._shown: tuple[ReleaseView, ...] | None = None
        self.one, self.other = Combo(bench.theme), Combo(bench.theme)
        for combo, name in ((self.one, "First to compare"), (self.other, "Second to compare")):
            combo.setAccessibleName(name)
        compare = button(bench.theme, "Compare", self.compare, icon="diff")
        choices = row([self.one, self.other])
        choices.setStretch(0, 1)
        choices.setStretch(1, 1)
        self._compare = card([choices, row([compare, None])], spacing=TIGHT, margin=SNUG)
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        refresh = button(bench.theme, "Look again", side.refresh, kind="quiet", icon="refresh")
        self.body.addLayout(column([overline("COMPARE"), self._compare]))
        self.body.addLayout(column([row([overline("RELEASES"), None, refresh]), self._list]))
        self.body.addStretch(1)
        link(self, side.changed, self._show)
        self._show()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Releases do not follow the draft."""

    def entered(self) -> None:
        """Somebody else may have published meanwhile."""
        self.side.refresh()

    def _show(self) -> None:
        releases = self.side.standing.releases if self.side.standing else ()
        if releases == self._shown:
            return
        self._shown = releases
        clear(self._list)
        self.rows = {}
        for release in releases:
            line = ReleaseRow(self.bench.theme, release, self.ask)
            self.rows[release.number] = line
            self._list.addWidget(line)
        if not releases:
            words = "Each time you publish, what visitors get is kept here: to compare, and to go back to."
            self._list.addWidget(EmptyState(self.bench.theme, "history", "Nothing published yet", words))
        self._fill_combos()

    def _fill_combos(self) -> None:
        numbers = [release.number for release in self._shown or ()]
        for combo in (self.one, self.other):
            combo.clear()
            combo.addItem(_DESK, None)
            for number in numbers:
                combo.addItem(f"Release {number}", number)
        self.one.setCurrentIndex(1 if numbers else 0)
        self._compare.setEnabled(bool(numbers))

    def compare(self) -> None:
        """Show what differs between the two that are chosen."""
        self.bench.tasks.spawn("Comparing", self._show_comparison(self.one.currentData(), self.other.currentData()))

    async def _show_comparison(self, one: int | None, other: int | None) -> None:
        before, after = await self._draft_of(one), await self._draft_of(other)
        title = f"From {_name(one)} to {_name(other)}"
        CompareDialog(self.bench.theme, self.window(), title, differences(before, after)).open()

    async def _draft_of(self, number: int | None) -> ChatbotDraft:
        release = next((one for one in self._shown or () if one.number == number), None)
        if release is None:
            return self.bench.draft
        return (await release_draft(self.side.signed_account(), release)).draft

    def ask(self, release: ReleaseView, channel: Channel) -> None:
        """Ask before visitors get another release."""
        shown = self.side.standing.on(channel) if self.side.standing else None
        instead = f" instead of release {shown.number}" if shown else ""
        who = "Visitors get it" if channel == "live" else "Staging shows it"
        text = f"{who} at once{instead}. Your draft stays as it is, and you can go forward again in the same way."
        act = "Make it live" if channel == "live" else "Show on staging"
        answers: tuple[Answer, ...] = (
            ("Cancel", "plain", None),
            (act, "primary", lambda: self.show_release(release, channel)),
        )
        Question(self.bench.theme, self.window(), f"Show release {release.number}?", text, answers).open()

    def show_release(self, release: ReleaseView, channel: Channel) -> None:
        """Let a channel show a release."""
        self.bench.tasks.spawn("Moving the channel", self._move(release, channel))

    async def _move(self, release: ReleaseView, channel: Channel) -> None:
        await show_release(self.side.signed_account(), release, channel)
        self.bench.toasts.tell(f"Release {release.number} is {'live' if channel == 'live' else 'on staging'}")
        self.side.refresh()


def _name(number: int | None) -> str:
    return "this desk" if number is None else f"release {number}"
