"""Where things stand on the cue timeline: the answer in one line, and its cues in lanes below their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout

from shared.acting.vocabulary import SECONDS_PER_CHARACTER
from shared.dialogue.trace import ConsideredCue, SaidClause, TurnTrace
from studio.rehearsal.wording import cue_note, cue_title
from studio.ui.theme.tokens import BODY, CAPTION, HAIR

MARGIN = 20
RULER_TOP, WORDS_TOP, LANES_TOP = 2, 21, 51
CHIP_HEIGHT, LANE_GAP, CHIP_GAP = 38, 5, 8
ICON_ROOM, CHIP_PADDING = 26, 10
MOST_CHIP_WIDTH = 300


@dataclass(frozen=True)
class Chip:
    """One cue on screen: `place` in the widget, `stem` the x of its word."""

    cue: ConsideredCue
    place: QRectF
    stem: float


class WordLine:
    """A text in one line: from places in it, in code points, to x and back."""

    def __init__(self, text: str, font: QFont) -> None:
        self._text = "".join(" " if one.isspace() else one for one in text)
        self._layout = QTextLayout(self._text, font)
        self._layout.beginLayout()
        line = self._layout.createLine()
        if line.isValid():
            line.setLineWidth(1e7)
        self._layout.endLayout()
        self._line = line

    @property
    def width(self) -> float:
        """Of the whole text."""
        return self._line.naturalTextWidth() if self._line.isValid() else 0.0

    @property
    def height(self) -> float:
        """Of the line."""
        return self._line.height() if self._line.isValid() else 0.0

    def x_of(self, place: int) -> float:
        """The x of a code point."""
        if not self._line.isValid():
            return 0.0
        units = len(self._text[: min(max(place, 0), len(self._text))].encode("utf-16-le")) // 2
        # Qt's Python tells the place and where the cursor came to stand; its types know the place alone.
        found: Any = self._line.cursorToX(units)
        return float(found[0] if isinstance(found, tuple) else found)

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Draw it in the painter's pen."""
        self._layout.draw(painter, corner)


def chip_width(cue: ConsideredCue, font: QFont) -> float:
    """How wide a cue's chip is: its two lines and its icon."""
    title, note = QFont(font), QFont(font)
    title.setPixelSize(BODY - 1)
    title.setWeight(QFont.Weight.DemiBold)
    note.setPixelSize(CAPTION)
    words = max(
        QFontMetricsF(title).horizontalAdvance(cue_title(cue)), QFontMetricsF(note).horizontalAdvance(cue_note(cue))
    )
    return min(words + ICON_ROOM + CHIP_PADDING + 2, MOST_CHIP_WIDTH)


def chips_of(trace: TurnTrace, line: WordLine, font: QFont) -> list[Chip]:
    """Every cue under its word, in the first lane where it fits."""
    ends: list[float] = []
    chips: list[Chip] = []
    for cue in sorted(trace.cues, key=lambda one: one.shown_offset):
        left, width = MARGIN + line.x_of(cue.shown_offset), chip_width(cue, font)
        lane = next((number for number, end in enumerate(ends) if end + CHIP_GAP <= left), len(ends))
        ends[lane : lane + 1] = [left + width]
        top = LANES_TOP + lane * (CHIP_HEIGHT + LANE_GAP)
        chips.append(Chip(cue, QRectF(left, top, width, CHIP_HEIGHT), left))
    return chips


def clause_span(clause: SaidClause, line: WordLine) -> QRectF:
    """The place of a clause's words."""
    left, right = line.x_of(clause.shown_start), line.x_of(clause.shown_end)
    return QRectF(MARGIN + left - 3, WORDS_TOP - 3, right - left + 6, line.height + 6)


def size_of(chips: Sequence[Chip], line: WordLine) -> tuple[float, float]:
    """How much room it all needs, in pixels."""
    right = max([MARGIN + line.width, *(chip.place.right() for chip in chips)])
    bottom = max([LANES_TOP, *(chip.place.bottom() for chip in chips)])
    return right + MARGIN, bottom + HAIR


def seconds_marks(length: int) -> list[tuple[int, int]]:
    """Whole seconds of the answer with the character that each comes at, on the director's own clock."""
    each = round(1 / SECONDS_PER_CHARACTER)
    return [(second, second * each) for second in range(length // each + 1)]
