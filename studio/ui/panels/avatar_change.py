"""What became of every clip when the avatar was replaced: shown until it is dismissed, and to be taken back."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from shared.acting.matching import ClipMatch, Matching
from shared.contract.acting import ActingMap
from studio.model.checklist import counted, role_title
from studio.ui.bench import Bench
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.layout import clear, row
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SHOWN = 6
Row = tuple[str, str, str, str | None]
"""Word and tone of the pill, what is said, and the clip that can be played."""
UNCHANGED = "Every clip is there, as it was."


class ChangeCard(QFrame):
    """Renamed, changed, new and gone clips."""

    def __init__(self, bench: Bench, matching: Matching) -> None:
        super().__init__()
        self._bench, self._matching = bench, matching
        self.setProperty("kind", "card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(HAIR)
        self.words = label(summary(matching), wrap=True)
        self.take_back = button(bench.theme, "Take it back", self._undo, kind="chip", icon="undo")
        self.take_back.setToolTip("Show the avatar that was there before, with everything as it was")
        done = IconButton(bench.theme, "close", "Dismiss", self.hide, size=14)
        head = row([label("What changed", "strong"), None, self.take_back, done], spacing=TIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, SNUG, SNUG, SNUG)
        layout.setSpacing(TIGHT)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addLayout(self._lines)
        self._show(SHOWN)
        self._step = len(bench.document.history.names)

    def _undo(self) -> None:
        # To the step before the replacement, whatever was done since.
        self._bench.document.go_to(self._step - 1)

    def _show(self, most: int) -> None:
        clear(self._lines)
        rows = self._rows()
        for one in rows[:most]:
            self._lines.addLayout(self._line(one))
        if len(rows) > most:
            text = f"Show {len(rows) - most} more"
            more = button(self._bench.theme, text, partial(self._show, len(rows)), kind="quiet")
            self._lines.addLayout(row([more, None]))

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        for pair in self._matching.pairs:
            if pair.fate == "renamed":
                rows.append(("renamed", "accent_text", f"{pair.before} → {pair.after}", pair.after))
            elif pair.fate == "changed" or pair.retimed:
                rows.append(("changed", "warning", f"{pair.after}: {difference(pair)}", pair.after))
        rows += [("new", "fine", clip, clip) for clip in self._matching.new]
        before = self._before
        return rows + [("gone", "danger", f"{clip}{played(before, clip)}", None) for clip in self._matching.gone]

    @property
    def _before(self) -> ActingMap:
        """The map before the replacement."""
        step = self._bench.document.history.last
        return step.before.acting if step is not None else ActingMap()

    def _line(self, shown: Row) -> QHBoxLayout:
        word, tone, text, clip = shown
        made = row([Pill(self._bench.theme, word, tone)])
        made.addWidget(ElidedLabel(text), 1)
        if clip is not None:
            play = partial(self._bench.actor.toggle, clip)
            made.addWidget(IconButton(self._bench.theme, "play", f"Play {clip}", play, size=13))
        return made


def summary(matching: Matching) -> str:
    """What became of the clips, in a sentence."""
    if matching.unchanged:
        return UNCHANGED
    renamed, changed = len(matching.of_fate("renamed")), _changed(matching)
    parts = [f"{number} {word}" for number, word in ((renamed, "renamed"), (changed, "changed")) if number]
    parts += [f"{len(clips)} {word}" for clips, word in ((matching.new, "new"), (matching.gone, "gone")) if clips]
    kept = len(matching.pairs) - changed
    them = "it" if kept == 1 else "them"
    return f"{', '.join(parts)}. {counted(kept, 'clip')} kept, with all that was decided about {them}."


def _changed(matching: Matching) -> int:
    return sum(pair.fate == "changed" or (pair.fate == "same" and pair.retimed) for pair in matching.pairs)


def difference(pair: ClipMatch) -> str:
    """How a clip of the same name differs."""
    if pair.retimed:
        return f"{pair.seconds_before:.2f} s → {pair.seconds_after:.2f} s"
    return "moves otherwise"


def played(before: ActingMap, clip: str) -> str:
    """Which roles a clip that has gone leaves behind."""
    roles = [role_title(role) for role, entries in before.roles.items() if any(one.clip == clip for one in entries)]
    return f", which played {', '.join(roles)}" if roles else ""
