"""What is pinned on an answer, as a list that can grow and shrink: what it says, cites, declines, and acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shared.contract.acting import EMOTIONS, ROLES
from shared.contract.rehearsal import CueExpectation, Expectations
from studio.model.checklist import role_title
from studio.model.signals import Signal
from studio.rehearsal.expectations import Check, cue_in_words
from studio.ui.parts.buttons import Combo, IconButton, button
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import box, clear, column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

KINDS = (
    ("says", "Says"),
    ("says_not", "Does not say"),
    ("cites", "Cites"),
    ("answers", "Answers"),
    ("declines", "Declines"),
    ("cue", "Acts"),
)
"""What can be pinned; the first two take words, `cites` a document, `cue` a role, an emotion and words."""


@dataclass(frozen=True)
class Pin:
    """One expectation of a turn: how it reads, and the expectations without it."""

    words: str
    without: Expectations


def pins_of(expect: Expectations) -> list[Pin]:
    """Every expectation, in the order in which checks come."""
    pins = [
        Pin(f"Says “{one}”", expect.model_copy(update={"says": _less(expect.says, place)}))
        for place, one in enumerate(expect.says)
    ]
    pins += [
        Pin(f"Does not say “{one}”", expect.model_copy(update={"says_not": _less(expect.says_not, place)}))
        for place, one in enumerate(expect.says_not)
    ]
    pins += [
        Pin(f"Cites {one}", expect.model_copy(update={"cites": _less(expect.cites, place)}))
        for place, one in enumerate(expect.cites)
    ]
    if expect.declines is not None:
        pins.append(Pin("Declines" if expect.declines else "Answers", expect.model_copy(update={"declines": None})))
    pins += [
        Pin(_cue_words(one), expect.model_copy(update={"cues": _less(expect.cues, place)}))
        for place, one in enumerate(expect.cues)
    ]
    return pins


def pinned(expect: Expectations, kind: str, words: str, cue: CueExpectation) -> Expectations:
    """The expectations with one more; nothing changes where there is nothing to pin.

    Raises: pydantic.ValidationError: more than the contract takes.
    """
    grown: dict[str, object] = {}
    if kind == "cue":
        grown = {"cues": (*expect.cues, cue)}
    elif kind in {"answers", "declines"}:
        grown = {"declines": kind == "declines"}
    elif words:
        grown = {kind: tuple(dict.fromkeys((*getattr(expect, kind), words)))}
    return Expectations.model_validate({**expect.model_dump(), **grown})


def _less(values: tuple[object, ...], place: int) -> tuple[object, ...]:
    return values[:place] + values[place + 1 :]


def _cue_words(cue: CueExpectation) -> str:
    return f"Acts {cue_in_words(cue)}" + (f" at “{cue.words}”" if cue.words else "")


class PinList(QWidget):
    """Shows the pins of a turn with how they went, and offers another one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed = Signal[[Expectations]]()
        self._theme = theme
        self._expect = Expectations()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(HAIR)
        self.kind = self._combo("What to pin", KINDS)
        self.kind.activated.connect(lambda _index: self._show_kind())
        self.words = LineEdit()
        self.words.setMaxLength(200)
        self.words.setMinimumWidth(60)
        self.words.setAccessibleName("Words")
        self.words.returnPressed.connect(self._add)
        self.document = self._combo("Document", ())
        self.role = self._combo("Role", (("", "Any role"), *((one, role_title(one)) for one in ROLES)))
        self.emotion = self._combo("Emotion", (("", "Any emotion"), *((one, role_title(one)) for one in EMOTIONS)))
        self.add = button(theme, "Pin", self._add, icon="pin", tip="Expect this from now on")
        self._acting = box(row([self.role, self.emotion], spacing=TIGHT))
        line = row([self.kind, self.words, self.document, self.add], spacing=TIGHT)
        line.setStretch(1, 1)
        line.setStretch(2, 1)
        self.setLayout(column([self._rows, line, self._acting], spacing=TIGHT))
        self._show_kind()

    def show_expectations(self, expect: Expectations, checks: Sequence[Check], documents: Sequence[str]) -> None:
        """Show what is pinned.

        Args:
            checks: how it went, in the same order; empty before a replay.
        """
        self._expect = expect
        clear(self._rows)
        pins = pins_of(expect)
        outcomes = [*checks] if len(checks) == len(pins) else [None] * len(pins)
        for pin, check in zip(pins, outcomes, strict=True):
            self._rows.addWidget(self._row(pin, check))
        if [self.document.itemData(place) for place in range(self.document.count())] != list(documents):
            self.document.clear()
            for name in documents:
                self.document.addItem(name, name)

    def _row(self, pin: Pin, check: Check | None) -> QWidget:
        icon, tone = ("pin", "faint") if check is None else (("check", "fine") if check.held else ("close", "danger"))
        words = label(pin.words, wrap=True)
        texts = column([words], spacing=1)
        if check is not None and not check.held:
            texts.addWidget(label(f"but: {check.found}", "caption", "danger", wrap=True))
        remove = IconButton(
            self._theme, "close", "Expect this no more", partial(self.changed.emit, pin.without), size=12
        )
        line = row([IconLabel(self._theme, icon, tone, 14), texts, remove], spacing=TIGHT)
        line.setStretch(1, 1)
        return box(line)

    def _combo(self, name: str, choices: Sequence[tuple[str, str]]) -> Combo:
        made = Combo(self._theme)
        made.setAccessibleName(name)
        for key, words in choices:
            made.addItem(words, key)
        return made

    def _show_kind(self) -> None:
        kind = self.kind.currentData()
        self.words.setVisible(kind in {"says", "says_not", "cue"})
        self.words.setPlaceholderText("at these words, or anywhere" if kind == "cue" else "words of the answer")
        self.document.setVisible(kind == "cites")
        self._acting.setVisible(kind == "cue")

    def _add(self) -> None:
        kind, words = str(self.kind.currentData()), self.words.text().strip()
        if kind == "cites":
            words = str(self.document.currentData() or "")
        cue = CueExpectation(
            words=words if kind == "cue" else "",
            role=self.role.currentData() or None,
            emotion=self.emotion.currentData() or None,
        )
        if kind == "cue" and cue == CueExpectation(words=cue.words):
            return
        after = pinned(self._expect, kind, words, cue)
        if after != self._expect:
            self.words.clear()
            self.changed.emit(after)
