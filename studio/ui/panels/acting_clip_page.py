"""One clip opened: its picture and measures, the roles it plays, what is wrong with it, and how it is played."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from shared.acting.vocabulary import LOOPED
from shared.contract.acting import ROLES, Role
from shared.contract.avatar import ClipFacts
from shared.contract.chatbot import ChatbotDraft
from shared.glb.health import Ailment
from studio.model.acting_edits import clip_facts, measured_settings, settings_of, with_settings_measured
from studio.model.checklist import role_title
from studio.model.edits import with_role_clip_added, without_role_clip
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.acting_health import AilmentLine
from studio.ui.panels.acting_settings import ClipForm
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.clip_card import PICTURE_SIZE
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import card, clear, column, row, scrolled
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, RADIUS, ROOM, SNUG, TIGHT, WIDE


class ClipPage(QWidget):
    """Keys: Escape goes back, Page Up and Page Down to the clip before and after."""

    def __init__(self, bench: Bench, stage: ActingStage) -> None:
        super().__init__()
        self.left = Signal[[]]()
        self.stepped = Signal[[int]]()
        """To the clip before, or after."""
        self._bench, self._stage = bench, stage
        self.clip = ""
        self.form = ClipForm(bench)
        self.roles = Flow(HAIR)
        self._name = ElidedLabel("", "strong")
        self._facts = label("", "caption", wrap=True)
        self._picture = ClipPicture(bench.theme, stage.gallery)
        self.reset = button(bench.theme, "Reset to measured", self._reset, kind="quiet", icon="ruler")
        self.reset.setToolTip("Forget speed, window, looping, fades and all else that was set here")
        self._ailing: tuple[Ailment, ...] = ()
        self._ailments = QVBoxLayout()
        self._lay_out()
        link(self, stage.examiner.changed, self._show_ailments)

    def _lay_out(self) -> None:
        theme = self._bench.theme
        back = button(theme, "All clips", self.left.emit, kind="quiet", icon="arrow-left", tip="Back (Esc)")
        before = IconButton(theme, "chevron-up", "The clip before (Page Up)", lambda: self.stepped.emit(-1), size=16)
        after = IconButton(theme, "chevron-down", "The clip after (Page Down)", lambda: self.stepped.emit(1), size=16)
        bar = row([back, None, self.reset, before, after], spacing=HAIR)
        bar.setContentsMargins(SNUG, TIGHT, ROOM, TIGHT)
        words = column([self._name, self._facts, self.roles], spacing=HAIR)
        head = QHBoxLayout()
        head.setSpacing(SNUG)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        body = column([head, self._ailments, self.form, None], spacing=ROOM)
        body.setContentsMargins(WIDE, TIGHT, WIDE, WIDE)
        content = QWidget()
        content.setLayout(body)
        self.area = scrolled(content)
        layout = column([bar], spacing=0)
        layout.addWidget(self.area, 1)
        self.setLayout(layout)

    def show_clip(self, clip: str) -> None:
        """Open a clip."""
        self.clip = clip
        self._picture.show_clip(clip)
        self._name.show_text(clip)
        self.show_draft(self._bench.draft)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what the map says of it."""
        facts = clip_facts(self._bench.document.facts, self.clip)
        if facts is None:
            return
        self.form.show_clip(facts, draft.acting)
        self._facts.setText(measure_words(facts))
        self._show_roles(draft)
        self._show_ailments()
        now = settings_of(draft.acting, facts)
        # What is no matter of how it is played.
        kept = {name: getattr(now, name) for name in ("hidden", "licence", "fingerprint", "duration")}
        measured = measured_settings(facts, loop=self._loops(draft)).model_copy(update=kept)
        self.reset.setEnabled(now != measured)

    def _loops(self, draft: ChatbotDraft) -> bool:
        entries = draft.acting.roles
        return any(entry.clip == self.clip for role in LOOPED for entry in entries.get(role, ()))

    def _show_roles(self, draft: ChatbotDraft) -> None:
        self.roles.clear()
        theme = self._bench.theme
        playing = [role for role in ROLES if any(e.clip == self.clip for e in draft.acting.roles.get(role, ()))]
        for role in playing:
            tip = f"Take it out of {role_title(role).lower()}"
            self.roles.addWidget(button(theme, role_title(role), partial(self._take_out, role), kind="chip", tip=tip))
        add = button(theme, "Add a role" if not playing else "Add", self._offer_roles, kind="chip", icon="plus")
        add.setToolTip("Let it play a role")
        self.roles.addWidget(add)
        self.roles.invalidate()

    def _show_ailments(self) -> None:
        found = self._stage.examiner.of_clip(self.clip)
        if found == self._ailing:
            return
        self._ailing = found
        clear(self._ailments)
        if found:
            self._ailments.addWidget(card([AilmentLine(self._bench, one) for one in found], margin=SNUG))

    def _offer_roles(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role in ROLES:
            if all(entry.clip != self.clip for entry in self._bench.draft.acting.roles.get(role, ())):
                menu.addAction(role_title(role)).triggered.connect(partial(self._give, role))
        menu.popup(self.cursor().pos())

    def _give(self, role: Role, _checked: bool = False) -> None:
        after = with_role_clip_added(self._bench.draft, role, self.clip)
        self._bench.document.change(f"Give {self.clip} to {role_title(role)}", after)

    def _take_out(self, role: Role) -> None:
        after = without_role_clip(self._bench.draft, role, self.clip)
        self._bench.document.change(f"Take {self.clip} out of {role_title(role)}", after)

    def _reset(self) -> None:
        facts = clip_facts(self._bench.document.facts, self.clip)
        if facts is not None:
            after = with_settings_measured(self._bench.draft, facts, loop=self._loops(self._bench.draft))
            self._bench.document.change(f"Reset {self.clip} to measured", after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self._stage.toggle(self.clip)
        else:
            super().keyPressEvent(event)


class ClipPicture(QWidget):
    """The picture of the clip that is open."""

    def __init__(self, theme: Theme, gallery: ClipGallery) -> None:
        super().__init__()
        self._theme, self._gallery, self._clip = theme, gallery, ""
        self.setFixedSize(QSize(*PICTURE_SIZE))
        link(self, gallery.changed, lambda key: self.update() if key == self._clip else None)
        link(self, theme.changed, self.update)

    def show_clip(self, clip: str) -> None:
        """Show another clip's."""
        self._clip = clip
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it on its ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        picture = self._gallery.picture(self._clip)
        if picture is not None:
            painter.drawPixmap(0, 0, picture)
        painter.end()


def measure_words(facts: ClipFacts) -> str:
    """What was measured of a clip, in a line or two."""
    words = [f"{facts.seconds:.2f} s", f"{facts.mean_speed:.2f} body heights a second"]
    words.append("closes as a loop" if facts.seam_error < LOOP_SEAM else f"ends {facts.seam_error:.0%} away")
    if facts.root_drift > SEEN_DRIFT:
        words.append(f"walks {facts.root_drift:.0%} of its height")
    return " · ".join(words)


LOOP_SEAM, SEEN_DRIFT = 0.03, 0.05
"""Body heights: below, nobody sees it."""
