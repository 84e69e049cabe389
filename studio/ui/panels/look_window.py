"""The chat's window, painted: stage with the avatar, header, greeting, a question, suggestions, the field."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPixmap, QRadialGradient

from shared.contract.chatbot import ChatbotDraft, WidgetTexts
from studio.model.colours import BUBBLE, SURFACE, Ground, hex_of, ink_on, mixed, rgb, widget_colours

INK: dict[Ground, str] = {"light": "#1a1b22", "dark": "#eceef4"}
SOFT: dict[Ground, str] = {"light": "#5b5f6b", "dark": "#a5aab8"}
LINE: dict[Ground, str] = {"light": "#e3e4ea", "dark": "#33353d"}
STAGE_SHARE, SIDE_BY_SIDE, CHAT_SHARE = 0.43, 820, 0.38
MOST_SUGGESTIONS = 3
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True)
class Words:
    """What the widget says, in the language that it would be seen in on this desk."""

    title: str
    placeholder: str
    teaser: str
    consent: str
    locale: str

    @property
    def right_to_left(self) -> bool:
        """Whether the language is read from the right."""
        return self.locale.partition("-")[0].lower() in RIGHT_TO_LEFT


def words_of(draft: ChatbotDraft) -> Words:
    """The words in the placement's language, else in the character's own."""
    locale = draft.placement.locale or draft.locale
    own = _texts(draft, locale)
    base = _texts(draft, draft.locale)

    def said(name: str) -> str:
        return str(getattr(own, name) or getattr(base, name))

    return Words(said("title") or draft.name, said("placeholder") or "Ask something…", said("teaser"),
                 said("consent"), locale)  # fmt: skip


def _texts(draft: ChatbotDraft, locale: str) -> WidgetTexts:
    texts = draft.look.texts
    tag = locale
    while tag:
        if tag in texts:
            return texts[tag]
        tag = tag.rpartition("-")[0]
    return WidgetTexts()


def paint_window(
    painter: QPainter, place: QRectF, radius: float, draft: ChatbotDraft, ground: Ground, portrait: QPixmap
) -> None:
    """Paint the window into `place`, in the page's pixels."""
    painter.save()
    _shadow(painter, place, radius)
    clip = QPainterPath()
    clip.addRoundedRect(place, radius, radius)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    wide = place.width() >= SIDE_BY_SIDE
    stage, chat = _halves(place, wide)
    _paint_stage(painter, stage, draft, ground, portrait)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(SURFACE[ground]))
    sheet = 0.0 if wide else draft.look.corners * 1.375
    painter.drawRoundedRect(chat.adjusted(0, 0, 0, 60), sheet, sheet)
    _paint_head(painter, place, draft, ground)
    _Chat(painter, chat.adjusted(0, 60 if wide else 0, 0, 0), draft, ground).paint()
    painter.restore()


def _halves(place: QRectF, wide: bool) -> tuple[QRectF, QRectF]:
    if wide:
        width = max(420.0, place.width() * CHAT_SHARE)
        return place.adjusted(0, 0, -width, 0), place.adjusted(place.width() - width, 0, 0, 0)
    height = place.height() * STAGE_SHARE
    stage = QRectF(place.left(), place.top(), place.width(), height + 22)
    return stage, place.adjusted(0, height, 0, 0)


def _paint_stage(painter: QPainter, stage: QRectF, draft: ChatbotDraft, ground: Ground, portrait: QPixmap) -> None:
    top, low, glow = _backdrop(draft, ground)
    fall = QLinearGradient(stage.topLeft(), stage.bottomLeft())
    fall.setColorAt(0, QColor(top))
    fall.setColorAt(1, QColor(low))
    painter.fillRect(stage, fall)
    light = QRadialGradient(stage.center(), max(stage.width(), stage.height()) * 0.5)
    inner = QColor(glow)
    light.setColorAt(0, inner)
    inner.setAlpha(0)
    light.setColorAt(1, inner)
    painter.fillRect(stage, light)
    if portrait.isNull():
        return
    scale = min(stage.width() / portrait.width(), stage.height() / portrait.height())
    size = QRectF(0, 0, portrait.width() * scale, portrait.height() * scale)
    size.moveCenter(QPointF(stage.center().x(), stage.bottom() - size.height() / 2))
    painter.drawPixmap(size, portrait, QRectF(portrait.rect()))


def _backdrop(draft: ChatbotDraft, ground: Ground) -> tuple[str, str, str]:
    """Top, bottom and glow: what `frame.css` mixes."""
    own = draft.look.background
    if own:
        return own, _mix(own, "#000000", 0.1), _mix(own, "#ffffff", 0.14)
    accent = widget_colours(draft.look.accent, ground).accent
    if ground == "light":
        return _mix("#eef0f7", accent, 0.17), _mix("#e3e6f0", accent, 0.34), _mix("#ffffff", accent, 0.05)
    return _mix("#14151b", accent, 0.2), _mix("#0f1014", accent, 0.3), _mix("#4a4e60", accent, 0.46)


def _paint_head(painter: QPainter, place: QRectF, draft: ChatbotDraft, ground: Ground) -> None:
    words = words_of(draft)
    ink = QColor(ink_on(draft.look.background) if draft.look.background else INK[ground])
    right = _reads_from_right(draft, words)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    font = painter.font()
    font.setPixelSize(16)
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(ink)
    line = place.adjusted(18, 10, -18, 0)
    line.setHeight(22)
    painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), words.title)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#22a565"))
    dot = line.right() - 7 if right else line.left()
    painter.drawEllipse(QRectF(dot, line.bottom() + 7, 7, 7))


def _reads_from_right(draft: ChatbotDraft, words: Words) -> bool:
    direction = draft.look.direction
    return words.right_to_left if direction == "auto" else direction == "rtl"


class _Chat:
    """Paints bubbles from above to below, and the field at the end."""

    def __init__(self, painter: QPainter, place: QRectF, draft: ChatbotDraft, ground: Ground) -> None:
        self._painter, self._place, self._draft, self._ground = painter, place, draft, ground
        self._colours = widget_colours(draft.look.accent, ground)
        self._words = words_of(draft)
        self._right = _reads_from_right(draft, self._words)
        self._round = min(18.0, 4 + draft.look.corners * 0.875)
        self._below = place.top() + 18

    def paint(self) -> None:
        """Paint all that there is room for."""
        field = self._paint_field()
        said = self._draft.personality.greeting
        if said:
            self._bubble(said, QColor(BUBBLE[self._ground]), QColor(INK[self._ground]), visitor=False, end=field)
        asked = next(iter(self._draft.personality.suggestions), "What can you do?")
        self._bubble(asked, QColor(self._colours.accent), QColor(self._colours.on_accent), visitor=True, end=field)
        for text in self._draft.personality.suggestions[1 : MOST_SUGGESTIONS + 1]:
            self._bubble(text, None, QColor(self._colours.accent_text), visitor=False, end=field)

    def _bubble(self, text: str, fill: QColor | None, ink: QColor, *, visitor: bool, end: float) -> None:
        self._font(15)
        most = self._place.width() * 0.8
        room = QRectF(0, 0, most - 28, 400)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        needs = self._painter.fontMetrics().boundingRect(room.toRect(), flags, text)
        size = QRectF(0, self._below, needs.width() + 30, needs.height() + 18)
        if size.bottom() > end - 8:
            return
        at_end = visitor != self._right
        size.moveLeft(self._place.right() - 16 - size.width() if at_end else self._place.left() + 16)
        self._painter.setPen(Qt.PenStyle.NoPen if fill else ink)
        self._painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(size, self._round, self._round)
        self._painter.setPen(ink)
        self._painter.drawText(size.adjusted(14, 9, -14, -9), flags, text)
        self._below = size.bottom() + 10

    def _paint_field(self) -> float:
        bottom = self._place.bottom() - 14
        if self._words.consent:
            self._font(11)
            line = QRectF(self._place.left() + 22, bottom - 8, self._place.width() - 44, 18)
            self._painter.setPen(QColor(SOFT[self._ground]))
            shown = self._painter.fontMetrics().elidedText(
                self._words.consent, Qt.TextElideMode.ElideRight, int(line.width())
            )
            self._painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), shown)
            bottom -= 20
        field = QRectF(self._place.left() + 14, bottom - 48, self._place.width() - 28, 48)
        radius = min(24.0, 6 + self._draft.look.corners * 1.125)
        self._painter.setPen(QColor(LINE[self._ground]))
        self._painter.setBrush(QColor(_mix(SURFACE[self._ground], "#ffffff", 0.05)))
        self._painter.drawRoundedRect(field, radius, radius)
        self._font(16)
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        self._painter.setPen(QColor(SOFT[self._ground]))
        inner = field.adjusted(18 if not self._right else 54, 0, -54 if not self._right else -18, 0)
        self._painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), self._words.placeholder)
        button = QRectF(field.left() + 5 if self._right else field.right() - 43, field.top() + 5, 38, 38)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._colours.accent))
        self._painter.drawEllipse(button)
        return field.top()

    def _font(self, size: int) -> None:
        font = self._painter.font()
        font.setPixelSize(size)
        font.setWeight(font.Weight.Normal)
        self._painter.setFont(font)


def _shadow(painter: QPainter, place: QRectF, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(8):
        painter.setBrush(QColor(20, 22, 40, 7))
        grown = place.adjusted(-step * 4, 8 - step * 2, step * 4, 12 + step * 5)
        painter.drawRoundedRect(grown, radius + step * 4, radius + step * 4)


def _mix(one: str, other: str, share: float) -> str:
    return hex_of(mixed(rgb(one), rgb(other), share))
