"""One of the designer's rules as a card: what it does in a line, and all of it when it is open."""

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from shared.contract.acting import EMOTIONS, ROLES, CueRule
from studio.model.checklist import role_title
from studio.model.signals import Signal
from studio.ui.parts.buttons import Combo, IconButton, Segments, button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.sliders import SliderRow
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

FACE_ONLY, ANY_CLIP = "Face only", "Any of the role's clips"
NAME_WIDTH = 72


def rule_summary(rule: CueRule) -> str:
    """What a rule does, in a line."""
    if rule.suppress:
        return "Nothing is acted here"
    body = role_title(rule.role) if rule.role else ("Clip" if rule.clip else "Face")
    clip = f", {rule.clip}" if rule.clip else ""
    return f"{body} · {rule.emotion} {rule.intensity:.1f}{clip}"


class RuleCard(QFrame):
    """Tells what is changed by hand; the page makes it a step that can be undone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed = Signal[[dict[str, object], str]]()
        """Fields with their new values, and the gesture that they belong to."""
        self.settled = Signal[[]]()
        self.moved = Signal[[int]]()
        self.removed = Signal[[]]()
        self.opened = Signal[[]]()
        self.tried = Signal[[]]()
        self.setProperty("kind", "card")
        self.summary = ElidedLabel("", "caption", "muted")
        self.title = ElidedLabel("", "strong")
        self.fit = label("", "caption", "muted", wrap=True)
        self.more = IconButton(theme, "down", "Edit the rule", self.opened.emit, size=16)
        self.up = IconButton(theme, "arrow-up", "Decide before the rule above", lambda: self.moved.emit(-1), size=16)
        self.down = IconButton(theme, "arrow-down", "Decide after the rule below", lambda: self.moved.emit(1), size=16)
        remove = IconButton(theme, "trash", "Delete the rule", self.removed.emit, size=16)
        self.words = LineField("Words", "Whole words of one clause, as the character says them.")
        self.words.edited.connect(lambda text: self._tell("words", text.strip()))
        self.words.left.connect(self.settled.emit)
        self.manner = Segments(theme, (("act", "Act", "acting"), ("nothing", "Nothing here", "ban")))
        self.manner.chosen.connect(lambda key: self._tell("suppress", key == "nothing"))
        self.emotion = self._combo(theme, "Emotion", [(role_title(one), one) for one in EMOTIONS], "emotion")
        roles: list[tuple[str, object]] = [(FACE_ONLY, None), *((role_title(one), one) for one in ROLES)]
        self.role = self._combo(theme, "Role", roles, "role")
        self.clip = self._combo(theme, "Clip", [(ANY_CLIP, None)], "clip")
        self.intensity = SliderRow("Intensity", (0.0, 1.0), "{:.2f}".format)
        self.intensity.moved.connect(lambda value: self._tell("intensity", round(value, 2)))
        self.intensity.settled.connect(self.settled.emit)
        self.attempt = button(theme, "Try it", self.tried.emit, icon="play", tip="Act the rule in the viewport")
        self._clips: tuple[str, ...] = ()
        self._lay_out([self.up, self.down, remove])
        self.show_open(is_open=False)

    def _lay_out(self, tools: list[IconButton]) -> None:
        head = row([column([self.title, self.summary], spacing=1), *tools, self.more], spacing=HAIR)
        head.setStretch(0, 1)
        self._acting = box(
            column(
                [_named("Emotion", self.emotion), self.intensity, _named("Role", self.role), _named("Clip", self.clip)],
                spacing=TIGHT,
            )
        )
        self._inside = box(column([self.words, row([self.manner, None, self.attempt]), self._acting], spacing=SNUG))
        layout = column([head, self.fit, self._inside], spacing=TIGHT, margin=SNUG)
        layout.setContentsMargins(SNUG, TIGHT, TIGHT, SNUG)
        self.setLayout(layout)

    def show_rule(self, rule: CueRule, clips: tuple[str, ...]) -> None:
        """Show a rule; `clips` are those that the avatar has."""
        self.title.show_text(f"“{rule.words}”")
        self.summary.show_text(rule_summary(rule))
        if not self.words.edit.hasFocus():
            self.words.show_text(rule.words)
            self.words.edit.setCursorPosition(0)
        self.manner.show_choice("nothing" if rule.suppress else "act")
        self._acting.setVisible(not rule.suppress)
        self.attempt.setVisible(not rule.suppress)
        self._show_clips(clips if rule.clip is None or rule.clip in clips else (*clips, rule.clip))
        for combo, value in ((self.emotion, rule.emotion), (self.role, rule.role), (self.clip, rule.clip)):
            combo.setCurrentIndex(max(_values(combo).index(value), 0))
        self.intensity.show_value(rule.intensity)

    def show_fit(self, sentence: str, tone: str) -> None:
        """Say what the rule does to the last answer."""
        self.fit.setText(sentence)
        self.fit.setProperty("tone", tone)
        self.fit.style().unpolish(self.fit)
        self.fit.style().polish(self.fit)

    def show_place(self, *, first: bool, last: bool) -> None:
        """Whether it can move further."""
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def show_open(self, *, is_open: bool) -> None:
        """Show all of it, or a line."""
        self._inside.setVisible(is_open)
        self.more.show_icon("chevron-up" if is_open else "down", "Close" if is_open else "Edit the rule")

    def _show_clips(self, clips: tuple[str, ...]) -> None:
        if clips == self._clips:
            return
        self._clips = clips
        self.clip.clear()
        self.clip.addItem(ANY_CLIP, None)
        for name in clips:
            self.clip.addItem(name, name)

    def _combo(self, theme: Theme, name: str, choices: list[tuple[str, object]], field: str) -> Combo:
        made = Combo(theme)
        made.setAccessibleName(name)
        for words, value in choices:
            made.addItem(words, value)
        made.activated.connect(partial(self._tell_choice, made, field))
        return made

    def _tell_choice(self, combo: Combo, field: str, index: int) -> None:
        self._tell(field, combo.itemData(index))

    def _tell(self, field: str, value: object) -> None:
        if field == "words" and not value:
            return
        self.changed.emit({field: value}, field)


def _values(combo: Combo) -> list[object]:
    return [combo.itemData(index) for index in range(combo.count())]


def _named(name: str, field: QWidget) -> QWidget:
    title = label(name)
    title.setFixedWidth(NAME_WIDTH)
    title.setBuddy(field)
    line = row([title, field], spacing=SNUG)
    line.setStretch(1, 1)
    return box(line)
