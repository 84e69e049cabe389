"""The role board: which clip means what, what needs an eye, and how the character moves as a whole."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shared.acting.resolving import resolved_role
from shared.acting.vocabulary import PROCEDURAL
from shared.contract.acting import ROLES, ActingMap, Emotion, Role
from shared.contract.chatbot import ChatbotDraft
from studio.model.acting_edits import with_accepted, with_role_clip_at, with_role_clip_fields, with_role_clip_moved
from studio.model.checklist import SURE_ENOUGH, counted, open_proposals, role_title, unsure_roles
from studio.model.edits import with_role_clip_added, without_role_clip
from studio.ui.bench import Bench
from studio.ui.panels.acting_manner import MannerCard
from studio.ui.panels.acting_role_cards import RoleActs, Thumb
from studio.ui.panels.acting_role_rows import RoleRow
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.panels.clip_rows import shelf_rows
from studio.ui.parts.buttons import button
from studio.ui.parts.clip_card import CardLook
from studio.ui.parts.clip_shelf import ClipShelf
from studio.ui.parts.drag_scroll import DragScroll
from studio.ui.parts.layout import box, card, clear, column, row, rule_between, scrolled
from studio.ui.parts.links import link
from studio.ui.parts.marks import ConfidenceMeter, Pill
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

POSTURE_ROLES: tuple[Role, ...] = ("idle", "listening", "thinking", "talking")
GESTURE_ROLES: tuple[Role, ...] = ROLES[ROLES.index("greet") : ROLES.index("afraid")]
OPTIONAL_ROLES: tuple[Role, ...] = ROLES[ROLES.index("afraid") :]
GROUPS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("POSTURES · ALWAYS PLAYING", (*POSTURE_ROLES, "idle_variant")),
    ("GESTURES · OVER THE POSTURE", GESTURE_ROLES),
    ("OPTIONAL", OPTIONAL_ROLES),
)


class RoleBoard(QWidget):
    """The first page of the Acting panel."""

    def __init__(self, bench: Bench, stage: ActingStage) -> None:
        super().__init__()
        self._bench, self._stage = bench, stage
        self.rows: dict[Role, RoleRow] = {}
        self.acts = RoleActs(
            play=stage.toggle, hover=stage.glance.at, open=stage.open_clip, give=self.give, remove=self.remove,
            place=self.place, weigh=self.weigh, settle=bench.document.settle, feel=self.feel,
            accept=lambda role, clip: self.accept([(role, clip)]), dragged=lambda: self._scrolling.start(),
        )  # fmt: skip
        self._eye = QVBoxLayout()
        self._eye.setSpacing(TIGHT)
        self.manner = MannerCard(bench)
        body = column([self._eye, self.manner], spacing=ROOM)
        body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        clips = tuple(sorted((clip.name for clip in bench.document.facts.clips), key=str.lower))
        for title, roles in GROUPS:
            body.addLayout(column([overline(title), self._group(roles, clips)]))
        body.addStretch(1)
        content = QWidget()
        content.setLayout(body)
        self.area = scrolled(content)
        self._scrolling = DragScroll(self.area)
        self.shelf = ClipShelf(bench.theme, CardLook(stage.gallery.picture, stage.gallery.curve), compact=True)
        layout = column([], spacing=0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._shelf_foot())
        self.setLayout(layout)

    def _shelf_foot(self) -> QWidget:
        """Clips that play no role yet, at hand to be dragged up."""
        self._free = overline("")
        hint = label("Drag one onto a role", "caption")
        foot = column([row([self._free, None, hint]), self.shelf], spacing=HAIR)
        foot.setContentsMargins(WIDE, TIGHT, WIDE, HAIR)
        self._foot = box(foot, "transport")
        self.shelf.opened.connect(self._stage.open_clip)
        self.shelf.toggled.connect(self._stage.toggle)
        self.shelf.hovered.connect(self._stage.glance.at)
        link(self, self._bench.actor.playing_changed, self.shelf.rows.show_playing)
        link(self, self._stage.gallery.changed, lambda _key: self.shelf.viewport().update())
        return self._foot

    def _show_free(self, draft: ChatbotDraft) -> None:
        rows = shelf_rows(self._bench.document.facts, draft, {})
        free = tuple(one for one in rows if not one.roles and not one.hidden)
        self.shelf.show_rows(free)
        self._free.setText(f"{counted(len(free), 'clip')} without a role".upper())
        self._foot.setVisible(bool(free))

    def _group(self, roles: tuple[Role, ...], clips: tuple[str, ...]) -> QFrame:
        lines: list[QWidget] = []
        for role in roles:
            self.rows[role] = RoleRow(self._bench.theme, self._stage.gallery, role, clips, self.acts)
            lines.append(self.rows[role])
        return card(rule_between(lines), spacing=0, margin=HAIR)

    def give(self, role: Role, clip: str) -> None:
        """Let a clip play a role, after those that play it already."""
        name = f"Give {clip} to {role_title(role)}"
        self._bench.document.change(name, with_role_clip_added(self._bench.draft, role, clip))

    def remove(self, role: Role, clip: str) -> None:
        """Take a clip out of a role."""
        name = f"Take {clip} out of {role_title(role)}"
        self._bench.document.change(name, without_role_clip(self._bench.draft, role, clip))

    def place(self, old: Role, clip: str, role: Role, place: int) -> None:
        """Put a clip into a place of a role; out of another one, it goes."""
        draft = self._bench.draft
        there = any(entry.clip == clip for entry in draft.acting.roles.get(role, ()))
        if old != role:
            after, name = with_role_clip_moved(draft, old, role, clip, place), f"Move {clip} to {role_title(role)}"
        else:
            after = with_role_clip_at(draft, role, clip, place)
            name = f"Reorder {role_title(role)}" if there else f"Give {clip} to {role_title(role)}"
        self._bench.document.change(name, after)

    def weigh(self, role: Role, clip: str, weight: float) -> None:
        """Let a clip be chosen more often, or less."""
        after = with_role_clip_fields(self._bench.draft, role, clip, weight=weight)
        self._bench.document.change(f"Change how often {clip} plays", after, gesture=f"weight.{role}.{clip}")

    def feel(self, role: Role, clip: str, emotion: Emotion | None) -> None:
        """Keep a loop for a mood; None is for any."""
        after = with_role_clip_fields(self._bench.draft, role, clip, emotion=emotion)
        name = f"Keep {clip} for {emotion}" if emotion else f"Let {clip} play in any mood"
        self._bench.document.change(name, after)

    def accept(self, choices: list[tuple[Role, str]]) -> None:
        """The designer looked and agrees: from now on it is the designer's choice."""
        name = f"Accept {choices[0][1]} as {role_title(choices[0][0])}" if len(choices) == 1 else "Accept all proposals"
        self._bench.document.change(name, with_accepted(self._bench.draft, choices))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the map."""
        for role, line in self.rows.items():
            line.show_map(draft.acting, stand_in_words(role, draft.acting))
        self.manner.show_map(draft.acting)
        self._show_free(draft)
        self._show_unsure(draft)

    def _show_unsure(self, draft: ChatbotDraft) -> None:
        clear(self._eye)
        wanted = unsure_choices(draft, self._bench)
        if not wanted:
            return
        theme = self._bench.theme
        heading = row([overline("NEEDS YOUR EYE"), Pill(theme, str(len(wanted)), "warning"), None])
        if len(wanted) > 1:
            choices = [(role, clip) for role, clip, _ in wanted]
            tip = f"Agree to {counted(len(wanted), 'proposal')}; one Ctrl+Z takes it back"
            heading.addWidget(button(theme, "Accept all", lambda: self.accept(choices), kind="quiet", tip=tip))
        self._eye.addLayout(heading)
        lines = [self._unsure_line(role, clip, confidence) for role, clip, confidence in wanted]
        self._eye.addWidget(card(rule_between(lines), spacing=TIGHT, margin=SNUG))

    def _unsure_line(self, role: Role, clip: str, confidence: float) -> QHBoxLayout:
        theme = self._bench.theme
        meter = ConfidenceMeter(theme, SURE_ENOUGH)
        meter.show_confidence(confidence, "How sure the studio is of this")
        thumb = Thumb(theme, self._stage.gallery, clip, self.acts)
        words = column([ElidedLabel(clip, "strong"), label(f"as {role_title(role).lower()}?", "caption")], spacing=0)
        accept = button(theme, "Accept", lambda: self.accept([(role, clip)]))
        line = row([thumb, meter, accept])
        line.insertLayout(1, words, 1)
        return line


def unsure_choices(draft: ChatbotDraft, bench: Bench) -> list[tuple[Role, str, float]]:
    """What the studio would not decide alone: role, clip, confidence."""
    found = [
        (role, entry.clip, entry.confidence)
        for role in unsure_roles(draft)
        for entry in draft.acting.roles[role]
        if entry.confidence < SURE_ENOUGH
    ]
    proposals = open_proposals(draft, bench.document.proposals)
    return found + [(role, best.clip, best.confidence) for role, (best, *_) in proposals.items()]


def stand_in_words(role: Role, acting: ActingMap) -> str:
    """What plays instead of a role that has no clip."""
    stand_in = resolved_role(role, acting)
    if stand_in is None:
        return "No clip: the head does it by itself." if role in PROCEDURAL else "No clip: face and head only."
    return "" if stand_in == role else f"No clip: {role_title(stand_in).lower()} stands in."
