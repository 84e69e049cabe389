"""The Health page: what of the clips will not look well, in sentences, and what can be done about it here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shared.glb.health import Ailment
from studio.model.acting_edits import with_fixes
from studio.model.checklist import counted, role_title
from studio.ui.bench import Bench
from studio.ui.panels.acting_role_cards import RoleActs, Thumb
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import Item, box, card, clear, column, row, rule_between, scrolled
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState, IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

SEVERITY_ICONS = {"error": ("error", "danger"), "warning": ("warning", "warning"), "note": ("note", "muted")}
WELL = (
    "Looked at: how long each clip stands still before it moves and after, whether loops close, whether the body walks "
    "away or flashes through its bind pose, tracks that move nothing, names that stand twice, and core roles that "
    "nobody plays."
)
PROMISE = "Fixes change our settings only; your file stays as it is. Ctrl+Z takes them back."


def apply_fixes(bench: Bench, ailments: Sequence[Ailment]) -> None:
    """Do what helps against these, as one step."""
    mended = [one for one in ailments if one.fix is not None]
    if not mended:
        return
    first = mended[0]
    single = f"{first.fix.title if first.fix else ''}: {first.clip or role_title(first.role or '')}"
    name = single if len(mended) == 1 else f"Fix {counted(len(mended), 'thing')}"
    bench.document.change(name, with_fixes(bench.draft, mended))


class AilmentLine(QWidget):
    """One sentence, and the button that helps."""

    def __init__(self, bench: Bench, ailment: Ailment) -> None:
        super().__init__()
        icon, tone = SEVERITY_ICONS[ailment.severity]
        words = label(ailment.sentence, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(IconLabel(bench.theme, icon, tone, 15), 0, Qt.AlignmentFlag.AlignTop)
        side = column([words], spacing=HAIR)
        if ailment.fix is not None:
            fix = button(
                bench.theme, ailment.fix.title, lambda: apply_fixes(bench, [ailment]), kind="chip", icon="wand-sparkles"
            )
            fix.setToolTip(PROMISE)
            side.addLayout(row([fix, None]))
        layout.addLayout(side, 1)


class HealthPage(QWidget):
    """Ailments by clip, the gravest first."""

    def __init__(self, bench: Bench, stage: ActingStage, acts: RoleActs) -> None:
        super().__init__()
        self._bench, self._stage, self._acts = bench, stage, acts
        self._shown: tuple[Ailment, ...] | None = None
        self._summary = label("", "strong")
        self.fix_all = button(bench.theme, "Fix all", self._fix_all, kind="primary", icon="wand-sparkles", tip=PROMISE)
        self._list = QVBoxLayout()
        self._list.setSpacing(SNUG)
        heading = row([self._summary, None, self.fix_all])
        heading.addStrut(34)
        self._promise = label(PROMISE, "caption", wrap=True)
        body = column([heading, self._promise, self._list, None], spacing=SNUG)
        body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        self.area = scrolled(box(body))
        self.setLayout(column([self.area]))
        link(self, stage.examiner.changed, self._show)
        self._show()

    def _fix_all(self) -> None:
        apply_fixes(self._bench, self._stage.examiner.ailments)

    def _show(self) -> None:
        found, known = self._stage.examiner.ailments, self._stage.examiner.known
        if found == self._shown:
            return
        self._shown = found if known else None
        mendable = sum(one.fix is not None for one in found)
        self._summary.setText(f"{counted(len(found), 'thing')} to look at" if found else "")
        self.fix_all.setText(f"Fix all {mendable}" if mendable > 1 else "Fix it")
        self.fix_all.setVisible(bool(mendable))
        self._promise.setVisible(bool(mendable))
        clear(self._list)
        if found:
            for clip in dict.fromkeys(one.clip for one in found):
                self._list.addWidget(self._group(clip, [one for one in found if one.clip == clip]))
        elif known:
            self._list.addWidget(EmptyState(self._bench.theme, "heart-pulse", "All clips are well", WELL))
        else:
            self._list.addWidget(label("Examining the clips…", tone="muted"))

    def _group(self, clip: str, ailments: Sequence[Ailment]) -> QFrame:
        lines: list[QWidget] = [AilmentLine(self._bench, one) for one in ailments]
        if not clip:
            return card(rule_between(lines), spacing=TIGHT, margin=SNUG)
        theme = self._bench.theme
        opened = button(theme, "Open", partial(self._stage.open_clip, clip), kind="quiet", icon="sliders-horizontal")
        opened.setToolTip(f"How {clip} is played")
        head: list[Item] = [Thumb(theme, self._stage.gallery, clip, self._acts)]
        heading = row(head)
        heading.addWidget(ElidedLabel(clip, "strong"), 1)
        heading.addWidget(opened)
        return card([heading, *lines], spacing=TIGHT, margin=SNUG)
