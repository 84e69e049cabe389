"""The emotion table: what each emotion does to the face, which role it plays, and from what strength on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSlider

from shared.contract.acting import EMOTIONS, ROLES, ActingMap, Emotion, EmotionFace
from studio.model.checklist import counted, role_title
from studio.model.signals import Signal
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG, TIGHT

FACE_ONLY = "Face only"


class EmotionTable(QFrame):
    """Thirteen rows; tells what was asked for, and shows what the map says."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.previewed = Signal[[Emotion]]()
        self.role_chosen = Signal[[Emotion, str]]()
        self.strength_moved = Signal[[Emotion, float]]()
        self.strength_settled = Signal[[]]()
        self.setProperty("kind", "card")
        self._theme = theme
        self._faces = {emotion: label("", "caption") for emotion in EMOTIONS}
        self._roles = {emotion: self._role_combo(emotion) for emotion in EMOTIONS}
        self._strengths = {emotion: self._slider(emotion) for emotion in EMOTIONS}
        grid = QGridLayout(self)
        grid.setContentsMargins(SNUG, SNUG, SNUG, SNUG)
        grid.setHorizontalSpacing(TIGHT)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, title in ((1, "Emotion"), (3, "Plays"), (4, "From")):
            grid.addWidget(label(title, "caption"), 0, place)
        for line, emotion in enumerate(EMOTIONS, start=1):
            self._add_row(grid, line, emotion)

    def _add_row(self, grid: QGridLayout, line: int, emotion: Emotion) -> None:
        tip = f"Show {emotion} on the avatar"
        grid.addWidget(IconButton(self._theme, "eye", tip, lambda: self.previewed.emit(emotion), size=15), line, 0)
        grid.addWidget(label(role_title(emotion)), line, 1)
        grid.addWidget(self._faces[emotion], line, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._roles[emotion], line, 3)
        grid.addWidget(self._strengths[emotion], line, 4)

    def _role_combo(self, emotion: Emotion) -> Combo:
        made = Combo(self._theme)
        made.setProperty("kind", "quiet")
        made.setFixedWidth(118)
        made.addItem(FACE_ONLY, "")
        for role in ROLES:
            made.addItem(role_title(role), role)
        made.setAccessibleName(f"Role that {emotion} plays")
        made.activated.connect(lambda index: self.role_chosen.emit(emotion, str(made.itemData(index))))
        return made

    def _slider(self, emotion: Emotion) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(0, 100)
        made.setFixedWidth(64)
        made.setAccessibleName(f"Strength from which {emotion} moves the body")
        made.sliderMoved.connect(lambda percent: self.strength_moved.emit(emotion, percent / 100))
        made.sliderReleased.connect(self.strength_settled.emit)
        return made

    def show_map(self, acting: ActingMap) -> None:
        """Show what the map says of every emotion."""
        for emotion in EMOTIONS:
            face = acting.emotions.get(emotion, EmotionFace())
            shapes = counted(len(face.morphs), "shape") if face.morphs else "no face"
            self._faces[emotion].setText("" if emotion == "neutral" else shapes)
            self._faces[emotion].setToolTip(", ".join(face.morphs))
            combo = self._roles[emotion]
            combo.setCurrentIndex(max(combo.findData(face.role or ""), 0))
            slider = self._strengths[emotion]
            slider.setValue(round(face.minimum_intensity * 100))
            slider.setEnabled(face.role is not None)
            slider.setToolTip(f"Moves the body from a strength of {round(face.minimum_intensity * 100)} %")
