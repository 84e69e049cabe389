"""One passage of an explained search: where it stands, its score, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shared.knowledge.explaining import ExplainedPassage
from studio.ui.bench import Bench
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import row
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import ElidedLabel, label, rule
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SHOWN_CHARACTERS = 230
GOOD_FIT = 0.6
"""From here on a passage is all but sure to answer."""


class FoundCard(QFrame):
    """A passage with its ranks; one below the threshold is faint."""

    def __init__(
        self,
        bench: Bench,
        passage: ExplainedPassage,
        read: Callable[[ExplainedPassage], object],
        expect: Callable[[ExplainedPassage], object],
    ) -> None:
        super().__init__()
        self.passage = passage
        found = passage.found
        self.setProperty("kind", "card" if passage.passes else "well")
        parts = (found.title, f"page {found.page}" if found.page else "", found.heading[-1] if found.heading else "")
        place = ElidedLabel(" · ".join(dict.fromkeys(part for part in parts if part)), "strong")
        given = [Pill(bench.theme, f"[{passage.given_as}]", "accent_text")] if passage.given_as else []
        head: QHBoxLayout = row([*given, place, Pill(bench.theme, f"{found.score:.0%}", _tone(passage))], spacing=TIGHT)
        head.setStretch(len(given), 1)
        head.setContentsMargins(0, 0, TIGHT, 0)
        words = label(_shortened(found.text), tone="plain" if passage.passes else "muted", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # As high as the words at this width, not as at the one that they would rather have.
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        why = label(ranks_of(passage), "caption", wrap=True)
        why.setToolTip(reasons_of(passage))
        foot = row(
            [
                why,
                IconButton(bench.theme, "book-open", "Read it in its document", lambda: read(passage), size=15),
                IconButton(
                    bench.theme,
                    "target",
                    "Make this the right answer: a gold question",
                    lambda: expect(passage),
                    size=15,
                ),
            ],
            spacing=0,
        )
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, TIGHT, HAIR, HAIR)
        layout.setSpacing(HAIR)
        for part in (head, words, foot):
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)


class ThresholdLine(QFrame):
    """The line below which nothing is answered from."""

    def __init__(self, threshold: float, below: int) -> None:
        super().__init__()
        text = f"below {threshold:.0%} nothing is used" if below else f"threshold {threshold:.0%}"
        words = label(text, "caption", "warning")
        line = row([rule(), words, rule()], spacing=TIGHT)
        line.setStretch(0, 1)
        line.setStretch(2, 1)
        line.setContentsMargins(0, TIGHT, 0, TIGHT)
        self.setLayout(line)


def ranks_of(passage: ExplainedPassage) -> str:
    """Its places in the rankings: by words, by meaning, fused."""
    return (
        f"words {_rank(passage.word_rank)} · meaning {_rank(passage.vector_rank)} ({passage.facts.nearness:.2f}) · "
        f"fused {_rank(passage.fused_rank)} ({passage.fused_score:.4f})"
    )


def reasons_of(passage: ExplainedPassage) -> str:
    """What its score was made of."""
    facts = passage.facts
    return (
        f"Holds {facts.held:.0%} of the question's words, rare ones counting more; {facts.held_together:.0%} of them "
        f"in one sentence; {facts.pairs:.0%} of its word pairs. Cosine to the question {facts.nearness:.2f}. From "
        f"these the score: {passage.found.score:.0%}."
    )


def _rank(place: int | None) -> str:
    return f"#{place}" if place else "none"


def _tone(passage: ExplainedPassage) -> str:
    if not passage.passes:
        return "muted"
    return "fine" if passage.found.score >= GOOD_FIT else "warning"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS].rstrip()}…"
