"""Where the avatar's file comes from, and whether new exports of it are taken by themselves."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.files.source import Source
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Check, button
from studio.ui.parts.layout import row
from studio.ui.parts.links import link
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.tokens import SNUG, TIGHT
from studio.ui.watching import AvatarWatch

WATCHED = "Export again from Blender to this place: it appears here by itself, with all that was decided."
UNWATCHED = "New exports are not taken by themselves."
WAITING = "There is a newer export at this place."
GONE = "Nothing lies at this place now. It is taken when it comes back."


class SourceCard(QFrame):
    """Hidden while this desk does not know where the avatar came from."""

    def __init__(self, bench: Bench, owner: QWidget) -> None:
        super().__init__(owner)
        self._bench = bench
        self.watch = AvatarWatch(bench, self)
        self.setProperty("kind", "card")
        self.watched = Check(bench.theme, "Watch file")
        self.watched.setToolTip("Take a new export as soon as it is whole")
        self.watched.toggled.connect(lambda on: bench.desk.watch_source(watch=on))
        self.take = button(bench.theme, "Take it", self.watch.take, kind="chip", icon="refresh")
        self._place = ElidedLabel("", "body")
        self._state = label("", "caption", wrap=True)
        top = row([IconLabel(bench.theme, "eye", "muted", 16)], spacing=TIGHT)
        top.addWidget(self._place, 1)
        top.addWidget(self.watched)
        bottom = row([], spacing=TIGHT)
        bottom.addWidget(self._state, 1)
        bottom.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, SNUG, SNUG, SNUG)
        layout.setSpacing(TIGHT)
        layout.addLayout(top)
        layout.addLayout(bottom)
        link(self, bench.desk.source_changed, self.show_source)
        self.show_source()

    def show_source(self) -> None:
        """Show where it comes from, as far as this desk knows."""
        source = self._bench.desk.source
        self.setVisible(source is not None)
        if source is None:
            return
        self._place.show_text(source.path)
        self._place.setToolTip(source.path)
        self.watched.blockSignals(True)
        self.watched.setChecked(source.watch)
        self.watched.blockSignals(False)
        self._state.setText(state_words(source))
        self.take.setVisible(source.changed and not source.watch)


def state_words(source: Source) -> str:
    """What can be expected of the file."""
    if not source.file.is_file():
        return GONE
    if source.watch:
        return WATCHED
    return WAITING if source.changed else UNWATCHED
