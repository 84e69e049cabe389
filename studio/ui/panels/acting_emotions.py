"""The emotion table: thirteen rows, each with its face, what the body plays, and from what strength on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shared.contract.acting import EMOTIONS, ROLES, Emotion, EmotionFace
from shared.contract.chatbot import ChatbotDraft
from studio.model.acting_edits import with_emotion_fields, with_morph
from studio.model.checklist import counted, role_title
from studio.ui.bench import Bench
from studio.ui.panels.acting_face import FaceEditor, FacePicture
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.layout import card, column, row, rule_between, scrolled
from studio.ui.parts.notices import Notice
from studio.ui.parts.sliders import QuietSlider
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

FACE_ONLY = "Face only"
NO_FACE = (
    "This avatar has no face to move: its file holds no morph targets (shape keys in Blender). "
    "Emotions still choose what the body plays."
)


class EmotionRow(QFrame):
    """One emotion; opened, its face can be shaped. Keys: Enter opens, Space shows the face."""

    def __init__(self, bench: Bench, stage: ActingStage, emotion: Emotion) -> None:
        super().__init__()
        self._bench, self._stage = bench, stage
        self.emotion: Emotion = emotion
        self.editor: FaceEditor | None = None
        self.opened = False
        self.setProperty("kind", "drop-row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(role_title(emotion))
        self.role = self._role_combo()
        self.strength = QuietSlider(0, 100)
        self._about = label("", "caption")
        self._percent = label("", "caption")
        self._more = IconButton(bench.theme, "chevron-down", f"Shape the face of {emotion}", self.toggle, size=16)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        face = FacePicture(self._bench.theme, self._stage.gallery, self.emotion, self.preview)
        if not self._bench.document.facts.morph_targets:
            face.hide()
        self._percent.setFixedWidth(32)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.strength.setFixedWidth(42)
        policy = self.strength.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.strength.setSizePolicy(policy)
        words = column([label(role_title(self.emotion)), self._about], spacing=0)
        line = QHBoxLayout()
        line.setSpacing(TIGHT)
        line.addWidget(face)
        line.addLayout(words, 1)
        line.addWidget(self.role)
        line.addLayout(row([self.strength, self._percent], spacing=HAIR))
        line.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(HAIR, HAIR, HAIR, HAIR)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addLayout(self._body)

    def _role_combo(self) -> Combo:
        made = Combo(self._bench.theme)
        made.setProperty("kind", "quiet")
        made.setMinimumWidth(88)
        made.setMaximumWidth(122)
        made.addItem(FACE_ONLY, "")
        for role in ROLES:
            made.addItem(role_title(role), role)
        made.setAccessibleName(f"Role that {self.emotion} plays")
        return made

    def _connect(self) -> None:
        self.role.activated.connect(lambda index: self._choose_role(str(self.role.itemData(index))))
        self.strength.setAccessibleName(f"Strength from which {self.emotion} moves the body")
        self.strength.valueChanged.connect(self._move_strength)
        self.strength.sliderReleased.connect(self._bench.document.settle)

    def _choose_role(self, role: str) -> None:
        after = with_emotion_fields(self._bench.draft, self.emotion, {"role": role or None})
        self._bench.document.change(f"Choose what {self.emotion} plays", after)

    def _move_strength(self, percent: int) -> None:
        after = with_emotion_fields(self._bench.draft, self.emotion, {"minimum_intensity": percent / 100})
        name = f"Change the strength of {self.emotion}"
        self._bench.document.change(name, after, gesture=f"emotion.{self.emotion}")

    def choose_clip(self, clip: str | None) -> None:
        """Play one very clip for this emotion; None leaves it to the role."""
        after = with_emotion_fields(self._bench.draft, self.emotion, {"clip": clip})
        self._bench.document.change(f"Choose the clip of {self.emotion}", after)

    def shape(self, morph: str, weight: float | None) -> None:
        """Move a morph target in this emotion's face, and see it; None takes it out."""
        after = with_morph(self._bench.draft, self.emotion, morph, weight)
        self._bench.document.change(f"Shape the face of {self.emotion}", after, gesture=f"face.{self.emotion}.{morph}")
        self.preview()

    def preview(self) -> None:
        """Show the face on the avatar."""
        self._bench.actor.show_emotion(self.emotion)

    def toggle(self) -> None:
        """Open the face, or close it."""
        if self.editor is None:
            self.editor = FaceEditor(self._bench, self)
            self._body.addWidget(self.editor)
            self.editor.show_face(self._face(self._bench.draft))
            self.preview()
        self.opened = not self.opened
        self.editor.setVisible(self.opened)
        self._more.show_icon("chevron-up" if self.opened else "chevron-down")

    def _face(self, draft: ChatbotDraft) -> EmotionFace:
        return draft.acting.emotions.get(self.emotion, EmotionFace())

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what the map says."""
        face = self._face(draft)
        shapes = counted(len(face.morphs), "shape") if face.morphs else "at rest" if self._is_neutral else "no face"
        self._about.setText(shapes)
        self._about.setToolTip(", ".join(f"{name} {weight:.0%}" for name, weight in face.morphs.items()))
        self.role.setCurrentIndex(max(self.role.findData(face.role or ""), 0))
        moves = face.role is not None or face.clip is not None
        self.role.setToolTip(f"Plays {face.clip}" if face.clip else "What the body plays")
        percent = round(face.minimum_intensity * 100)
        self.strength.show_value(percent)
        self.strength.setVisible(moves)
        self.strength.setToolTip(f"Moves the body from a strength of {percent} %; below, the face alone")
        self._percent.setText(f"{percent} %" if moves else "")
        if self.editor is not None:
            self.editor.show_face(face)

    @property
    def _is_neutral(self) -> bool:
        return self.emotion == "neutral"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.toggle()
        elif event.key() == Qt.Key.Key_Space:
            self.preview()
        else:
            super().keyPressEvent(event)


class EmotionPage(QWidget):
    """All thirteen."""

    def __init__(self, bench: Bench, stage: ActingStage) -> None:
        super().__init__()
        self.rows = {emotion: EmotionRow(bench, stage, emotion) for emotion in EMOTIONS}
        notice = Notice(bench.theme)
        faceless = not bench.document.facts.morph_targets
        seen = "" if faceless else "Click a face to see it. "
        hint = label(f"{seen}The body joins in from the strength at its right.", "caption")
        hint.setWordWrap(True)
        table = card(rule_between(self.rows.values()), spacing=0, margin=HAIR)
        body = column([notice, hint, table, None], spacing=SNUG)
        body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        content = QWidget()
        content.setLayout(body)
        self.area = scrolled(content)
        self.setLayout(column([self.area]))
        if faceless:
            notice.tell(NO_FACE)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the map."""
        for line in self.rows.values():
            line.show_draft(draft)
