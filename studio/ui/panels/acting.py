"""The Acting panel: which clip plays which role, what needs an eye, and what emotions do."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from shared.acting.resolving import resolved_role
from shared.contract.acting import ROLES, ActingMap, Emotion, EmotionFace, Role, RoleClip
from shared.contract.chatbot import ChatbotDraft
from studio.model.checklist import SURE_ENOUGH, open_proposals, role_title, unsure_roles
from studio.model.edits import with_acting, with_emotion, with_role_clip_added, with_role_clips, without_role_clip
from studio.ui.bench import Bench
from studio.ui.panels.acting_emotions import EmotionTable
from studio.ui.panels.acting_roles import RoleRow
from studio.ui.panels.avatar import clip_rows
from studio.ui.panels.panel import Panel
from studio.ui.parts.buttons import IconButton, Segments, button
from studio.ui.parts.clip_list import ClipList
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import ConfidenceMeter, Pill
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.text import ElidedLabel, label, overline, rule
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

PRESETS = (
    ("receptionist", "Reception", ""),
    ("friendly", "Friendly", ""),
    ("lively", "Lively", ""),
    ("cartoon", "Cartoon", ""),
)
POSTURE_ROLES: tuple[Role, ...] = ("idle", "listening", "thinking", "talking")
GESTURE_ROLES: tuple[Role, ...] = ROLES[ROLES.index("greet") : ROLES.index("afraid")]
OPTIONAL_ROLES: tuple[Role, ...] = ROLES[ROLES.index("afraid") :]
GROUPS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("POSTURES · ALWAYS PLAYING", (*POSTURE_ROLES, "idle_variant")),
    ("GESTURES", GESTURE_ROLES),
    ("OPTIONAL", OPTIONAL_ROLES),
)


class ActingPanel(Panel):
    """The role board, the shelf of clips without a role, and the emotion table."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Acting", "What each clip means. Roles are proposed; you have the last word.")
        self.rows: dict[Role, RoleRow] = {}
        self._eye = QVBoxLayout()
        self._eye.setSpacing(TIGHT)
        self._shelf = ClipList(bench.theme)
        self._shelf_words = label("Drag one onto a role, or add it there.", "caption")
        if not bench.document.facts.clips:
            self.body.addWidget(_without_clips(bench))
            self.body.addStretch(1)
            self._manner = None
            return
        self._manner = self._manner_card()
        self.emotions = EmotionTable(bench.theme)
        self._fill()
        self._connect()
        self.follow_draft()

    def _fill(self) -> None:
        self.body.addLayout(self._eye)
        assert self._manner is not None
        self.body.addWidget(self._manner)
        names = tuple(clip.name for clip in clip_rows(self.bench.document.facts, self.bench.draft))
        for title, roles in GROUPS:
            self.body.addLayout(column([overline(title), self._board(roles, names)]))
        self.body.addLayout(column([overline("CLIPS WITHOUT A ROLE"), self._shelf_words, self._shelf], spacing=HAIR))
        self.body.addLayout(column([overline("EMOTIONS"), self.emotions]))
        self.body.addStretch(1)

    def _board(self, roles: tuple[Role, ...], names: tuple[str, ...]) -> QFrame:
        lines: list[QWidget] = []
        for role in roles:
            line = RoleRow(self.bench.theme, role, names)
            line.played.connect(self.bench.actor.toggle)
            line.added.connect(partial(self._add, role))
            line.removed.connect(partial(self._remove, role))
            self.rows[role] = line
            lines += [line, rule()]
        return card(lines[:-1], spacing=0, margin=HAIR)

    def _manner_card(self) -> QFrame:
        theme = self.bench.theme
        self.preset = Segments(theme, PRESETS)
        self.snappiness = QSlider(Qt.Orientation.Horizontal)
        self.snappiness.setRange(50, 200)
        self.snappiness.setAccessibleName("Snappiness")
        self.snappiness.setToolTip("How quickly it moves from one clip to the next")
        self._snappy = label("", "caption")
        self._snappy.setFixedWidth(34)
        self.front = Segments(theme, (("+Z", "Front +Z", ""), ("-Z", "Front −Z", "")))  # noqa: RUF001  # a true minus
        speed = row([label("Snappiness"), self.snappiness, self._snappy], spacing=SNUG)
        # Under its name, not beside it: in a wide font the four manners need the whole width.
        manner = row([self.preset, None])
        facing = row([label("Faces"), None, self.front])
        return card([label("Manner"), manner, speed, facing], spacing=TIGHT, margin=SNUG)

    def _connect(self) -> None:
        document = self.bench.document
        self.preset.chosen.connect(lambda key: self._change("Choose a manner", {"preset": key}))
        self.front.chosen.connect(lambda key: self._change("Turn the avatar", {"front": key}))
        self.snappiness.sliderMoved.connect(
            lambda percent: self._change("Change snappiness", {"snappiness": percent / 100}, "acting.snappiness")
        )
        self.snappiness.sliderReleased.connect(document.settle)
        self._shelf.chosen.connect(self.bench.actor.toggle)
        link(self, self.bench.actor.playing_changed, self._shelf.rows.show_playing)
        self.emotions.previewed.connect(self.bench.actor.show_emotion)
        self.emotions.role_chosen.connect(self._choose_emotion_role)
        self.emotions.strength_moved.connect(self._move_strength)
        self.emotions.strength_settled.connect(document.settle)

    def _change(self, name: str, fields: dict[str, object], gesture: str | None = None) -> None:
        acting = ActingMap.model_validate({**self.bench.draft.acting.model_dump(), **fields})
        self.bench.document.change(name, with_acting(self.bench.draft, acting), gesture=gesture)

    def _add(self, role: Role, clip: str) -> None:
        name = f"Give {clip} to {role_title(role)}"
        self.bench.document.change(name, with_role_clip_added(self.bench.draft, role, clip))

    def _remove(self, role: Role, clip: str) -> None:
        name = f"Take {clip} out of {role_title(role)}"
        self.bench.document.change(name, without_role_clip(self.bench.draft, role, clip))

    def _accept(self, role: Role, clip: str) -> None:
        """The designer looked and agrees: from now on it is the designer's choice."""
        entries = self.bench.draft.acting.roles.get(role, ())
        agreed = tuple(
            entry.model_copy(update={"confidence": 1.0, "source": "designer"}) if entry.clip == clip else entry
            for entry in entries
        )
        if all(entry.clip != clip for entry in entries):
            agreed = (*agreed, RoleClip(clip=clip))
        after = with_role_clips(self.bench.draft, role, agreed)
        self.bench.document.change(f"Accept {clip} as {role_title(role)}", after)

    def _choose_emotion_role(self, emotion: Emotion, role: str) -> None:
        face = self.bench.draft.acting.emotions.get(emotion, EmotionFace())
        changed = EmotionFace.model_validate({**face.model_dump(), "role": role or None})
        self.bench.document.change(f"Choose what {emotion} plays", with_emotion(self.bench.draft, emotion, changed))

    def _move_strength(self, emotion: Emotion, strength: float) -> None:
        face = self.bench.draft.acting.emotions.get(emotion, EmotionFace())
        changed = face.model_copy(update={"minimum_intensity": strength})
        after = with_emotion(self.bench.draft, emotion, changed)
        self.bench.document.change(f"Change the strength of {emotion}", after, gesture=f"emotion.{emotion}")

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the map."""
        acting = draft.acting
        for role, line in self.rows.items():
            line.show_map(acting, stand_in_words(role, acting))
        self.preset.show_choice(acting.preset)
        self.front.show_choice(acting.front)
        self.snappiness.setValue(round(acting.snappiness * 100))
        self._snappy.setText(f"{acting.snappiness:.1f} ×")  # noqa: RUF001  # a true times sign
        self.emotions.show_map(acting)
        free = tuple(one for one in clip_rows(self.bench.document.facts, draft) if not one.roles)
        self._shelf.show_rows(free)
        self._shelf_words.setText("Drag one onto a role, or add it there." if free else "Every clip has a role.")
        self._show_unsure(draft)

    def _show_unsure(self, draft: ChatbotDraft) -> None:
        clear(self._eye)
        wanted = [
            (role, entry.clip, entry.confidence)
            for role in unsure_roles(draft)
            for entry in draft.acting.roles[role]
            if entry.confidence < SURE_ENOUGH
        ]
        proposals = open_proposals(draft, self.bench.document.proposals)
        wanted += [(role, best.clip, best.confidence) for role, (best, *_) in proposals.items()]
        if not wanted:
            return
        self._eye.addLayout(
            row([overline("NEEDS YOUR EYE"), None, Pill(self.bench.theme, str(len(wanted)), "warning")])
        )
        lines: list[QWidget | QHBoxLayout] = []
        for role, clip, confidence in wanted:
            lines += [self._unsure_line(role, clip, confidence), rule()]
        self._eye.addWidget(card(lines[:-1], spacing=TIGHT, margin=SNUG))

    def _unsure_line(self, role: Role, clip: str, confidence: float) -> QHBoxLayout:
        meter = ConfidenceMeter(self.bench.theme, SURE_ENOUGH)
        meter.show_confidence(confidence, "How sure the studio is of this")
        play = IconButton(self.bench.theme, "play", f"Play {clip}", lambda: self.bench.actor.toggle(clip), size=14)
        words = column([ElidedLabel(clip, "strong"), label(f"as {role_title(role).lower()}?", "caption")], spacing=0)
        accept = button(self.bench.theme, "Accept", lambda: self._accept(role, clip))
        line = row([play, meter, accept])
        line.insertLayout(1, words, 1)
        return line


def _without_clips(bench: Bench) -> EmptyState:
    text = (
        "Acting begins with clips. In Blender, push each action down to its own NLA track and export the GLB with "
        "the animation mode NLA Tracks; then replace the file under Avatar."
    )
    return EmptyState(bench.theme, "acting", "This avatar has no clips", text)


def stand_in_words(role: Role, acting: ActingMap) -> str:
    """What plays instead of a role that has no clip."""
    stand_in = resolved_role(role, acting)
    if stand_in is None:
        return "No clip: face and head only."
    return "" if stand_in == role else f"No clip: {role_title(stand_in).lower()} stands in."
