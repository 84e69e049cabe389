"""The first page of look and placement: colours, appearance, framing, size, corners."""

from typing import Final

from shared.contract.chatbot import ChatbotDraft
from studio.model.colours import accent_note, background_note
from studio.model.looks import with_look
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Segments
from studio.ui.parts.colour_field import ColourField
from studio.ui.parts.layout import card, row
from studio.ui.parts.notices import Notice
from studio.ui.parts.sliders import SliderRow
from studio.ui.parts.text import label, overline

ACCENTS: Final = ("#4f46e5", "#1d4ed8", "#0f766e", "#15803d", "#c2410c", "#be123c", "#7e22ce", "#334155")
"""White on each of them passes WCAG AA."""
GROUNDS: Final = ("#eef2ff", "#e6f4f1", "#fff1e6", "#f5f1ea", "#0f172a", "#12312b", "#3b1d2e")
THEMES = (("auto", "Auto", ""), ("light", "Light", ""), ("dark", "Dark", ""))
FRAMINGS = (("full", "Full", ""), ("half", "Half", ""), ("bust", "Bust", ""))
SIZES = (("small", "Small", ""), ("medium", "Medium", ""), ("large", "Large", ""))


class StylePage(Page):
    """How the widget looks, wherever it stands."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.accent = ColourField(bench.theme, "Accent", ACCENTS)
        self.background = ColourField(bench.theme, "Behind the avatar", GROUNDS, none="The theme's own")
        self.advice = Notice(bench.theme)
        self.ground_advice = Notice(bench.theme)
        self.theme = Segments(bench.theme, THEMES)
        self.framing = Segments(bench.theme, FRAMINGS)
        self.sizes = Segments(bench.theme, SIZES)
        self.corners = SliderRow("Corners", (0, 32), lambda value: f"{value:.0f} px", steps=1)
        self._connect()
        self.body.addWidget(overline("COLOURS"))
        self.body.addWidget(card([self.accent, self.advice, self.background, self.ground_advice]))
        self.body.addWidget(overline("WINDOW"))
        lines = (("Appearance", self.theme), ("Shows", self.framing), ("Size", self.sizes))
        self.body.addWidget(card([*(row([label(name), None, choice]) for name, choice in lines), self.corners]))
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.theme.setToolTip("Auto follows the visitor's system")
        self.sizes.setToolTip("Of the launcher and the chat's window")
        self.accent.chosen.connect(lambda colour: self._change("Choose the accent", accent=colour))
        self.background.chosen.connect(lambda colour: self._change("Choose the background", background=colour or None))
        self.theme.chosen.connect(lambda key: self._change("Choose the widget's appearance", theme=key))
        self.framing.chosen.connect(self._frame)
        self.sizes.chosen.connect(lambda key: self._change("Choose the widget's size", size=key))
        self.corners.moved.connect(
            lambda value: self._change("Round the widget's corners", gesture="corners", corners=round(value))
        )
        self.corners.settled.connect(self.bench.document.settle)

    def _frame(self, key: str) -> None:
        self._change("Choose the widget's framing", framing=key)
        # Seen at once on the stage beside it, as visitors will.
        self.bench.canvas.frame(self.bench.draft.look.framing)

    def _change(self, name: str, gesture: str | None = None, **fields: object) -> None:
        self.bench.document.change(name, with_look(self.bench.draft, **fields), gesture=gesture)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the look, and say what of it is hard to read."""
        look = draft.look
        self.accent.show_colour(look.accent)
        self.background.show_colour(look.background or "")
        self.advice.tell(accent_note(look.accent), "warning")
        self.ground_advice.tell(background_note(look.background) if look.background else "", "warning")
        self.theme.show_choice(look.theme)
        self.framing.show_choice(look.framing)
        self.sizes.show_choice(look.size)
        self.corners.show_value(look.corners)
