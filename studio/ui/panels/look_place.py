"""Where the widget stands on a page: bubble, inline or full, its side, its distance, its language."""

from functools import partial

from shared.contract.chatbot import ChatbotDraft
from shared.dialogue.tongues import TONGUES, tongue
from studio.model.looks import with_look, with_placement
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Check, Combo, Segments
from studio.ui.parts.layout import card, column, row
from studio.ui.parts.sliders import SliderRow
from studio.ui.parts.text import label, overline
from studio.ui.theme.tokens import TIGHT

MODES = (("bubble", "Bubble", ""), ("inline", "In the page", ""), ("full", "Whole page", ""))
MODE_HINTS = {
    "bubble": "A launcher in a corner of the page opens the window.",
    "inline": "The window stands in your page's text, where the snippet stands.",
    "full": "The chat fills the page: for a page, a kiosk or a tablet of its own.",
}
SIDES = (("left", "Left", ""), ("right", "Right", ""))
DIRECTIONS = (("auto", "Auto", ""), ("ltr", "Left to right", ""), ("rtl", "Right to left", ""))
MOST_OFFSET = 400


class PlacePage(Page):
    """Place and language."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.mode = Segments(bench.theme, MODES)
        self.hint = label("", "caption", wrap=True)
        self.side = Segments(bench.theme, SIDES)
        self.across = SliderRow("From the side", (0, MOST_OFFSET), lambda value: f"{value:.0f} px", steps=1)
        self.above = SliderRow("From the bottom", (0, MOST_OFFSET), lambda value: f"{value:.0f} px", steps=1)
        self.opens = Check(bench.theme, "Opens by itself, but not on phones")
        self.tongues = Combo(bench.theme)
        self.tongues.setAccessibleName("The widget's language")
        self.tongues.addItem("The visitor's", "")
        for tag in sorted(TONGUES, key=tongue):
            self.tongues.addItem(tongue(tag), tag)
        self.direction = Segments(bench.theme, DIRECTIONS)
        self._connect()
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(overline("PLACE ON THE PAGE"))
        self.corner = card([row([label("Stands at the"), None, self.side]), self.across, self.above, self.opens])
        self.body.addWidget(card([column([self.mode, self.hint], spacing=TIGHT)]))
        self.body.addWidget(self.corner)
        self.body.addWidget(overline("LANGUAGE"))
        words = "Buttons and notes are in this language. With the visitor's: the first of the browser's languages that "
        note = label(words + "you have words in, else the page language of the character.", "caption", wrap=True)
        self.body.addWidget(
            card([row([label("Speaks"), None, self.tongues]), note, column([label("Reads"), self.direction])])
        )
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.opens.setToolTip("Once in a visit; a phone's screen is never covered unasked")
        self.mode.chosen.connect(lambda key: self._place("Choose how the widget stands", mode=key))
        self.side.chosen.connect(lambda key: self._place("Choose the widget's side", side=key))
        for line, name in ((self.across, "offset_x"), (self.above, "offset_y")):
            line.moved.connect(partial(self._move, name))
            line.settled.connect(self.bench.document.settle)
        self.opens.toggled.connect(self._open_by_itself)
        self.tongues.activated.connect(
            lambda place: self._place("Choose the widget's language", locale=self.tongues.itemData(place) or None)
        )
        self.direction.chosen.connect(
            lambda key: self.bench.document.change(
                "Choose the reading direction", with_look(self.bench.draft, direction=key)
            )
        )

    def _move(self, name: str, value: float) -> None:
        self._place("Move the widget", gesture=name, **{name: round(value)})

    def _open_by_itself(self, opens: bool) -> None:
        self._place("Let it open by itself" if opens else "Let it wait to be opened", open_by_itself=opens)

    def _place(self, name: str, gesture: str | None = None, **fields: object) -> None:
        self.bench.document.change(name, with_placement(self.bench.draft, **fields), gesture=gesture)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show place and language."""
        placement = draft.placement
        self.mode.show_choice(placement.mode)
        self.hint.setText(MODE_HINTS[placement.mode])
        self.corner.setVisible(placement.mode == "bubble")
        self.side.show_choice(placement.side)
        self.across.show_value(placement.offset_x)
        self.above.show_value(placement.offset_y)
        self.opens.blockSignals(True)
        self.opens.setChecked(placement.open_by_itself)
        self.opens.blockSignals(False)
        self._show_locale(placement.locale or "")
        self.direction.show_choice(draft.look.direction)

    def _show_locale(self, locale: str) -> None:
        if self.tongues.findData(locale) < 0:
            self.tongues.addItem(tongue(locale), locale)
        self.tongues.setCurrentIndex(self.tongues.findData(locale))
