"""The cue timeline: the answer's words along one line, and at their words what was acted and what was not, and why."""

import html

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from shared.dialogue.trace import ConsideredCue, SaidClause, TurnTrace
from studio.model.signals import Signal
from studio.rehearsal.wording import cue_facts, cue_note, cue_title
from studio.ui.panels.cue_lanes import (
    CHIP_PADDING,
    ICON_ROOM,
    LANES_TOP,
    MARGIN,
    RULER_TOP,
    WORDS_TOP,
    Chip,
    WordLine,
    chips_of,
    clause_span,
    seconds_marks,
    size_of,
)
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import BODY, CAPTION, RADIUS_SMALL

TONES = {"designer": "accent", "marker": "accent_text", "event": "fine", "rule": "warning", "classifier": "muted"}
"""Whose wish a cue was."""
LEAST_HEIGHT = 132


class CueTimeline(QWidget):
    """Keys: Left and Right go from cue to cue, Return acts the chosen one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cue_chosen = Signal[[ConsideredCue]]()
        self.clause_chosen = Signal[[SaidClause]]()
        self._theme = theme
        self._trace = TurnTrace()
        self._text = ""
        self._line = WordLine("", self._words_font())
        self._chips: list[Chip] = []
        self._over: ConsideredCue | SaidClause | None = None
        self._place: int | None = None
        self.selected: ConsideredCue | SaidClause | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Cues of the answer")
        link(self, theme.changed, self.update)

    @property
    def cues(self) -> list[ConsideredCue]:
        """What is on it, from left to right."""
        return [chip.cue for chip in self._chips]

    def show_turn(self, text: str, trace: TurnTrace) -> None:
        """Show an answer as far as it is out; what was chosen stays chosen where it is still there."""
        before = self.selected
        self._text, self._trace = text, trace
        self._line = WordLine(text, self._words_font())
        self._chips = chips_of(trace, self._line, self.font())
        self.selected = before if before in self.cues or before in trace.clauses else self._heir(before)
        self._over = None
        width, height = size_of(self._chips, self._line)
        self.setMinimumSize(QSize(round(width), max(round(height), LEAST_HEIGHT)))
        self.update()

    def _heir(self, gone: ConsideredCue | SaidClause | None) -> ConsideredCue | None:
        """The rule's cue that now stands at the words of one that was chosen and is gone."""
        if not isinstance(gone, ConsideredCue):
            return None
        clause = self._trace.clause_at(gone.shown_offset)
        ruled = (cue for cue in self.cues if cue.rule is not None)
        return next((cue for cue in ruled if self._trace.clause_at(cue.shown_offset) == clause), None)

    def show_place(self, place: int | None) -> None:
        """Show how far the words are out; None is all the way."""
        if place != self._place:
            self._place = place
            self.update()

    def choose(self, wanted: ConsideredCue | SaidClause | None) -> None:
        """Choose something, without telling."""
        self.selected = wanted
        self.update()

    def spot_of(self, cue: ConsideredCue) -> QRectF:
        """Where a cue's chip is."""
        return next((chip.place for chip in self._chips if chip.cue == cue), QRectF())

    def x_of(self, place: int) -> float:
        """Where a place of the text is."""
        return MARGIN + self._line.x_of(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the pointer."""
        over = self._at(event.position())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._over = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cue, or the clause under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cue to cue."""
        cues = self.cues
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and cues:
            present = cues.index(self.selected) if self.selected in cues else (-1 if step > 0 else 0)
            self._choose(cues[(present + step) % len(cues)])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.selected is not None:
            self._choose(self.selected)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say everything about the cue under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            over = self._at(QPointF(event.pos()))
            if isinstance(over, ConsideredCue):
                facts = cue_facts(over, self._trace.clause_at(over.shown_offset))
                # As rich text it wraps.
                QToolTip.showText(event.globalPos(), f"<qt>{html.escape(facts)}</qt>", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ruler, words, stems and chips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ruler(painter)
        self._paint_words(painter)
        for chip in self._chips:
            self._paint_stem(painter, chip)
        for chip in self._chips:
            self._paint_chip(painter, chip)
        painter.end()

    def _words_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(BODY)
        return font

    def _at(self, spot: QPointF) -> ConsideredCue | SaidClause | None:
        chip = next((chip for chip in reversed(self._chips) if chip.place.contains(spot)), None)
        if chip is not None:
            return chip.cue
        return next((one for one in self._trace.clauses if clause_span(one, self._line).contains(spot)), None)

    def _choose(self, wanted: ConsideredCue | SaidClause | None) -> None:
        self.choose(wanted)
        if isinstance(wanted, ConsideredCue):
            self.cue_chosen.emit(wanted)
        elif wanted is not None:
            self.clause_chosen.emit(wanted)

    def _paint_ruler(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        painter.setFont(font)
        for second, place in seconds_marks(len(self._text)):
            x = self.x_of(place)
            painter.setPen(self._theme.colour("line_strong"))
            painter.drawLine(QPointF(x, RULER_TOP), QPointF(x, RULER_TOP + 12))
            painter.setPen(self._theme.colour("faint"))
            painter.drawText(QPointF(x + 4, RULER_TOP + 10), f"{second} s")

    def _paint_words(self, painter: QPainter) -> None:
        lit = self._clause_of(self._over), self._clause_of(self.selected)
        for clause, tone in zip(lit, ("hover", "accent_soft"), strict=True):
            if clause is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour(tone))
                painter.drawRoundedRect(clause_span(clause, self._line), RADIUS_SMALL, RADIUS_SMALL)
        corner = QPointF(MARGIN, WORDS_TOP)
        painter.setPen(self._theme.colour("text" if self._place is None else "faint"))
        self._line.draw(painter, corner)
        if self._place is not None:
            edge = self.x_of(self._place)
            painter.save()
            painter.setClipRect(QRectF(0, 0, edge, self.height()))
            painter.setPen(self._theme.colour("text"))
            self._line.draw(painter, corner)
            painter.restore()
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawLine(QPointF(edge, RULER_TOP), QPointF(edge, LANES_TOP - 8))

    def _clause_of(self, lit: ConsideredCue | SaidClause | None) -> SaidClause | None:
        return self._trace.clause_at(lit.shown_offset) if isinstance(lit, ConsideredCue) else lit

    def _paint_stem(self, painter: QPainter, chip: Chip) -> None:
        tone = self._tone(chip.cue)
        painter.setPen(QPen(self._theme.colour("line_strong" if chip.cue.fate == "dropped" else tone), 1))
        foot = WORDS_TOP + self._line.height + 7
        painter.drawLine(QPointF(chip.stem + 0.5, foot), QPointF(chip.stem + 0.5, chip.place.top() + 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line_strong" if chip.cue.fate == "dropped" else tone))
        painter.drawEllipse(QPointF(chip.stem + 0.5, foot), 2.5, 2.5)

    def _tone(self, cue: ConsideredCue) -> str:
        return TONES[cue.intent.source]

    def _paint_chip(self, painter: QPainter, chip: Chip) -> None:
        cue, place = chip.cue, chip.place
        dropped, chosen = cue.fate == "dropped", cue == self.selected
        border = "accent" if chosen else ("line_strong" if dropped or cue == self._over else "line")
        painter.setPen(QPen(self._theme.colour(border), 1.5 if chosen else 1, _stroke(dashed=dropped and not chosen)))
        painter.setBrush(self._theme.colour("surface" if dropped else ("accent_soft" if chosen else "raised")))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL + 1, RADIUS_SMALL + 1)
        if not dropped:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(self._tone(cue)))
            painter.drawRoundedRect(QRectF(place.left() + 1, place.top() + 6, 3, place.height() - 12), 1.5, 1.5)
        icon = self._icon(cue)
        colour = getattr(self._theme.palette, "faint" if dropped else "muted")
        pixmap = self._theme.icons.pixmap(icon, colour, 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(place.left() + 9, place.top() + 6), pixmap)
        self._paint_chip_words(painter, cue, place.adjusted(ICON_ROOM + 2, 4, -CHIP_PADDING + 6, -4), dropped=dropped)

    def _paint_chip_words(self, painter: QPainter, cue: ConsideredCue, inner: QRectF, *, dropped: bool) -> None:
        font = QFont(self.font())
        for size, weight, words, tone, flag in (
            (
                BODY - 1,
                QFont.Weight.DemiBold,
                cue_title(cue),
                "muted" if dropped else "text",
                Qt.AlignmentFlag.AlignTop,
            ),
            (CAPTION, QFont.Weight.Normal, cue_note(cue), _note_tone(cue), Qt.AlignmentFlag.AlignBottom),
        ):
            font.setPixelSize(size)
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(self._theme.colour(tone))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
            painter.drawText(inner, int(flag | Qt.AlignmentFlag.AlignLeft), shown)

    def _icon(self, cue: ConsideredCue) -> str:
        if cue.intent.source == "designer" and cue.fate != "dropped":
            return "pin"
        if cue.fate == "dropped":
            return "ban"
        return "acting" if cue.decision is not None and cue.decision.role is not None else "smile"


def _note_tone(cue: ConsideredCue) -> str:
    return "warning" if cue.fate == "face" else "muted"


def _stroke(*, dashed: bool) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
