"""A picture of the widget on somebody's page, painted from the draft's values at the page's own scale."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPixmap, QRadialGradient
from PySide6.QtWidgets import QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.model.colours import Ground, widget_colours
from studio.ui.panels.look_window import Words, paint_window, words_of
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import RADIUS

PAGES = {"desktop": QSizeF(1280, 800), "phone": QSizeF(390, 800)}
"""A desktop's page is as wide as the picture asks for, at least this."""
LAUNCHER, WIDE, HIGH, GAP = 64, 404, 704, 14
ZOOM = {"full": 2.3, "half": 1.5, "bust": 1.15}
SCALES = {"small": 0.86, "medium": 1.0, "large": 1.18}
_PAPER, _PRINT, _BLOCK = "#fbfaf7", "#dcd9d0", "#ebe8e0"


@dataclass(frozen=True)
class Places:
    """Where things stand on the page, in its pixels; the launcher is None where there is none."""

    window: QRectF | None
    launcher: QRectF | None


def places_of(draft: ChatbotDraft, page: QSizeF, *, is_open: bool, phone: bool) -> Places:
    """Where launcher and window stand: what `launcher.css` computes."""
    placement, scale = draft.placement, SCALES[draft.look.size]
    if placement.mode == "full":
        return Places(QRectF(0, 0, page.width(), page.height()), None)
    if placement.mode == "inline":
        left = 24.0 if phone else 90.0
        return Places(QRectF(left, 190, min(640.0, page.width() - 2 * left), 580), None)
    side = LAUNCHER * scale
    rise = min(placement.offset_y, max(20.0, page.height() - 520))
    across = min(placement.offset_x, page.width() - side - 8)
    launcher = _at_side(draft, page, across, QSizeF(side, side), rise)
    if not is_open:
        return Places(None, launcher)
    if phone:
        return Places(QRectF(0, 0, page.width(), page.height()), None)
    low = rise + side + GAP
    size = QSizeF(min(WIDE * scale, page.width() - 40), min(HIGH * scale, page.height() - low - 20))
    return Places(_at_side(draft, page, placement.offset_x, size, low), launcher)


def _at_side(draft: ChatbotDraft, page: QSizeF, across: float, size: QSizeF, low: float) -> QRectF:
    left = across if draft.placement.side == "left" else page.width() - across - size.width()
    return QRectF(left, page.height() - low - size.height(), size.width(), size.height())


class LookPicture(QWidget):
    """Follows what it is given; paints the page as large as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._draft = ChatbotDraft()
        self._portrait = QPixmap()
        self.is_open = True
        self.phone = False
        self.setMinimumHeight(226)
        self.setAccessibleName("Picture of the widget")
        link(self, theme.changed, self.update)

    def show_draft(self, draft: ChatbotDraft, portrait: QPixmap) -> None:
        """Paint these values, and the avatar as it stands, on no ground."""
        self._draft, self._portrait = draft, portrait
        self.update()

    def show_as(self, *, phone: bool, is_open: bool) -> None:
        """Paint another device, or the window shut."""
        self.phone, self.is_open = phone, is_open
        self.update()

    @property
    def ground(self) -> Ground:
        """Light or dark, as the widget would be: `auto` as this desk is."""
        theme = self._draft.look.theme
        dark = self._theme.palette.dark if theme == "auto" else theme == "dark"
        return "dark" if dark else "light"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and on it the widget."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        page, shown = self.page, self.shown
        scale = shown.width() / page.width()
        clip = QPainterPath()
        clip.addRoundedRect(shown, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(clip)
        painter.translate(shown.topLeft())
        painter.scale(scale, scale)
        self._paint_page(painter, page)
        self._paint_widget(painter, page)
        painter.restore()
        painter.setPen(self._theme.colour("line_strong"))
        painter.drawPath(clip)
        painter.end()

    @property
    def page(self) -> QSizeF:
        """Size of the page that is painted, in its own pixels."""
        page = PAGES["phone" if self.phone else "desktop"]
        shape = self.width() / max(self.height(), 1)
        return page if self.phone else QSizeF(max(page.width(), page.height() * shape), page.height())

    @property
    def shown(self) -> QRectF:
        """Where the page lies in the picture."""
        scale = min(self.width() / self.page.width(), self.height() / self.page.height())
        shown = QRectF(0, 0, self.page.width() * scale, self.page.height() * scale)
        shown.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        return shown

    def _paint_page(self, painter: QPainter, page: QSizeF) -> None:
        painter.fillRect(QRectF(QPointF(0, 0), page), QColor(_PAPER))
        left, width = (24.0, page.width() - 48) if self.phone else (90.0, 640.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_PRINT))
        painter.drawRoundedRect(QRectF(left, 24, 150, 14), 4, 4)
        painter.drawRoundedRect(QRectF(left, 110, width * 0.62, 34), 6, 6)
        for line in range(2):
            painter.drawRoundedRect(QRectF(left, 166 + 26 * line, width * (1.0 - 0.25 * line), 11), 4, 4)
        if self._draft.placement.mode != "inline":
            painter.setBrush(QColor(_BLOCK))
            painter.drawRoundedRect(QRectF(left, 236, width, 250), 8, 8)
        painter.setBrush(QColor(_PRINT))
        for line in range(8):
            painter.drawRoundedRect(QRectF(left, 520 + 30 * line, width * (0.98 - 0.07 * (line % 3)), 11), 4, 4)

    def _paint_widget(self, painter: QPainter, page: QSizeF) -> None:
        places = places_of(self._draft, page, is_open=self.is_open, phone=self.phone)
        words = words_of(self._draft)
        if places.window is not None:
            whole = self._draft.placement.mode == "full" or (self.phone and self._draft.placement.mode == "bubble")
            radius = 0.0 if whole else float(self._draft.look.corners)
            paint_window(painter, places.window, radius, self._draft, self.ground, self._portrait)
        if places.launcher is not None:
            self._paint_launcher(painter, places.launcher)
            if not self.is_open and not self._portrait.isNull():
                self._paint_face(painter, places.launcher)
            else:
                self._paint_icon(painter, places.launcher)
            if not self.is_open and words.teaser:
                self._paint_teaser(painter, places.launcher, words)

    def _paint_launcher(self, painter: QPainter, place: QRectF) -> None:
        accent = QColor(self._draft.look.accent)
        _paint_shadow(painter, place, place.width() / 2)
        gradient = QRadialGradient(place.center() - QPointF(0, place.height() * 0.26), place.width() * 0.78)
        gradient.setColorAt(0, _mixed(accent, QColor("#ffffff"), 0.38))
        gradient.setColorAt(1, accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(gradient))
        painter.drawEllipse(place)

    def _paint_face(self, painter: QPainter, place: QRectF) -> None:
        """The poster in the launcher, enlarged to a face: what `launcher.css` does with it."""
        painter.save()
        clip = QPainterPath()
        clip.addEllipse(place)
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        zoom = ZOOM[self._draft.look.framing]
        width = place.width() * zoom
        shown = QRectF(place.center().x() - width / 2, place.top() - place.height() * 0.04 * (zoom - 1), width,
                       width * self._portrait.height() / self._portrait.width())  # fmt: skip
        painter.drawPixmap(shown, self._portrait, QRectF(self._portrait.rect()))
        painter.restore()

    def _paint_icon(self, painter: QPainter, place: QRectF) -> None:
        ink = widget_colours(self._draft.look.accent, "light").on_accent
        name = "down" if self.is_open else "message-circle"
        side = place.width() * 0.5
        pixmap = self._theme.icons.pixmap(name, ink, round(side), 2.0)
        painter.drawPixmap(QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side), pixmap,
                           QRectF(pixmap.rect()))  # fmt: skip

    def _paint_teaser(self, painter: QPainter, launcher: QRectF, words: Words) -> None:
        font = painter.font()
        font.setPixelSize(15)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(words.teaser) + 60, 320)
        place = QRectF(0, 0, width, 46)
        at_left = self._draft.placement.side == "left"
        left = launcher.right() + 12 if at_left else launcher.left() - 12 - width
        place.moveTo(left, launcher.bottom() - 46)
        radius = min(self._draft.look.corners, 18)
        _paint_shadow(painter, place, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(place, radius, radius)
        painter.setPen(QColor("#1a1b22"))
        inner = place.adjusted(16, 0, -34, 0)
        text = painter.fontMetrics().elidedText(words.teaser, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        cross = QRectF(place.right() - 34, place.top(), 24, 46)
        painter.drawText(cross, int(Qt.AlignmentFlag.AlignCenter), "\u00d7")


def _paint_shadow(painter: QPainter, place: QRectF, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(6):
        painter.setBrush(QColor(20, 22, 40, 9))
        grown = place.adjusted(-step * 3, 4 - step * 2, step * 3, 8 + step * 4)
        painter.drawRoundedRect(grown, radius + step * 3, radius + step * 3)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )
