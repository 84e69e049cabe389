"""Making the avatar lighter for visitors: for which devices, what it saves, and what it costs in truth."""

import asyncio
from typing import cast

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.model.budgets import megabytes
from studio.rehearsal.preparing import Lightened, Lightness, kept_lightened, side_by_side
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Segments, button
from studio.ui.parts.layout import column, row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT, WIDE

CHOICES = (("desktop", "Desktops", ""), ("phone", "Phones", ""), ("off", "Off", ""))
_WIDTH = 960
"""Of the picture, in pixels of the screen's own ratio."""
_WORDS: dict[Lightness, str] = {
    "desktop": "Visitors get a lighter copy with textures up to 2048 pixels. Your own file is never changed.",
    "phone": "Visitors get a lighter copy with textures up to 1024 pixels. Your own file is never changed.",
    "off": "Visitors get your own file as it is.",
}


class LighterCard(QFrame):
    """The choice, and what came of it the last time."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setProperty("kind", "card")
        kept = kept_lightened(bench.opened.project)
        self.lightness: Lightness = kept.tier if kept else "desktop"
        self.choice = Segments(bench.theme, CHOICES)
        self.choice.chosen.connect(self._choose)
        self.choice.show_choice(self.lightness)
        self._words = label("", "caption", wrap=True)
        self.result = label("", wrap=True)
        self.pictures = button(bench.theme, "Side by side", self._compare, kind="quiet", icon="images")
        head = column([label("Make the avatar lighter for", "strong"), row([self.choice, None])], spacing=TIGHT)
        below = row([self.pictures, None])
        self.setLayout(column([head, self._words, self.result, below], spacing=TIGHT, margin=ROOM))
        self.show_draft(bench.draft)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what was made of this avatar."""
        self._words.setText(_WORDS[self.lightness])
        kept = kept_lightened(self._bench.opened.project)
        fits = kept is not None and draft.avatar is not None and kept.original == draft.avatar.glb.sha256
        self.result.setText(result_words(kept) if kept and fits else "")
        self.result.setVisible(bool(kept and fits and self.lightness != "off"))
        made = draft.avatar is not None and draft.avatar.optimised is not None
        self.pictures.setVisible(made and self.lightness != "off")

    def _choose(self, key: str) -> None:
        self.lightness = cast("Lightness", key)
        self.show_draft(self._bench.draft)

    def _compare(self) -> None:
        self._bench.tasks.spawn("Drawing both avatars", self._show_pictures())

    async def _show_pictures(self) -> None:
        made = await asyncio.to_thread(side_by_side, self._bench.opened.project, self._bench.draft)
        kept = kept_lightened(self._bench.opened.project)
        if made is not None and kept is not None:
            PicturesDialog(self._bench.theme, self.window(), made, kept).open()


def result_words(made: Lightened) -> str:
    """What it saves and costs, in one sentence or two."""
    if not made.worthwhile:
        return f"{megabytes(made.before)}: already as light as it gets, so visitors get your own file."
    saved = 1 - made.blob.bytes / max(made.before, 1)
    where = f" in {made.worst_clip}" if made.worst_clip else ""
    return (
        f"{megabytes(made.before)} became {megabytes(made.blob.bytes)}, {saved:.0%} less. Joints are off by "
        f"{made.joint_error:.2%} of its height at worst{where}."
    )


class PicturesDialog(QDialog):
    """The designer's own avatar and the lighter one in one pose and one light, and where they differ."""

    def __init__(self, theme: Theme, parent: QWidget, pictures: Image.Image, made: Lightened) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Side by side")
        picture = QLabel()
        picture.setPixmap(_pixmap(pictures, self.devicePixelRatioF()))
        picture.setAccessibleName("Your own avatar, the lighter one, and where they differ")
        steps = " · ".join(f"{name} {megabytes(after)}" for name, _, after in made.steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(SNUG)
        layout.addWidget(picture)
        layout.addWidget(label(result_words(made), wrap=True))
        layout.addWidget(label(steps, "caption", wrap=True))
        layout.addLayout(row([None, button(theme, "Close", self.close, kind="primary")]))


def _pixmap(picture: Image.Image, ratio: float) -> QPixmap:
    content = picture.convert("RGBA").tobytes()
    image = QImage(content, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGBA8888)
    made = QPixmap.fromImage(image.scaledToWidth(round(_WIDTH * ratio), Qt.TransformationMode.SmoothTransformation))
    made.setDevicePixelRatio(ratio)
    return made
